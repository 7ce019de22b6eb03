"""Guessing and flooding are slow: on pages and in the API, by address and by machine."""

import subprocess
import sys

import pytest
from django.test import Client

from tests.accounts.factors import set_up_app
from tests.conftest import PASSWORD

LOGIN = "/api/v1/auth/login"


def guess(person, password, machine="10.0.0.1"):
    form = {"login": person.email, "password": password}
    return Client(REMOTE_ADDR=machine).post("/accounts/login/", form)


def test_after_five_wrong_passwords_an_address_rests_from_every_machine(learner, other_learner):
    for number in range(5):
        assert "not correct" in guess(learner, "not it", f"10.0.0.{number}").content.decode()
    assert "Too many" in guess(learner, PASSWORD, "10.0.0.9").content.decode()
    assert guess(other_learner, PASSWORD, "10.0.0.9").status_code == 302


def test_a_machine_that_tries_many_addresses_rests(learner, make_person):
    people = [make_person(f"Guess{number}") for number in range(20)]
    for person in people:
        guess(person, "not it")
    assert "Too many" in guess(learner, PASSWORD).content.decode()
    assert guess(learner, PASSWORD, "10.0.0.2").status_code == 302


def test_a_right_password_does_not_count(learner):
    for _ in range(8):
        assert guess(learner, PASSWORD).status_code == 302


def test_codes_are_counted_by_person(learner):
    set_up_app(learner)
    for machine in range(5):
        browser = Client(REMOTE_ADDR=f"10.0.0.{machine}")
        browser.post("/accounts/login/", {"login": learner.email, "password": PASSWORD})
        browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    shown = browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "Too many" in shown


@pytest.mark.parametrize(
    ("page", "form", "most"),
    [
        ("signup/", {}, 20),
        ("password/reset/", {"email": "nobody@people.example"}, 5),
    ],
)
def test_sign_up_and_reset_have_a_limit(client, db, page, form, most):
    answers = [client.post(f"/accounts/{page}", form).status_code for _ in range(most + 1)]
    assert answers[-1] == 429 and 429 not in answers[:-1]


def test_the_api_says_how_long_to_wait(client, learner):
    def ask(password):
        body = {"email": learner.email, "password": password}
        return client.post(LOGIN, body, content_type="application/json")

    assert [ask("not it").status_code for _ in range(5)] == [401] * 5
    refused = ask(PASSWORD)
    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 300
    assert "Wait five minutes" in refused.json()["message"]


def test_an_unknown_address_rests_as_a_known_one_does(client, learner):
    said = []
    for machine, address in enumerate((learner.email, "nobody@people.example")):
        body, here = {"email": address, "password": "not it"}, f"10.0.0.{machine}"
        answers = [
            client.post(LOGIN, body, content_type="application/json", REMOTE_ADDR=here) for _ in range(6)
        ]
        said.append([(a.status_code, a.json()["message"]) for a in answers])
    assert said[0] == said[1] and said[0][-1][0] == 429


@pytest.fixture
def four_a_minute(settings, monkeypatch):
    """In a minute that does not end."""
    settings.REQUESTS_A_MINUTE = 4
    monkeypatch.setattr("accounts.services.floods.time", lambda: 1_000_000_005.0)


@pytest.mark.usefixtures("four_a_minute")
class TestFloods:
    def test_requests_to_the_api_are_counted_by_person(self, api_as, learner, other_learner):
        apis = [api_as(learner), api_as(learner)]
        answers = [apis[number % 2].get("/api/v1/users/me") for number in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [429]
        assert answers[-1]["Retry-After"] == "15" and answers[-1].json()["statusCode"] == 429
        assert api_as(other_learner).get("/api/v1/users/me").status_code == 200

    def test_visitors_are_counted_by_address_and_so_are_guesses_of_tokens(self, client, db):
        def ask(number, machine):
            token = {"HTTP_AUTHORIZATION": f"Bearer guess-{number}"} if number % 2 else {}
            return client.get("/api/v1/users/me", REMOTE_ADDR=machine, **token).status_code

        assert [ask(number, "10.0.0.1") for number in range(5)] == [401] * 4 + [429]
        assert ask(0, "10.0.0.2") == 401

    def test_forms_are_counted_and_pages_are_not(self, as_, learner):
        browser = as_(learner)
        sent = [browser.post("/notices/read/") for _ in range(5)]
        assert [answer.status_code for answer in sent] == [302] * 4 + [429]
        assert sent[-1]["Retry-After"] == "15" and "<h1" in sent[-1].content.decode()
        assert browser.get("/notices/").status_code == 200


def test_cookies_under_https_are_of_this_host_alone():
    """Read in a process of its own: the address of the site is known at the start."""
    told = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME," + (
        "s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_PATH,"
        "s.SESSION_COOKIE_DOMAIN, s.STAFF_NEED_SECOND_FACTOR)"
    )
    given = {
        "DJANGO_SETTINGS_MODULE": "helpdesk_sim.settings",
        "SECRET_KEY": "x" * 50,
        "SECRETS_KEYS": "b25seS1mb3ItdGhpcy1ydW4tb2YtdGhlLXRlc3RzLTA",
        "SITE_URL": "https://desk.example",
    }
    ran = subprocess.run([sys.executable, "-c", told], env=given, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [
        "__Host-sessionid",
        "__Host-csrftoken",
        *("True", "True", "Lax", "/", "None", "True"),
    ]
