"""Sign-in with an organisation: a real provider, its pages walked through, and what must not work."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import AuditEvent, IdentityProvider, User
from accounts.services import key_of
from accounts.social import claims_of
from tests.mails import mailed
from tests.openid import provider

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not provider.is_installed(), reason=provider.NO_PROVIDER),
]
DOOR = "/accounts/oidc/acme/login/"
AGAIN = "That sign-in came to nothing"


@pytest.fixture(scope="module")
def issuer():
    with provider.running() as issuer:
        yield issuer


@pytest.fixture
def acme(issuer, db):
    return IdentityProvider.objects.create(
        name="Acme",
        slug="acme",
        server_url=issuer,
        client_id="helpdesk",
        secret=provider.SECRET,
        domains="acme.example",
    )


def leave(client, process="login"):
    """Press the button; answers the provider's address that the page goes on to."""
    page = client.post(f"{DOOR}?process={process}").content.decode()
    return unescape(re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)[1])


def come_back(client, address):
    return client.get(address.removeprefix("http://testserver"))


def sign_in(client, name, process="login"):
    return come_back(client, provider.sign_in(leave(client, process), name))


def test_who_is_new_is_a_learner_with_the_names_that_were_told(client, acme):
    assert "Sign in with Acme" in client.get("/accounts/login/").content.decode()
    assert sign_in(client, "olga").url == "/dashboard/"
    person = User.objects.get()
    assert (person.first_name, person.last_name, person.email) == ("Olga", "Owner", "olga@acme.example")
    assert person.role_names == {"learner"} and not person.has_usable_password()
    assert client.get("/settings/").status_code == 200
    linked = AuditEvent.objects.get(action="identity_provider.linked")
    assert linked.actor == key_of(person) and linked.data == {"slug": "acme"}


def test_of_what_is_told_only_the_address_is_kept(client, acme):
    sign_in(client, "olga")
    assert SocialAccount.objects.get().extra_data == {"email": "olga@acme.example", "email_verified": True}


def test_of_names_that_were_told_what_cannot_be_seen_is_left_out(client, acme):
    sign_in(client, "mallory")
    person = User.objects.get()
    assert (person.first_name, person.last_name) == ("Mallory", "M")


def test_the_next_time_it_is_the_same_person(client, acme):
    sign_in(client, "olga")
    again = Client()
    assert sign_in(again, "olga").url == "/dashboard/"
    assert User.objects.count() == SocialAccount.objects.count() == 1


def test_the_question_carries_state_nonce_and_a_challenge(client, acme):
    first, second = (parse_qs(urlsplit(leave(client)).query) for _ in range(2))
    assert first["code_challenge_method"] == ["S256"] and first["scope"][0].split().count("openid") == 1
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 32 and first[name] != second[name]


def test_the_address_adds_nothing_to_the_question(client, acme):
    asked = parse_qs(
        urlsplit(leave(client, "login&scope=admin&auth_params=nonce%3Dmine%26prompt%3Dnone")).query
    )
    assert "admin" not in asked["scope"][0] and asked["nonce"] != ["mine"] and "prompt" not in asked


def test_a_link_alone_signs_nobody_in(client, acme):
    page = client.get(DOOR).content.decode()
    assert "You go to Acme" in page and "refresh" not in page


def test_after_it_one_is_where_one_wanted_to_be(client, acme):
    page = client.post(f"{DOOR}?process=login&next=/notices/").content.decode()
    there = unescape(re.search(r"url=([^\"]+)", page)[1])
    assert come_back(client, provider.sign_in(there, "olga")).url == "/notices/"


def test_an_answer_to_another_browser_is_no_sign_in(client, acme):
    answered = provider.sign_in(leave(client), "olga")
    thief = Client()
    assert AGAIN in come_back(thief, answered).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("state", ["", "x" * 32, "' OR 1=1"])
def test_a_wrong_state_is_refused(client, acme, state):
    answered = provider.sign_in(leave(client), "olga")
    forged = re.sub(r"state=[^&]+", f"state={state}", answered)
    assert come_back(client, forged).status_code == 401 and not User.objects.exists()


def test_an_answer_works_once(client, acme):
    answered = provider.sign_in(leave(client), "olga")
    come_back(client, answered)
    client.logout()
    assert come_back(client, answered).status_code == 401
    assert client.get("/settings/").status_code == 302


def test_a_code_that_was_used_is_refused_by_the_provider(client, acme):
    used = provider.sign_in(leave(client), "olga")
    come_back(client, used)
    other = Client()
    state = parse_qs(urlsplit(leave(other)).query)["state"][0]
    answer = come_back(other, re.sub(r"state=[^&]+", f"state={state}", used))
    assert answer.status_code == 401 and other.get("/settings/").status_code == 302
    refused = AuditEvent.objects.get(action="identity_provider.refused")
    assert refused.result == "refused" and refused.data == {"slug": "acme", "why": "OAuth2Error"}


def test_a_token_that_answers_another_question_is_refused(client, acme, monkeypatch):
    answered = provider.sign_in(leave(client), "olga")
    monkeypatch.setattr("accounts.social._nonce_of", lambda state: "another")
    assert come_back(client, answered).status_code == 401 and not User.objects.exists()


TOKEN, INFO = {"email": "olga@acme.example", "email_verified": False}, {"email_verified": True}


@pytest.mark.parametrize(
    ("token", "info", "address", "proved"),
    [
        (TOKEN, INFO, "olga@acme.example", False),
        ({"email": "olga@acme.example"}, INFO, "olga@acme.example", None),
        ({"email_verified": True}, {"email": "olga@acme.example"}, "olga@acme.example", None),
        (TOKEN, {"email": "boss@acme.example", "email_verified": True}, "olga@acme.example", False),
        ({}, TOKEN | INFO, "olga@acme.example", True),
        (TOKEN | INFO, {}, "olga@acme.example", True),
    ],
)
def test_an_address_and_its_proof_are_of_one_source(token, info, address, proved):
    said = claims_of({"sub": "olga"} | token, {"sub": "olga", "given_name": "Olga"} | info)
    assert (said["email"], said["email_verified"]) == (address, proved)
    assert (said["sub"], said["given_name"]) == ("olga", "Olga")


@pytest.mark.parametrize(
    "answer",
    [{"sub": "uwe"}, {"email": "olga@acme.example", "email_verified": True}, {}, ["olga"], "olga"],
)
def test_user_info_that_is_not_about_the_one_who_signed_in_is_refused(client, acme, monkeypatch, answer):
    """As a provider would that mixes people up."""
    answered = provider.sign_in(leave(client), "olga")
    monkeypatch.setattr("accounts.social.Flow._fetch_user_info", lambda self, token: answer)
    assert come_back(client, answered).status_code == 401 and not User.objects.exists()


def test_who_owns_the_domain_opens_the_account_that_is_here(client, acme, make_person):
    there = make_person("Olga")
    User.objects.filter(pk=there.pk).update(email="olga@acme.example")
    EmailAddress.objects.filter(user=there).update(email="olga@acme.example")
    assert sign_in(client, "olga").url == "/dashboard/"
    assert User.objects.get() == there and SocialAccount.objects.get().user == there
    there.refresh_from_db()
    assert there.has_usable_password()


def test_an_account_elsewhere_is_not_opened_for_its_address_alone(client, acme, learner):
    answer = sign_in(client, "lena")
    page = answer.content.decode()
    assert answer.status_code == 409 and "You have an account already" in page and "connect Acme" in page
    assert not SocialAccount.objects.exists() and client.get("/settings/").status_code == 302
    assert AuditEvent.objects.get(action="identity_provider.refused").data["why"] == "address taken"


def test_connecting_it_oneself_opens_the_way(client, acme, learner, as_):
    browser = as_(learner)
    asked = sign_in(browser, "lena", "connect")
    assert asked.url == "/accounts/reauthenticate/"
    done = browser.post(asked.url, {"password": "a-long-enough-word"})
    assert done.url == "/accounts/3rdparty/"
    page = browser.get(done.url).content.decode()
    assert "Acme is connected" in page and "lena@people.example" in page
    assert sign_in(Client(), "lena").url == "/dashboard/"


def test_what_was_connected_can_be_let_go_of(client, acme, learner, as_):
    browser = as_(learner)
    browser.post(sign_in(browser, "lena", "connect").url, {"password": "a-long-enough-word"})
    elsewhere = Client()
    sign_in(elsewhere, "lena")
    IdentityProvider.objects.update(is_active=False)
    account = SocialAccount.objects.get()
    browser.post("/accounts/3rdparty/", {"account": account.pk})
    assert browser.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302, "who came in that way is out"
    assert not SocialAccount.objects.exists()
    assert AuditEvent.objects.filter(action="identity_provider.unlinked", actor=key_of(learner)).exists()


def test_an_account_there_belongs_to_one_person_here(client, acme, learner, other_learner, as_):
    sign_in(client, "olga")
    browser = Client()
    browser.force_login(other_learner, backend="django.contrib.auth.backends.ModelBackend")
    browser.post(sign_in(browser, "olga", "connect").url, {"password": "a-long-enough-word"})
    assert not SocialAccount.objects.filter(user=other_learner).exists()


@pytest.mark.parametrize("taken", [False, True])
def test_an_address_that_nobody_vouches_for_is_proved_by_mail(client, acme, make_person, taken):
    if taken:
        there = make_person("Uwe")
        User.objects.filter(pk=there.pk).update(email="uwe@acme.example")
        EmailAddress.objects.filter(user=there).update(email="uwe@acme.example")
    answer = sign_in(client, "uwe")
    assert answer.url == "/accounts/confirm-email/" and client.get("/settings/").status_code == 302
    (sent,) = mailed()
    assert sent.to == ["uwe@acme.example"]
    assert ("already" in sent.subject) == taken and SocialAccount.objects.exists() != taken


def test_a_verified_address_of_another_domain_is_proved_by_mail_too(client, acme):
    assert sign_in(client, "lena").url == "/accounts/confirm-email/"
    assert EmailAddress.objects.get().verified is False


def test_without_an_address_one_is_asked_for(client, acme):
    form = sign_in(client, "nemo")
    assert form.url == "/accounts/3rdparty/signup/"
    assert "Acme did not tell us" in client.get(form.url).content.decode()
    assert client.post(form.url, {"email": "nemo@people.example"}).url == "/accounts/confirm-email/"
    assert User.objects.get().role_names == {"learner"} and mailed()[0].to == ["nemo@people.example"]


def test_a_provider_that_is_switched_off_is_not_there(client, acme):
    answered = provider.sign_in(leave(client), "olga")
    IdentityProvider.objects.update(is_active=False)
    assert "Acme" not in client.get("/accounts/login/").content.decode()
    assert client.post(DOOR).status_code == come_back(client, answered).status_code == 404
    assert not User.objects.exists()


def test_whoever_is_switched_off_here_stays_out(client, acme):
    sign_in(client, "olga")
    User.objects.update(is_active=False)
    other = Client()
    assert sign_in(other, "olga").url == "/accounts/inactive/"
    assert other.get("/settings/").status_code == 302


def test_a_wrong_secret_ends_in_a_page_that_helps(client, acme):
    IdentityProvider.objects.get().delete()
    IdentityProvider(
        name="Acme", slug="acme", server_url=acme.server_url, client_id="helpdesk", secret="wrong"
    ).save()
    assert AGAIN in sign_in(client, "olga").content.decode()


def test_turning_back_at_the_provider_is_no_fault(client, acme):
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    answer = client.get(f"{DOOR}callback/?error=access_denied&state={state}", follow=True)
    assert "You turned back" in answer.content.decode()
