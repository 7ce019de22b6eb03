"""Scored sessions: some only as rows with the numbers that a test is about, one that was really played."""

from datetime import datetime, timedelta
from random import Random

import pytest

from accounts.models import User
from assessment.models import Assessment, Contest
from assessment.self_assessment import see_score
from assessment.services import contest, score_session
from chat.models import Session
from chat.services import start_session
from gamification.demo.analyst import Analyst, scripts
from gamification.models import Reward
from gamification.services import reward
from scenarios.models import Scenario
from tests.conftest import NOW
from tests.gamification.contests import WHY

CRITICAL = {"id": "asked_secret", "limit": 40, "critical": True, "why": "You asked for it.", "evidence": []}


@pytest.fixture
def vpn(scenarios) -> Scenario:
    """Worth 100 XP; nothing is locked here."""
    for scenario in scenarios.values():
        scenario.prerequisites.clear()
    return scenarios["vpn-will-not-connect"]


@pytest.fixture
def score(vpn):
    """`score(lena, 80)`: an exam run on the VPN ticket that was scored, and not yet rewarded."""

    def score(
        person: User,
        overall: float,
        *,
        at: datetime = NOW,
        scenario: Scenario = vpn,
        mode: str = "exam",
        outcome: str = "resolved",
        **numbers,
    ) -> Assessment:
        begun = at - timedelta(minutes=9)
        session = start_session(
            learner=person, scenario=scenario, mode=mode, now=begun, seed=7, variant="usual"
        )
        session.status, session.outcome, session.finished_at = "completed", outcome, at
        session.save()
        return Assessment.objects.create(
            session=session, status="done", overall=overall, scored_at=at, rules_version="1", **numbers
        )

    return score


@pytest.fixture
def earn(score):
    """As `score`, and rewarded."""

    def earn(person: User, overall: float, **rest) -> Reward:
        made = reward(assessment_id=score(person, overall, **rest).pk, now=rest.get("at", NOW))
        person.refresh_from_db()
        return made

    return earn


@pytest.fixture
def play(vpn, articles):
    """`play(lena, "careful")`: a whole ticket, worked through the services."""

    def play(person: User, style: str, *, scenario: Scenario = vpn, mode: str = "exam") -> Session:
        session = start_session(
            learner=person, scenario=scenario, mode=mode, now=NOW, seed=7, variant="usual"
        )
        Analyst(session, pace=30, dice=Random(7)).play(scripts(scenario.slug)[style])
        session.refresh_from_db()
        return session

    return play


@pytest.fixture
def played(play, learner) -> Session:
    """Lena's careful work on the VPN ticket, scored and rewarded; she wanted to see it at once."""
    session = play(learner, "careful")
    see_score(session_id=session.pk, now=session.finished_at)
    assessment = score_session(session_id=session.pk, now=session.finished_at)
    reward(assessment_id=assessment.pk, now=session.finished_at)
    learner.refresh_from_db()
    return session


@pytest.fixture
def assessment(play, learner, cohort) -> Assessment:
    """Lena's careless work on the VPN ticket, scored; Carla coaches her."""
    session = play(learner, "careless")
    score_session(session_id=session.pk, now=session.finished_at)
    return Assessment.objects.select_related("session__ticket").get(session=session)


@pytest.fixture
def lost(assessment) -> dict:
    """A criterion that cites her words, with points to gain."""
    return next(
        row
        for row in assessment.criteria
        if row["status"] in ("not", "part") and row["points"] and any("seq" in e for e in row["evidence"])
    )


@pytest.fixture
def made(assessment, lost, learner) -> Contest:
    """That criterion, contested."""
    return contest(
        session_id=assessment.session_id, learner=learner, criterion_id=lost["id"], reason=WHY, now=NOW
    )
