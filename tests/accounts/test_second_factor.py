"""A second factor: set up by page, asked for by page and API, needed by staff, reset by an operator."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts import services
from accounts.models import AuditEvent, Role
from tests.accounts.factors import recovery_codes, set_up_app
from tests.conftest import NOW, PASSWORD

LOGIN = "/api/v1/auth/login"


def sign_in(person, password=PASSWORD):
    browser = Client()
    return browser, browser.post("/accounts/login/", {"login": person.email, "password": password})


def in_api(client, person, **more):
    body = {"email": person.email, "password": PASSWORD, **more}
    return client.post(LOGIN, body, content_type="application/json")


@pytest.fixture
def needed(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_by_page_and_its_secret_is_not_readable_in_the_database(learner, clock):
    browser, _answer = sign_in(learner)
    asked = browser.get("/accounts/2fa/totp/activate/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    browser.post(asked.url, {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="secret" value="(\w+)"', page)[1]
    assert browser.post("/accounts/2fa/totp/activate/", {"code": "12"}).status_code == 200
    answer = browser.post("/accounts/2fa/totp/activate/", {"code": clock.code_of(secret)})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    codes = re.findall(r"<li>(\d{8})</li>", browser.get(answer.url).content.decode())
    assert len(codes) == 10
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY type")
        stored = [str(row[0]) for row in cursor.fetchall()]
    assert len(stored) == 2 and all('"v1.' in data for data in stored)
    assert not any(secret in data or codes[0] in data for data in stored)
    added = AuditEvent.objects.filter(action="second_factor.added").values_list("data", flat=True)
    assert sorted(data["kind"] for data in added) == ["recovery_codes", "totp"]


def test_the_page_asks_for_a_code_and_takes_each_once(learner, clock):
    secret = set_up_app(learner)
    browser, answer = sign_in(learner)
    assert answer.url == "/accounts/2fa/authenticate/"
    assert browser.get("/settings/").status_code == 302
    refused = browser.post(answer.url, {"code": "000000"})
    assert "not the current code" in refused.content.decode()
    assert AuditEvent.objects.filter(action="sign_in_refused", result="refused").count() == 1
    assert browser.post(answer.url, {"code": clock.code_of(secret)}).url == "/dashboard/"
    other, answer = sign_in(learner)
    assert "not the current code" in other.post(answer.url, {"code": clock.code_of(secret)}).content.decode()
    clock.next_code()
    assert other.post(answer.url, {"code": clock.code_of(secret)}).url == "/dashboard/"


def test_the_api_says_that_a_code_is_missing_only_to_whoever_knows_the_password(client, learner):
    set_up_app(learner)
    wrong = client.post(
        LOGIN, {"email": learner.email, "password": "not it"}, content_type="application/json"
    )
    assert wrong.status_code == 401 and "code" not in wrong.json()
    missing = in_api(client, learner)
    assert (missing.status_code, missing.json()["code"]) == (401, "second_factor_required")


def test_the_api_takes_each_code_once_also_after_the_page(client, learner, clock):
    secret = set_up_app(learner)
    assert in_api(client, learner, code=clock.code_of(secret)).status_code == 200
    assert in_api(client, learner, code=clock.code_of(secret)).status_code == 401
    clock.next_code()
    browser, answer = sign_in(learner)
    assert browser.post(answer.url, {"code": clock.code_of(secret)}).url == "/dashboard/"
    assert in_api(client, learner, code=clock.code_of(secret)).status_code == 401


def test_a_recovery_code_opens_once(client, learner):
    set_up_app(learner)
    first, second, *_rest = recovery_codes(learner)
    assert [in_api(client, learner, code=code).status_code for code in (first, first, second)] == [
        200,
        401,
        200,
    ]


def test_after_five_wrong_codes_the_right_one_waits(client, learner, clock):
    secret = set_up_app(learner)
    for _ in range(5):
        assert in_api(client, learner, code="000000").status_code == 401
    refused = in_api(client, learner, code=clock.code_of(secret))
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0


def test_staff_without_a_factor_are_led_to_one_before_anything_else(as_, trainer, needed):
    browser = as_(trainer)
    for page in ("/dashboard/", "/admin/", "/settings/", "/knowledge/"):
        assert browser.get(page).url == "/accounts/2fa/"
    shown = browser.get("/accounts/2fa/").content.decode()
    assert "then everything else opens" in shown
    refused = browser.get("/api/v1/users/me")
    assert refused.status_code == 403 and "second factor" in refused.json()["message"]
    set_up_app(trainer)
    assert browser.get("/admin/").status_code == 200


def test_staff_without_a_factor_get_no_token(client, admin, needed):
    refused = in_api(client, admin)
    assert refused.status_code == 403 and refused.json()["code"] == "second_factor_missing"
    assert "Settings" in refused.json()["message"]


def test_becoming_staff_ends_tokens_that_came_without_a_factor(learner, api_as, needed):
    api = api_as(learner)
    services.assign_role(person=learner, role=Role.TRAINER, actor=None, now=NOW)
    assert api.get("/api/v1/users/me").status_code == 401


@pytest.mark.parametrize("role", [Role.LEARNER, Role.COACH, Role.COHORT_MANAGER])
def test_nobody_else_needs_one(make_person, as_, needed, role):
    assert as_(make_person("Nils", "Nobody", role)).get("/settings/").status_code == 200


def test_a_trial_offers_it_to_staff_aloud(trainer, learner):
    browser, answer = sign_in(trainer)
    assert "this trial only offers it" in browser.get(answer.url, follow=True).content.decode()
    assert "only offered here" in browser.get("/accounts/2fa/").content.decode()
    other, answer = sign_in(learner)
    assert "this trial" not in other.get(answer.url, follow=True).content.decode()


def test_an_operator_resets_the_factors_of_a_colleague(trainer, clock, capsys):
    secret = set_up_app(trainer)
    browser, answer = sign_in(trainer)
    browser.post(answer.url, {"code": clock.code_of(secret)})
    call_command("reset_second_factor", "Timo@People.example")
    assert "1 second factors removed" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert browser.get("/settings/").url.startswith("/accounts/login/")
    event = AuditEvent.objects.get(action="second_factor.reset")
    assert event.object_id == str(services.key_of(trainer)) and event.data == {"factors": 1}


def test_the_operator_is_told_when_nobody_has_the_address(db):
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_factor", "nobody@people.example")


@pytest.mark.parametrize(
    "page", ["", "totp/activate/", "webauthn/", "webauthn/add/", "recovery-codes/generate/"]
)
def test_the_pages_wear_our_frame(learner, page):
    set_up_app(learner) if page.startswith("recovery") else None
    browser = Client()
    browser.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    if page not in ("", "webauthn/"):
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    shown = browser.get(f"/accounts/2fa/{page}").content.decode()
    assert "Helpdesk Simulator</title>" in shown and "page-head" in shown
