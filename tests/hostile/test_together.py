"""Fifty at the same moment, by service and over REST: one effect each."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections
from rest_framework.test import APIClient

from accounts.errors import Conflict
from assessment.models import Assessment, Contest
from assessment.services import contest
from chat.models import Session
from chat.services import resolve, start_session
from scenarios.models import Scenario
from tests.authorisation.world import World, build, program_of
from tests.chat.talking import resolution
from tests.hostile.bodies import WRITTEN
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 50
WHY = "I asked for it in line two."


@pytest.fixture
def world() -> World:
    return build()


def many(job: Callable[[], Any]) -> list[Any]:
    made = at_once([job] * TIMES, refused=Conflict)
    connections.close_all()
    return made


def posts(world: World, address: str, body: dict[str, Any]) -> Counter[int]:
    """The statuses of fifty requests with one token."""
    token = program_of(world.people["owner"])._credentials["HTTP_AUTHORIZATION"]

    def job() -> int:
        client = APIClient(raise_request_exception=False, HTTP_AUTHORIZATION=token)
        return client.post(world.fill(address), body).status_code

    return Counter(many(job))


def test_starts(world: World) -> None:
    owner, scenario = world.people["owner"], Scenario.objects.get(pk=world.named["scenario"])
    now = datetime.now(UTC)
    made = many(lambda: start_session(learner=owner, scenario=scenario, mode="exam", now=now))
    session = Session.objects.active().get(scenario=scenario)
    assert [each for each in made if isinstance(each, Session)] == [session]
    assert session.messages.count() == 1 and session.events.filter(kind="started").count() == 1

    other = Scenario.objects.exclude(sessions__learner=owner).first()
    answers = posts(world, f"/api/v1/scenarios/{other.pk}/start", {"mode": "exam"})
    assert answers == {201: 1, 409: TIMES - 1}
    assert Session.objects.active().get(scenario=other).messages.count() == 1


def test_resolves(world: World) -> None:
    running, rehearsal = world.named["running"], world.named["rehearsal"]
    now = datetime.now(UTC)
    made = many(lambda: resolve(session_id=running, resolution=resolution(), now=now))
    assert {str(each.pk) for each in made} == {running} and len(made) == TIMES

    assert posts(world, "/api/v1/sessions/{rehearsal}/resolve", WRITTEN) == {200: TIMES}
    for session in Session.objects.filter(pk__in=(running, rehearsal)):
        assert session.status == "completed"
        assert session.events.filter(kind="resolved").count() == 1
    assert posts(world, "/api/v1/sessions/{rehearsal}/abandon", {}) == {409: TIMES}


def test_contests(world: World) -> None:
    owner, exam = world.people["owner"], world.named["exam"]
    open_ones = [
        row["id"]
        for row in Assessment.objects.get(session=exam).criteria
        if row["status"] in ("not", "part") and row["points"] and row["id"] != world.named["criterion"]
    ]
    by_service, over_rest = open_ones[:2]
    made = many(
        lambda: contest(
            session_id=exam, learner=owner, criterion_id=by_service, reason=WHY, now=datetime.now(UTC)
        )
    )
    assert sum(isinstance(each, Contest) for each in made) == 1

    body = {"criterionId": over_rest, "reason": WHY}
    assert posts(world, "/api/v1/sessions/{exam}/contests", body) == {201: 1, 409: TIMES - 1}
    assert Contest.objects.filter(criterion_id__in=(by_service, over_rest)).count() == 2
