"""REST of people, as the contract says it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services
from accounts.errors import NotSignedIn
from accounts.models import ApiToken, User
from tests.conftest import PASSWORD


@pytest.fixture
def api():
    return APIClient()


def log_in(api, email, password=PASSWORD):
    return api.post("/api/v1/auth/login", {"email": email, "password": password})


def test_login_answers_user_token_refresh_token_and_end(api, learner):
    answer = log_in(api, "Lena@people.example")
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"user", "token", "refreshToken", "expiresAt"}
    assert body["user"]["email"] == "lena@people.example" and body["user"]["roles"] == ["learner"]
    me = api.get("/api/v1/users/me", HTTP_AUTHORIZATION=f"Bearer {body['token']}")
    assert me.json()["id"] == str(learner.pk)


def test_no_secret_is_stored(api, learner):
    body = log_in(api, learner.email).json()
    stored = str(ApiToken.objects.values().get())
    assert body["token"] not in stored and body["refreshToken"] not in stored


def test_an_unknown_address_and_a_wrong_password_answer_the_same(api, learner):
    wrong, unknown = log_in(api, learner.email, "nope"), log_in(api, "nobody@people.example", "nope")
    assert wrong.status_code == unknown.status_code == 401
    bodies = [answer.json() for answer in (wrong, unknown)]
    for body in bodies:
        del body["timestamp"]
    assert bodies[0] == bodies[1]
    assert set(bodies[0]) == {"statusCode", "error", "message", "path"}


def test_an_unproven_address_and_a_switched_off_person_do_not_get_in(api, learner, other_learner):
    learner.emailaddress_set.update(verified=False)
    User.objects.filter(pk=other_learner.pk).update(is_active=False)
    assert log_in(api, learner.email).status_code == log_in(api, other_learner.email).status_code == 401


@pytest.mark.parametrize(
    "body",
    [{}, {"email": "x", "password": "y"}, {"email": "a@b.example"}, {"email": [], "password": {}}, [1]],
)
def test_a_login_that_is_not_one_names_what_is_wrong(api, db, body):
    answer = api.post("/api/v1/auth/login", body)
    assert answer.status_code == 400 and answer.json()["details"]


def test_guessing_is_slowed_down_also_from_many_machines(api, learner):
    for number in range(10):
        api.post(
            "/api/v1/auth/login", {"email": learner.email, "password": "x"}, REMOTE_ADDR=f"10.0.0.{number}"
        )
    answer = api.post(
        "/api/v1/auth/login", {"email": learner.email, "password": PASSWORD}, REMOTE_ADDR="10.0.1.1"
    )
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert answer.json()["statusCode"] == 429


def test_a_token_ends_after_its_time_and_refreshing_gives_another(learner, now):
    first = services.log_in_with_password(email=learner.email, password=PASSWORD, now=now)
    assert first.expires_at == now + timedelta(minutes=30)
    assert ApiToken.objects.valid(first.token, now=now + timedelta(minutes=29))
    assert ApiToken.objects.valid(first.token, now=now + timedelta(minutes=30)) is None
    second = services.refresh(refresh_token=first.refresh_token, now=now + timedelta(days=6))
    assert second.token != first.token and second.refresh_token != first.refresh_token


def test_a_refresh_token_ends_after_seven_days(learner, now):
    pair = services.log_in_with_password(email=learner.email, password=PASSWORD, now=now)
    with pytest.raises(NotSignedIn):
        services.refresh(refresh_token=pair.refresh_token, now=now + timedelta(days=7))


def test_a_refresh_token_used_again_ends_the_whole_sign_in(api, learner):
    stolen = log_in(api, learner.email).json()["refreshToken"]
    answer = api.post("/api/v1/auth/refresh", {"refreshToken": stolen}).json()
    assert api.post("/api/v1/auth/refresh", {"refreshToken": stolen}).status_code == 401
    for secret in (answer["refreshToken"], stolen, "never issued"):
        assert api.post("/api/v1/auth/refresh", {"refreshToken": secret}).status_code == 401
    me = api.get("/api/v1/users/me", HTTP_AUTHORIZATION=f"Bearer {answer['token']}")
    assert me.status_code == 401


def test_another_sign_in_of_the_same_person_goes_on(api, learner):
    other = log_in(api, learner.email).json()
    stolen = log_in(api, learner.email).json()["refreshToken"]
    for _ in range(2):
        api.post("/api/v1/auth/refresh", {"refreshToken": stolen})
    me = api.get("/api/v1/users/me", HTTP_AUTHORIZATION=f"Bearer {other['token']}")
    assert me.status_code == 200


def test_logout_ends_the_sign_in_at_once(api, learner):
    body = log_in(api, learner.email).json()
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {body['token']}"}
    assert api.post("/api/v1/auth/logout", **bearer).status_code == 204
    assert api.get("/api/v1/users/me", **bearer).status_code == 401
    assert api.post("/api/v1/auth/refresh", {"refreshToken": body["refreshToken"]}).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Bearer \xff", "Basic abc"])
def test_without_a_valid_token_the_answer_is_401_in_our_shape(api, db, header):
    answer = api.get("/api/v1/users/me", HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"
    assert {"statusCode", "error", "message", "timestamp", "path"} <= set(answer.json())


def test_me_shows_oneself_in_camel_case(api_as, learner):
    body = api_as(learner).get("/api/v1/users/me").json()
    assert body["firstName"] == "Lena" and body["level"] == 1 and body["xp"] == 0
    assert body["preferences"]["reducedMotion"] is False
    assert body["preferences"]["notify"]["scoreReady"] == "page"
    assert "password" not in body


def test_me_changes_names_zone_and_the_named_preferences(api_as, learner):
    answer = api_as(learner).patch(
        "/api/v1/users/me",
        {
            "firstName": "Magda",
            "timezone": "Europe/Berlin",
            "preferences": {"noPacing": True, "notify": {"contestDecided": "none"}},
        },
    )
    assert answer.status_code == 200
    body = answer.json()
    assert (body["firstName"], body["lastName"], body["timezone"]) == ("Magda", "Learner", "Europe/Berlin")
    kept = User.objects.get(pk=learner.pk).preferences
    assert kept["no_pacing"] is True and kept["theme"] == "system"
    assert kept["notify"] | {"contest_decided": "none"} == kept["notify"]


def test_me_ignores_what_one_may_not_change(api_as, learner, db):
    sent = {"level": 9, "xp": 900, "email": "boss@people.example", "roles": ["admin"], "isStaff": True}
    answer = api_as(learner).patch("/api/v1/users/me", sent)
    assert answer.status_code == 200
    person = User.objects.get(pk=learner.pk)
    assert (person.level, person.xp, person.email, person.is_staff) == (1, 0, "lena@people.example", False)


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({"timezone": "Moon/Crater"}, "timezone"),
        ({"firstName": ""}, "firstName"),
        ({"firstName": "x" * 81}, "firstName"),
        ({"preferences": {"theme": "pink"}}, "preferences"),
        ({"preferences": {"notify": {"level": "pigeon"}}}, "preferences"),
        ({"preferences": "dark"}, "preferences"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_changes(api_as, learner, sent, named):
    answer = api_as(learner).patch("/api/v1/users/me", {"lastName": "Changed"} | sent)
    assert answer.status_code == 400 and named in answer.json()["details"]
    assert User.objects.get(pk=learner.pk).last_name == "Learner"


def test_a_body_that_is_not_json_is_400(api_as, learner):
    answer = api_as(learner).patch("/api/v1/users/me", b"\x00{", content_type="application/json")
    assert answer.status_code == 400 and answer.json()["statusCode"] == 400


def test_notices_are_listed_newest_first_in_pages(api_as, learner, other_learner, now):
    for number in range(3):
        services.notify(
            user=learner, kind="level", title=f"Level {number}", now=now + timedelta(hours=number)
        )
    services.notify(user=other_learner, kind="level", title="Not yours", now=now)
    body = api_as(learner).get("/api/v1/notices?limit=2").json()
    assert [notice["title"] for notice in body["data"]] == ["Level 2", "Level 1"]
    assert body["meta"] == {"page": 1, "limit": 2, "total": 3, "totalPages": 2}
    assert set(body["data"][0]) == {"id", "kind", "title", "body", "url", "createdAt", "readAt"}


def test_a_notice_is_read_and_leaves_the_unread(api_as, learner, now):
    notice = services.notify(user=learner, kind="level", title="Level 2", now=now)
    api = api_as(learner)
    assert api.get("/api/v1/notices?unread=true").json()["meta"]["total"] == 1
    assert api.post(f"/api/v1/notices/{notice.pk}/read").json()["readAt"]
    assert api.get("/api/v1/notices?unread=true").json()["meta"]["total"] == 0
    assert api.get("/api/v1/notices?unread=false").json()["meta"]["total"] == 1


def test_anothers_notice_and_an_unknown_one_are_404(api_as, learner, other_learner, now):
    theirs = services.notify(user=other_learner, kind="level", title="Level 2", now=now)
    api = api_as(learner)
    for notice_id in (theirs.pk, uuid4()):
        answer = api.post(f"/api/v1/notices/{notice_id}/read")
        assert answer.status_code == 404 and answer.json()["message"] == "There is no such notice."
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_the_list_makes_the_same_number_of_queries_for_few_and_for_many(
    api_as, learner, now, django_assert_num_queries
):
    api = api_as(learner)
    for count in (1, 50):
        for _ in range(count):
            services.notify(user=learner, kind="level", title="Level", now=now)
        with django_assert_num_queries(3):  # token with its person, count, rows
            api.get("/api/v1/notices?limit=100")


def test_used_up_sign_ins_are_tidied_away(learner):
    now = timezone.now()
    for days in (0, 8):
        services.log_in_with_password(email=learner.email, password=PASSWORD, now=now + timedelta(days=days))
    assert ApiToken.objects.count() == 1
