"""Errors in one shape whatever goes wrong, lists that sort by what they allow, reads that need no second body."""

import json

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from accounts.models import User

ME, SCENARIOS, ARTICLES = "/api/v1/users/me", "/api/v1/scenarios", "/api/v1/knowledge/articles"
SHAPE = {"statusCode", "error", "message", "timestamp", "path"}


def assert_error(answer, status: int) -> dict:
    body = answer.json()
    assert answer.status_code == body["statusCode"] == status
    assert SHAPE <= set(body) <= SHAPE | {"details"} and body["message"]
    assert answer["Content-Type"].startswith("application/json")
    return body


@pytest.fixture
def api(api_as, learner):
    return api_as(learner)


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nowhere", "/api/v1/users/me/", "/api/v2/users/me"]
)
def test_an_unknown_address(api, path):
    assert_error(api.get(path), 404)


@pytest.mark.parametrize("method", ["post", "put", "options"])
def test_a_wrong_method(api, method):
    assert "GET" in getattr(api, method)(ME)["Allow"]
    assert_error(getattr(api, method)(ME), 405)


def test_what_is_no_json(api):
    assert_error(api.patch(ME, "firstName=Magda", content_type="application/x-www-form-urlencoded"), 415)
    assert_error(api.patch(ME, "{", content_type="application/json"), 400)
    assert_error(api.patch(ME, b"\xff\xfe", content_type="application/json"), 400)
    assert_error(api.patch(ME, "[" * 50_000 + "]" * 50_000, content_type="application/json"), 400)
    assert_error(api.patch(ME, '{"firstName": NaN}', content_type="application/json"), 400)


def test_nul_is_named(api):
    assert set(assert_error(api.patch(ME, {"firstName": "Le\0na"}), 400)["details"]) == {"firstName"}


def test_too_much(api, learner):
    big = json.dumps({"firstName": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    assert "1024 KiB" in assert_error(api.patch(ME, big, content_type="application/json"), 413)["message"]
    learner.refresh_from_db()
    assert learner.first_name == "Lena"


def test_whatever_is_accepted_json_is_what_comes(api):
    for accept in ("text/html", "application/xml", "nonsense"):
        assert api.get(ME, HTTP_ACCEPT=accept).json()["firstName"] == "Lena"


@pytest.mark.parametrize(
    "broken, status", [(OperationalError("host=secret"), 503), (RuntimeError("secret"), 500)]
)
def test_what_breaks_tells_no_secret(api, monkeypatch, broken, status):
    def breaks(**asked):
        raise broken

    monkeypatch.setattr("accounts.services.export_person", breaks)
    browser = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {api.token}"})
    answer = browser.get(f"{ME}/export")

    assert "secret" not in json.dumps(assert_error(answer, status))
    assert ("Retry-After" in answer) == (status == 503)


def test_details_say_fields_as_the_client_does(api):
    wrong = {"firstName": "", "preferences": {"noPacing": "perhaps", "notify": {"scoreReady": "smoke"}}}
    details = assert_error(api.patch(ME, wrong), 400)["details"]
    assert set(details) == {"firstName", "preferences"}
    assert set(details["preferences"]) == {"noPacing", "notify"}


def test_nobody_raises_themselves(api, learner):
    before = User.objects.values().get(pk=learner.pk)
    gifts = {"xp": 9000, "level": 90, "roles": ["admin"], "isStaff": True, "id": "x", "email": "a@b.example"}
    assert api.patch(ME, gifts | {"password": "x", "groups": [1], "is_superuser": True}).status_code == 200
    assert User.objects.values().get(pk=learner.pk) == before


@pytest.mark.parametrize(
    "path, allowed",
    [
        (SCENARIOS, ["title", "estimatedTime", "xpReward", "bestScore", "createdAt"]),
        (ARTICLES, ["title", "updatedOn", "createdAt"]),
        ("/api/v1/sessions", ["createdAt", "finishedAt"]),
        ("/api/v1/notices", ["createdAt"]),
        ("/api/v1/contests", ["createdAt"]),
        ("/api/v1/cohorts", ["name", "createdAt", "memberCount"]),
    ],
)
def test_lists_sort_by_what_they_allow_alone(api, path, allowed):
    for name in allowed:
        assert (
            api.get(f"{path}?sort={name}").status_code == api.get(f"{path}?sort=-{name}").status_code == 200
        )
    for name in ("password", "user__password", "-", "--title", allowed[0] + ","):
        told = assert_error(api.get(f"{path}?sort={name}"), 400)["details"]["sort"][0]
        assert all(column in told for column in allowed)


def test_an_order_is_an_order(api, scenarios):
    def titles(sort: str) -> list[str]:
        return [row["title"] for row in api.get(f"{SCENARIOS}?limit=100&sort={sort}").json()["data"]]

    assert titles("title") == sorted(titles("title"))
    assert titles("-title") == titles("title")[::-1]


def test_filters_that_are_none_do_nothing(api, scenarios):
    asked = api.get(f"{SCENARIOS}?password__startswith=a&versions__document__contains=x&limit=1").json()
    assert asked["meta"]["total"] == len(scenarios)


def test_what_did_not_change_is_not_sent_again(api, scenarios, articles):
    article = api.get(f"{ARTICLES}?limit=1").json()["data"][0]["id"]
    scenario = scenarios["vpn-will-not-connect"]
    for path in (SCENARIOS, f"{SCENARIOS}/{scenario.pk}", f"{ARTICLES}/{article}", f"{ME}/performance"):
        first = api.get(path)
        again = api.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again.content) == (304, b""), path

    stale = api.get(f"{SCENARIOS}/{scenario.pk}")["ETag"]
    type(scenario).objects.filter(pk=scenario.pk).update(title="Another title")
    assert api.get(f"{SCENARIOS}/{scenario.pk}", HTTP_IF_NONE_MATCH=stale).status_code == 200


def test_the_page_to_try_it_on_keeps_script_strict(client, db):
    page = client.get("/api/docs/")
    policy = dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == policy["default-src"] == "'self'"
    assert "<script>" not in page.content.decode() and "https://" not in page.content.decode()
    script = client.get("/api/docs/?script=")
    assert (
        script["Content-Type"].startswith("application/javascript")
        and "/api/schema/" in script.content.decode()
    )
