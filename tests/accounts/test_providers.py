"""Setting up an organisation's provider: whom we call, what is said of it, and the administrator's page."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from accounts import outgoing, services
from accounts.errors import Unprocessable
from accounts.models import AuditEvent, IdentityProvider

KNOWN = {"authorization_endpoint", "token_endpoint", "jwks_uri"}


@contextmanager
def site(answer) -> Iterator[str]:
    """A server on loopback; `answer(address)` gives status, headers and body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answer(address)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def description(address, **changes):
    return 200, {}, json.dumps({"issuer": address, **dict.fromkeys(KNOWN, f"{address}/x"), **changes})


@pytest.fixture
def acme(db):
    return IdentityProvider.objects.create(
        name="Acme", slug="acme", server_url="http://127.0.0.1:9", client_id="desk", secret="hush"
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
    ],
)
def test_private_addresses_are_called_only_where_that_is_allowed(settings, address):
    settings.PROVIDERS_MAY_BE_PRIVATE = False
    assert not outgoing.may_be_called(address, encrypted=True)
    settings.PROVIDERS_MAY_BE_PRIVATE = True
    assert outgoing.may_be_called(address, encrypted=True)


def test_public_addresses_are_called_encrypted_alone(settings):
    for allowed in (True, False):
        settings.PROVIDERS_MAY_BE_PRIVATE = allowed
        for address in ("93.184.216.34", "2606:2800:220:1::1"):
            assert outgoing.may_be_called(address, encrypted=True)
            assert not outgoing.may_be_called(address, encrypted=False)


@pytest.mark.parametrize("scheme, why", [("http", "not encrypted"), ("https", "private network")])
def test_who_may_not_be_called_gets_not_one_byte(settings, scheme, why):
    settings.PROVIDERS_MAY_BE_PRIVATE = False
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(5)
        with pytest.raises(requests.RequestException, match=why), outgoing.session() as calls:
            calls.get(f"{scheme}://localhost:{inside.getsockname()[1]}/secret")
        connected, _from = inside.accept()
        with connected:
            assert connected.recv(100) == b""


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x.example/", "gopher://x.example/", "acme"])
def test_other_ways_are_no_ways(address):
    with pytest.raises((requests.RequestException, ValueError)), outgoing.session() as calls:
        calls.get(address)


def test_a_good_description_is_taken():
    with site(description) as issuer:
        assert services.discover(issuer=f"{issuer}/")["token_endpoint"] == f"{issuer}/x"


@pytest.mark.parametrize(
    "answer, why",
    [
        (lambda at: (404, {}, ""), "It answers 404. Is the issuer complete?"),
        (lambda at: (500, {}, ""), "It answers 500"),
        (lambda at: (302, {"Location": f"{at}/there"}, ""), "It leads to another address. Enter that one."),
        (lambda at: (200, {}, "<html>"), "not JSON"),
        (lambda at: (200, {}, "[]"), "another issuer: None"),
        (lambda at: description(at, issuer="https://evil.example"), "another issuer: https://evil.example"),
        (lambda at: description(at, token_endpoint=None), "no usable token_endpoint"),
        (lambda at: description(at, authorization_endpoint="javascript:alert(1)"), "no usable authorization"),
        (lambda at: description(at, jwks_uri="http://public.example/keys"), "no usable jwks_uri"),
    ],
)
def test_a_description_of_no_use_is_told_in_words(answer, why):
    with site(answer) as issuer, pytest.raises(Unprocessable) as refusal:
        services.discover(issuer=issuer)
    assert why in refusal.value.message and issuer in refusal.value.message


def test_a_provider_that_is_away_ends_in_a_page_that_helps(acme, client):
    answer = client.post("/accounts/oidc/acme/login/")
    page = answer.content.decode()
    assert answer.status_code == 401 and "Acme could not be reached" in page and "Nothing was changed" in page
    assert "127.0.0.1" not in page


@pytest.mark.parametrize(
    "path", ["/accounts/oidc/nobody/login/", "/accounts/oidc/nobody/login/callback/?code=x"]
)
def test_an_unknown_provider_is_not_there(client, db, path):
    assert client.get(path).status_code == 404


def test_check_says_of_each_how_it_is(acme, admin, as_):
    with site(description) as issuer:
        good = IdentityProvider.objects.create(name="Good", slug="good", server_url=issuer, client_id="d")
        chosen = {"action": "check", "_selected_action": [acme.pk, good.pk]}
        page = as_(admin).post("/admin/accounts/identityprovider/", chosen, follow=True).content.decode()
    assert "Good answers as it should." in page and "Acme: http://127.0.0.1:9/.well-known/" in page


def test_the_page_shows_the_call_back_and_never_the_secret(acme, admin, as_):
    page = as_(admin).get(f"/admin/accounts/identityprovider/{acme.pk}/change/").content.decode()
    assert "http://127.0.0.1:8000/accounts/oidc/acme/login/callback/" in page and "hush" not in page


def test_one_is_made_and_changed_and_that_is_written_down(admin, as_):
    browser, folder = as_(admin), "/admin/accounts/identityprovider/"
    sent = {"name": "Acme", "client_id": "desk", "domains": "Acme.example, acme.org", "is_active": "on"}
    made = browser.post(
        f"{folder}add/", sent | {"slug": "acme", "server_url": "https://id.acme.example", "secret": "hush"}
    )
    assert made.status_code == 302
    row = IdentityProvider.objects.get()
    assert row.owned_domains == ["acme.example", "acme.org"] and row.secret == "hush"
    moved = sent | {"slug": "other", "server_url": "https://evil.example", "secret": "", "name": "Acme Ltd"}
    moved["domains"] = row.domains
    browser.post(f"{folder}{row.pk}/change/", moved)
    row.refresh_from_db()
    assert (row.name, row.slug, row.server_url) == ("Acme Ltd", "acme", "https://id.acme.example")
    assert row.secret == "hush"
    kept = AuditEvent.objects.filter(action="identity_provider.kept").order_by("id")
    assert [event.data["changed"] for event in kept][1] == ["name"] and kept[1].data["slug"] == "acme"
    assert "hush" not in str([event.data for event in kept])


@pytest.mark.parametrize(
    "domains", ["acme", "@acme.example", "acme.example;b.example", "https://acme.example"]
)
def test_what_is_no_domain_owns_nothing(admin, as_, domains):
    sent = {"name": "A", "slug": "a", "server_url": "https://a.example", "client_id": "d", "domains": domains}
    answer = as_(admin).post("/admin/accounts/identityprovider/add/", sent)
    assert answer.status_code == 200 and not IdentityProvider.objects.exists()


def test_removed_it_lets_its_people_go(acme, admin, learner, as_):
    SocialAccount.objects.create(user=learner, provider="acme", uid="1")
    other = SocialAccount.objects.create(user=learner, provider="other", uid="1")
    as_(admin).post(f"/admin/accounts/identityprovider/{acme.pk}/delete/", {"post": "yes"})
    assert list(SocialAccount.objects.all()) == [other] and not IdentityProvider.objects.exists()
    assert AuditEvent.objects.get(action="identity_provider.removed").data == {"slug": "acme", "links": 1}


@pytest.mark.parametrize("page", ["identityprovider", "apikey"])
def test_only_administrators_see_these(as_, trainer, admin, page, acme):
    assert as_(trainer).get(f"/admin/accounts/{page}/").status_code == 403
    assert as_(admin).get(f"/admin/accounts/{page}/?q=a").status_code == 200


def test_an_administrator_revokes_anybodys_key(as_, admin, learner, now):
    key, _secret = services.make_key(person=learner, name="K", scopes=["read"], days=30, now=now)
    browser = as_(admin)
    browser.post("/admin/accounts/apikey/", {"action": "revoke", "_selected_action": [key.pk]})
    key.refresh_from_db()
    assert key.revoked_at
    assert key.key_hash not in browser.get(f"/admin/accounts/apikey/{key.pk}/change/").content.decode()
