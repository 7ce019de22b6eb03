"""The same request asked twice has one effect: `Idempotency-Key`."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.models import F
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import tasks
from accounts.errors import Conflict
from accounts.models import Cohort, KeptAnswer
from accounts.services import claim_answer, keep_answer, release_answer
from tests.together import at_once

COHORTS = "/api/v1/cohorts"


def send(api: APIClient, name: str, key: object, path: str = COHORTS):
    return api.post(path, {"name": name}, HTTP_IDEMPOTENCY_KEY=str(key))


def test_the_second_gets_the_answer_of_the_first(api_as, manager):
    api, key = api_as(manager), uuid4()
    first, second = send(api, "Spring", key), send(api, "Spring", key)

    assert first.status_code == second.status_code == 201 and first.json() == second.json()
    assert Cohort.objects.count() == 1
    assert send(api, "Spring", uuid4()).json()["id"] != first.json()["id"]


def test_a_refusal_stays_one(api_as, learner):
    api, key = api_as(learner), uuid4()
    first, second = send(api, "Mine", key), send(api, "Mine", key)

    assert first.status_code == second.status_code == 403 and first.json() == second.json()


@pytest.mark.parametrize("name, path", [("Autumn", COHORTS), ("Spring", f"{COHORTS}?page=1")])
def test_another_request_under_the_same_key_is_refused(api_as, manager, name, path):
    api, key = api_as(manager), uuid4()
    send(api, "Spring", key)

    assert send(api, name, key, path).status_code == 422
    assert Cohort.objects.count() == 1


def test_a_key_is_ones_own(api_as, manager, admin):
    key = uuid4()
    send(api_as(manager), "Spring", key)

    assert send(api_as(admin), "Spring", key).status_code == 201
    assert Cohort.objects.count() == 2


@pytest.mark.parametrize("key", ["", "1", "not-a-uuid", "x" * 5000, "é"])
def test_a_key_that_is_none_is_refused(api_as, manager, key):
    answer = send(api_as(manager), "Spring", key)

    assert answer.status_code == 400 and list(answer.json()["details"]) == ["Idempotency-Key"]
    assert not Cohort.objects.exists()


def test_a_twin_that_still_runs(api_as, manager, monkeypatch):
    """Seen from inside the first one; what died with its server is taken over."""
    api, key, seen = api_as(manager), uuid4(), []

    def twin(**asked):
        seen.append(send(APIClient(HTTP_AUTHORIZATION=f"Bearer {api.token}"), "Spring", key).status_code)
        return Cohort.objects.create(name=asked["name"], created_at=asked["now"])

    with monkeypatch.context() as patch:
        patch.setattr("accounts.services.create_cohort", twin)
        with pytest.raises(Cohort.DoesNotExist):  # not visible to the one who asked: broken inside
            send(api, "Spring", key)
    assert seen == [409] and not KeptAnswer.objects.exists()

    claim_answer(user=manager, key=key, request_hash="?", now=timezone.now() - timedelta(hours=1))
    taken_over = claim_answer(user=manager, key=key, request_hash="?", now=timezone.now())
    assert taken_over.status is None
    release_answer(claim=taken_over)
    assert send(api, "Spring", key).status_code == 201


def test_a_slow_twin_does_nothing_once_another_took_over(api_as, manager, monkeypatch):
    """Just after its claim the server stood still for an hour; meanwhile a later twin was served."""
    api, key, asleep = api_as(manager), uuid4(), []

    def slow(**asked):
        claim = claim_answer(**asked)
        if not asleep:
            asleep.append(claim)
            KeptAnswer.objects.update(created_at=F("created_at") - timedelta(hours=1))
            claim.refresh_from_db()
            assert send(APIClient(HTTP_AUTHORIZATION=f"Bearer {api.token}"), "Spring", key).status_code == 201
        return claim

    monkeypatch.setattr("accounts.services.claim_answer", slow)
    assert send(api, "Spring", key).status_code == 409
    assert Cohort.objects.count() == 1 and send(api, "Spring", key).status_code == 201


def test_who_lost_the_claim_takes_nothing_from_who_has_it(manager, now):
    asked = {"user": manager, "key": uuid4(), "request_hash": "?"}
    slow = claim_answer(**asked, now=now)
    claim = claim_answer(**asked, now=now + timedelta(hours=1))

    release_answer(claim=slow)
    with pytest.raises(Conflict):
        keep_answer(claim=slow, status=201, body="slow")
    keep_answer(claim=claim, status=201, body="mine")
    assert KeptAnswer.objects.get().body == "mine"


@pytest.mark.django_db(transaction=True)
def test_a_server_that_dies_before_the_answer_leaves_no_effect(api_as, manager, monkeypatch):
    api, key = api_as(manager), uuid4()
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # its threads would not follow
    server = os.fork()
    if not server:
        monkeypatch.setattr("accounts.services.keep_answer", lambda **_: os._exit(9))
        send(api, "Spring", key)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(server, 0)[1]) == 9

    assert not Cohort.objects.exists() and send(api, "Spring", key).status_code == 409
    KeptAnswer.objects.update(created_at=F("created_at") - timedelta(hours=1))
    assert send(api, "Spring", key).status_code == 201 and Cohort.objects.count() == 1


def test_answers_are_kept_for_a_day(api_as, manager):
    api, old, new = api_as(manager), uuid4(), uuid4()
    send(api, "Spring", old)
    send(api, "Spring", new)
    KeptAnswer.objects.filter(key=old).update(created_at=timezone.now() - timedelta(hours=25))
    tasks.keep_less()

    assert [kept.key for kept in KeptAnswer.objects.all()] == [new]


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_time_have_one_effect(api_as, manager):
    token, key = api_as(manager).token, uuid4()

    def job():
        return send(APIClient(HTTP_AUTHORIZATION=f"Bearer {token}"), "Spring", key)

    answers = at_once([job] * 12)
    connections.close_all()

    assert Cohort.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {a.json()["id"] for a in answers if a.status_code == 201} == {str(Cohort.objects.get().pk)}
