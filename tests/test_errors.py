"""Error pages say what to do next, and the worst of them need nothing that may be broken."""

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path

from accounts.errors import Conflict, TooMany
from helpdesk_sim import urls


def raises(error):
    def view(request):
        raise error

    return view


# The site's own addresses, and a few that fail: this module is the tests' table of addresses.
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500
urlpatterns = [
    path("broken/", raises(RuntimeError("a secret of the server"))),
    path("away/", raises(OperationalError("no connection"))),
    path("strange/", raises(SuspiciousOperation("odd"))),
    path("overtaken/", raises(Conflict("Somebody else has already closed this ticket."))),
    path("often/", raises(TooMany("Five tries a minute are enough."))),
    path("api/v1/broken/", raises(RuntimeError("a secret of the server"))),
    *urls.urlpatterns,
]
pytestmark = pytest.mark.urls("tests.test_errors")


@pytest.fixture
def browser():
    """Shows what a visitor sees, instead of raising what the server raised."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address, status", [("/broken/", 500), ("/away/", 503), ("/strange/", 400)])
def test_the_worst_tells_no_secret(browser, address, status):
    browser.cookies["theme"] = "dark"
    page = browser.get(address)
    words = page.content.decode()
    assert page.status_code == status
    assert 'data-theme="dark"' in words and 'href="/"' in words
    assert "secret" not in words and "Traceback" not in words


def test_the_broken_page_needs_no_database(browser):
    """Without the mark `django_db` every query fails, and a session's cookie makes the first page ask one."""
    browser.cookies[settings.SESSION_COOKIE_NAME] = "of somebody"
    page = browser.get("/settings/")
    assert page.status_code == 500
    assert "This one is ours to fix" in page.content.decode()


def test_a_database_that_is_away_passes(browser):
    page = browser.get("/away/")
    assert int(page.headers["Retry-After"]) > 0
    assert "Load the page again" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address, status, words",
    [
        ("/overtaken/", 409, "Somebody else has already closed this ticket."),
        ("/often/", 429, "Five tries a minute are enough."),
        ("/nowhere/", 404, "it is not yours to see"),
        ("/look/", 405, "Go back and press the button there."),
    ],
)
def test_a_refusal_keeps_the_frame_and_says_why(browser, address, status, words):
    page = browser.get(address)
    assert page.status_code == status
    assert words in page.content.decode() and "/accounts/login/" in page.content.decode()


@pytest.mark.django_db
def test_what_a_form_may_send_is_still_said(browser):
    assert browser.get("/look/").headers["Allow"] == "POST"


@pytest.mark.django_db
def test_somebody_signed_in_is_led_to_their_desk(as_, learner):
    page = as_(learner).get("/nowhere/").content.decode()
    assert 'href="/dashboard/"' in page and 'href="/tickets/"' in page


@pytest.mark.django_db
def test_too_many_tries_to_sign_in_get_a_page_that_helps(browser):
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}):
        for _ in range(2):
            page = browser.post("/accounts/login/", {"login": "a@people.example", "password": "wrong"})
    assert page.status_code == 429
    assert "Wait five minutes" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "referer, link", [("http://testserver/settings/", True), ("http://elsewhere.example/", False)]
)
def test_a_stale_form_leads_back_to_itself_but_never_elsewhere(referer, link):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/look/", {"theme": "dark"}, headers={"referer": referer, "host": "testserver"})
    words = page.content.decode()
    assert page.status_code == 403
    assert "This form was open for too long" in words
    assert (f'href="{referer}"' in words) is link


def test_the_api_says_it_as_the_api_does(browser):
    answer = browser.get("/api/v1/broken/")
    assert answer.json()["statusCode"] == 500
