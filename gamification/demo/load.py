"""Eight weeks of a cohort, played by scripted analysts through the services, really scored and rewarded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from django.db import transaction

from accounts.models import Cohort, Notice, User
from assessment.self_assessment import rate_oneself, see_score
from assessment.services import score_session
from chat.models import Mode, Session
from chat.services import start_session
from gamification.demo.analyst import Analyst, scripts
from gamification.demo.people import demo_is_there, make_people
from gamification.demo.plan import Turn, cohort, turns
from gamification.services import reward
from scenarios.models import Scenario
from scenarios.world.variants import USUAL

DEMO_XP = 70  # of the demo learner: one good ticket below level 2
TRIES = 8
STEPS_BEFORE_LEAVING = 4
NEWS = 3  # notices that nobody has read yet, for each learner


class DemoError(RuntimeError):
    """The demo did not come out as the guide promises."""


def load_demo(*, now: datetime, say: Callable[[str], object]) -> bool:
    """Makes people and history, all or nothing; False where the demo is there already."""
    with transaction.atomic(), unheard():
        if demo_is_there():
            return False
        made = make_people(now)
        for week, played in groupby(turns(now), key=lambda turn: turn.week):
            tickets = list(played)
            for turn in tickets:
                play(turn)
            say(f"  week {week} of {cohort()['weeks']}: {len(tickets)} tickets")
        _read_notices(made, now)
    return True


@contextmanager
def unheard() -> Iterator[None]:
    """Drops what waits for the commit: nobody watches the past, and no worker need hurry to what is done here."""
    connection = transaction.get_connection()
    before = len(connection.run_on_commit)
    yield
    del connection.run_on_commit[before:]


def play(turn: Turn) -> None:
    if turn.ending == "stands":
        _play_to_stand_at(DEMO_XP, turn)
    else:
        _play(turn, turn.pace)


def _play_to_stand_at(xp: int, turn: Turn) -> None:
    """Plays at the pace that brings the learner to exactly this XP.

    The sooner one replies, the higher the score. The pace is narrowed down until it fits; a wrong try leaves no trace.
    """
    quick, slow = 5.0, 250.0
    for _ in range(TRIES):
        pace = (quick + slow) / 2
        with transaction.atomic():
            _play(turn, pace, lapses=0)
            reached = User.objects.get(email=turn.email).xp
            if reached == xp:
                return
            transaction.set_rollback(True)
        quick, slow = (pace, slow) if reached > xp else (quick, pace)
    raise DemoError(f"No pace brings {turn.email} to {xp} XP; see gamification/demo/cohort.yaml.")


def _play(turn: Turn, pace: float, lapses: float | None = None) -> None:
    learner = User.objects.get(email=turn.email)
    scenario = Scenario.objects.select_related("current_version").get(slug=turn.ticket)
    mode = Mode.PRACTICE if turn.ending == "practice" else Mode.EXAM
    session = start_session(
        learner=learner,
        scenario=scenario,
        mode=mode,
        now=turn.at,
        seed=turn.seed,
        variant=USUAL,  # the one that the scripts know
    )
    lapses = turn.lapses if lapses is None else lapses
    analyst = Analyst(session, pace=pace, dice=Random(turn.seed), lapses=lapses)
    steps = scripts(turn.ticket)[turn.style]
    if turn.ending == "abandoned":
        analyst.play(steps[:STEPS_BEFORE_LEAVING])
        analyst.abandon()
    else:
        analyst.play(steps)
        rate_oneself(session_id=session.pk, ratings=turn.expected, now=analyst.now)
        _score(session, analyst.now + timedelta(seconds=3))
    User.objects.filter(pk=learner.pk).update(last_login=turn.at)


def _score(session: Session, at: datetime) -> None:
    assessment = score_session(session_id=session.pk, now=at)
    if assessment is None or not assessment.is_done:
        raise DemoError(f"{session} was not scored: {assessment and assessment.last_error}")
    see_score(session_id=session.pk, now=at)
    reward(assessment_id=assessment.pk, now=at)


def _read_notices(made: Cohort, now: datetime) -> None:
    """All but the newest few have been read."""
    for learner in made.members.all():
        newest = learner.notices.order_by("-created_at").values_list("pk", flat=True)[:NEWS]
        Notice.objects.filter(user=learner).exclude(pk__in=list(newest)).update(read_at=now)
