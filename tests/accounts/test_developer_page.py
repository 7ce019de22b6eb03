"""The page for developers: keys made and revoked by hand, without script."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts import services
from accounts.models import ApiKey
from tests.conftest import PASSWORD

PAGE = "/developer/"
ASKED = {"name": "Course reports", "scopes": ["read"], "days": "90"}


@pytest.fixture
def browser(as_, learner):
    """Lena's, who gave her password a moment ago."""
    client = as_(learner)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def made(page):
    return re.search(r"hds_[\w-]{43}", page)


def test_a_key_is_shown_once_and_works(browser, learner):
    answer = browser.post(PAGE, ASKED)
    secret = made(answer.content.decode())[0]
    held = services.held_by(token=secret, now=datetime.now(UTC))
    assert held.user == learner and held.scopes == ["read"] and (held.expires_at - held.created_at).days == 90
    assert "no-store" in answer["Cache-Control"]
    page = browser.get(PAGE).content.decode()
    assert not made(page) and "Course reports" in page and held.start in page and "Last used" in page


def test_the_password_is_asked_first_and_then_it_goes_on(as_, learner):
    client = as_(learner)
    assert client.get(PAGE).status_code == 200
    asked = client.post(PAGE, ASKED)
    assert asked.url.startswith("/accounts/reauthenticate/") and not ApiKey.objects.exists()
    assert client.post(asked.url, {"password": "wrong"}).status_code == 200 and not ApiKey.objects.exists()
    assert made(client.post(asked.url, {"password": PASSWORD}).content.decode())
    assert ApiKey.objects.get().user == learner


def test_sent_again_it_makes_no_second_key(browser):
    browser.post(PAGE, ASKED)
    page = browser.post(PAGE, ASKED).content.decode()
    assert "You have a key of this name already." in page and not made(page) and ApiKey.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"scopes": []},
        {"scopes": ["admin"]},
        {"scopes": ["?"]},
        {"days": "9"},
    ],
)
def test_what_is_not_offered_is_not_made(browser, wrong):
    page = browser.post(PAGE, ASKED | wrong).content.decode()
    assert "errorlist" in page and not ApiKey.objects.exists()


def test_only_scopes_that_open_something_are_offered(browser, as_, manager):
    page = browser.get(PAGE).content.decode()
    assert 'value="learn"' in page and 'value="teach"' not in page and 'value="admin"' not in page
    assert 'value="teach"' in as_(manager).get(PAGE).content.decode()


def test_revoking_asks_once_and_ends_it(browser, learner, now):
    browser.post(PAGE, ASKED)
    key = ApiKey.objects.get()
    page = browser.get(PAGE).content.decode()
    assert "What uses it stops working at once." in page and f"/developer/keys/{key.pk}/revoke/" in page
    assert browser.post(f"/developer/keys/{key.pk}/revoke/").url == PAGE
    page = browser.get(PAGE).content.decode()
    assert "is revoked" in page and "1 key that opens nothing any more" in page and "No key yet" in page


def test_anothers_key_is_neither_seen_nor_revoked(browser, other_learner):
    key, _secret = services.make_key(
        person=other_learner, name="Theirs", scopes=["read"], days=30, now=datetime.now(UTC)
    )
    assert "Theirs" not in browser.get(PAGE).content.decode()
    assert browser.post(f"/developer/keys/{key.pk}/revoke/").status_code == 404
    assert ApiKey.objects.get().revoked_at is None


def test_a_link_revokes_nothing(browser):
    browser.post(PAGE, ASKED)
    assert browser.get(f"/developer/keys/{ApiKey.objects.get().pk}/revoke/").status_code == 405


def test_visitors_sign_in_first(db):
    assert Client().get(PAGE).url == f"/accounts/login/?next={PAGE}"


def test_the_settings_lead_here_and_this_leads_to_the_reference(browser):
    assert f'href="{PAGE}"' in browser.get("/settings/").content.decode()
    page = browser.get(PAGE).content.decode()
    assert 'href="/api/docs/"' in page and "http://testserver/api/v1/users/me" in page


def test_many_keys_take_no_more_queries(browser, learner, django_assert_max_num_queries):
    now = datetime.now(UTC)
    for number in range(8):
        key, _secret = services.make_key(person=learner, name=f"{number}", scopes=["read"], days=30, now=now)
        if number % 2:
            services.revoke_key(actor=learner, key_id=key.pk, now=now)
    with django_assert_max_num_queries(8):
        browser.get(PAGE)
