"""Signing up and a new password through REST alone."""

import re

import pytest
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from tests.conftest import PASSWORD
from tests.mails import mailed

AUTH = "/api/v1/auth/"
NEWCOMER = {"email": "nora@people.example", "password": PASSWORD, "firstName": "Nora", "lastName": "New"}


@pytest.fixture
def api(db):
    return APIClient()


def key_in(body: str, place: str) -> str:
    return re.search(rf"{place}/([^/\s]+)/", body)[1]


def log_in(api, email, password=PASSWORD):
    return api.post(f"{AUTH}login", {"email": email, "password": password})


def test_a_newcomer_proves_the_address_and_signs_in(api):
    assert api.post(f"{AUTH}register", NEWCOMER).status_code == 202
    assert log_in(api, NEWCOMER["email"]).status_code == 401
    key = key_in(mailed()[0].body, "confirm-email")

    assert api.post(f"{AUTH}verify-email", {"key": key}).status_code == 204
    assert log_in(api, NEWCOMER["email"]).json()["user"]["roles"] == ["learner"]
    assert api.post(f"{AUTH}verify-email", {"key": key}).json()["details"]["key"]


def test_a_taken_address_gets_the_same_answer_and_another_mail(api, learner):
    free = api.post(f"{AUTH}register", NEWCOMER)
    taken = api.post(f"{AUTH}register", NEWCOMER | {"email": learner.email})

    assert (free.status_code, free.json()) == (taken.status_code, taken.json())
    assert [sent.to for sent in mailed()] == [[NEWCOMER["email"]], [learner.email]]
    assert "confirm-email" not in mailed()[1].body


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"password": "12345678"}, "password"),
        ({"password": "short"}, "password"),
        ({"email": "nowhere"}, "email"),
        ({"firstName": " "}, "firstName"),
        ({"lastName": "x" * 81}, "lastName"),
        ({"email": "a\0@people.example"}, "email"),
    ],
)
def test_what_is_wrong_is_named_by_the_clients_word(api, wrong, field):
    answer = api.post(f"{AUTH}register", NEWCOMER | wrong)

    assert answer.status_code == 400 and set(answer.json()["details"]) == {field}
    assert not User.objects.exists() and not mailed()


def test_nobody_signs_up_as_more_than_a_learner(api):
    api.post(f"{AUTH}register", NEWCOMER | {"roles": ["admin"], "xp": 9000, "level": 90, "isStaff": True})
    made = User.objects.get()

    assert (made.role_names, made.xp, made.level, made.is_staff) == ({"learner"}, 0, 1, False)


def test_a_new_password_ends_the_old_sign_ins(api, api_as, learner):
    api_as(learner)
    assert api.post(f"{AUTH}reset-password", {"email": learner.email}).status_code == 202
    asked = {"key": key_in(mailed()[0].body, "password/reset/key"), "password": "another-long-word"}

    assert api.post(f"{AUTH}reset-password/confirm", asked | {"password": "short"}).status_code == 400
    assert api.post(f"{AUTH}reset-password/confirm", asked).status_code == 204
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert log_in(api, learner.email).status_code == 401
    assert log_in(api, learner.email, asked["password"]).status_code == 200
    assert api.post(f"{AUTH}reset-password/confirm", asked).json()["details"]["key"]


def test_an_unknown_address_gets_the_same_answer_to_a_reset(api, learner):
    known, unknown = (
        api.post(f"{AUTH}reset-password", {"email": email}) for email in (learner.email, "no@people.example")
    )
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())


@pytest.mark.parametrize("key", ["", "x", "0-0", "zzz-zzz", "\u00e9-\u00e9", "a" * 201])
def test_a_key_that_is_none_is_refused(api, key):
    for path in ("verify-email", "reset-password/confirm"):
        answer = api.post(f"{AUTH}{path}", {"key": key, "password": PASSWORD})
        assert answer.status_code == 400 and answer.json()["details"]["key"]


def test_floods_are_slowed_down(api):
    answers = [api.post(f"{AUTH}reset-password", {"email": "no@people.example"}) for _ in range(6)]

    assert answers[-1].status_code == 429 and int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize("is_demo", [False, True])
def test_answers_of_the_api_set_no_cookie(api, settings, is_demo):
    settings.DEMO = is_demo
    answers = [api.post(f"{AUTH}register", NEWCOMER), api.post(f"{AUTH}register", NEWCOMER)]
    answers.append(api.post(f"{AUTH}verify-email", {"key": key_in(mailed()[0].body, "confirm-email")}))
    answers.append(api.post(f"{AUTH}reset-password", {"email": NEWCOMER["email"]}))
    asked = {"key": key_in(mailed()[-1].body, "password/reset/key"), "password": "another-long-word"}
    answers.append(api.post(f"{AUTH}reset-password/confirm", asked))

    assert [answer.status_code for answer in answers] == [202, 202, 204, 202, 204]
    assert [list(answer.cookies) for answer in answers] == [[]] * 5
