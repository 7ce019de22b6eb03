"""Plays through the services with a learner of their own, and leaves nothing behind unless it is to be kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from accounts.models import Role, User
from accounts.services import create_person
from assessment.models import Assessment
from assessment.players.cast import play
from assessment.players.served import Served
from assessment.players.telling import Scores
from assessment.scoring import Attempt
from assessment.services import attempt_of, score_session
from chat.models import Mode, Session
from chat.services import start_session
from scenarios.models import Scenario
from scenarios.world.document import Player


@contextmanager
def rehearsed(
    player: Player, scenario: Scenario, *, variant: str, seed: int, now: datetime, keep: bool
) -> Iterator[tuple[Attempt, Scores]]:
    """One play and its scores; its rows can be read inside the `with` and are gone after it."""
    with transaction.atomic():
        session = _opened(_learner(player, now), scenario, variant=variant, seed=seed, now=now)
        desk = Served(session.document, tuple(session.shortest_path), seed, session=session)
        play(player, desk)
        score_session(session_id=session.pk, now=now)
        yield attempt_of(session), _scores(Assessment.objects.get(session=session))
        transaction.set_rollback(not keep)


def _scores(assessment: Assessment) -> Scores:
    if not assessment.is_done:
        raise RuntimeError(f"The play could not be scored: {assessment.last_error}")
    names = ("criteria", "caps", "feedback", "formula", "dimensions", "satisfaction", "satisfaction_words")
    return {"overall": float(assessment.overall or 0), **{name: getattr(assessment, name) for name in names}}


def _learner(player: Player, now: datetime) -> User:
    email = f"{player}-{uuid4().hex[:12]}@players.example"
    return create_person(
        email=email, password=None, first_name="Test", last_name=player.title(), roles=[Role.LEARNER], now=now
    )


def _opened(learner: User, scenario: Scenario, *, variant: str, seed: int, now: datetime) -> Session:
    """A player needs no other scenario first."""
    needed = list(scenario.prerequisites.all())
    scenario.prerequisites.clear()
    try:
        return start_session(
            learner=learner, scenario=scenario, mode=Mode.PRACTICE, now=now, seed=seed, variant=variant
        )
    finally:
        scenario.prerequisites.set(needed)
