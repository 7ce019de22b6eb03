"""What scored sessions are worth by the rules, and what the ledger has paid for them."""

from collections.abc import Iterator, Sequence

from assessment.models import Assessment
from assessment.skills.services import was_due
from chat.models import Mode, Session
from gamification.models import XPEntry
from gamification.rules import PASS_MARK, Earned, earn


def rewarded_runs(session: Session) -> list[Assessment]:
    """The learner's exam runs on this scenario that were rewarded, in that order, with their present scores."""
    rows = Assessment.objects.counted().filter(
        session__learner=session.learner_id, session__scenario=session.scenario_id, reward__isnull=False
    )
    return list(rows.select_related("session__version").order_by("reward__created_at", "scored_at"))


def earned_by(assessment: Assessment, earlier: Sequence[Assessment]) -> tuple[Earned, ...]:
    """Nothing for practice. `earlier`: the runs on this scenario that count as before it."""
    session = assessment.session
    return earn(
        reward=session.document.xp_reward,
        overall=float(assessment.overall or 0),
        critical=assessment.is_critical_fail,
        practice=session.mode == Mode.PRACTICE,
        best=max((float(a.overall or 0) for a in earlier if _is_pass(a)), default=None),
        tried=bool(earlier),
        returned=was_due(assessment),
    )


def still_owed(assessment: Assessment) -> int:
    """XP by which the ledger is behind the present scores of all runs on the scenario; below 0, ahead of them.

    A better first run leaves less to be gained by the later ones, so that the runs are summed up together.
    """
    runs = rewarded_runs(assessment.session)
    worth = sum(earned.amount for earned in _in_turn(runs))
    return worth - XPEntry.objects.filter(session__in=[run.session_id for run in runs]).total()


def _in_turn(runs: list[Assessment]) -> Iterator[Earned]:
    for number, run in enumerate(runs):
        yield from earned_by(run, runs[:number])


def _is_pass(assessment: Assessment) -> bool:
    return (assessment.overall or 0) >= PASS_MARK and not assessment.is_critical_fail
