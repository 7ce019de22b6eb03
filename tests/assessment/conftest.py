"""Scored attempts without playing them: a session that was brought to an end, and its numbers."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from assessment.models import Assessment
from chat.models import Session
from chat.services import start_session
from scenarios.models import Scenario
from tests.conftest import NOW


@pytest.fixture
def open_catalogue(scenarios) -> dict[str, Scenario]:
    """The shipped scenarios without locks."""
    for scenario in scenarios.values():
        scenario.prerequisites.clear()
    return scenarios


@pytest.fixture
def finish(db):
    """`finish(learner, scenario, 82)`: an exam run with that score; other numbers may be named."""

    def finish(
        learner: User,
        scenario: Scenario,
        overall: float | None = None,
        *,
        at: datetime = NOW,
        mode: str = "exam",
        outcome: str = "resolved",
        **numbers,
    ) -> Session:
        session = start_session(
            learner=learner,
            scenario=scenario,
            mode=mode,
            now=at - timedelta(minutes=9),
            seed=7,
            variant="usual",
        )
        session.status, session.outcome, session.finished_at = "completed", outcome, at
        session.save()
        if overall is not None:
            Assessment.objects.create(
                session=session, status="done", overall=overall, scored_at=at, rules_version="1", **numbers
            )
        return session

    return finish
