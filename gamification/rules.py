"""What a scored session earns. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

XP_PER_LEVEL = 100
DEBRIEF_XP = 5
PASS_MARK = 40
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Earned:
    """XP of one kind; `why` is what the learner reads."""

    kind: str
    amount: int
    why: str


def level_of(xp: int) -> int:
    return xp // XP_PER_LEVEL + 1


def to_next_level(xp: int) -> int:
    return XP_PER_LEVEL - xp % XP_PER_LEVEL


def earn(*, reward: int, overall: float, critical: bool, practice: bool, best: float | None) -> Earned | None:
    """XP for one score. `best` is the best overall of earlier passes on this scenario, None for the first.

    A first pass pays its share of the reward, a retry only the improvement; a fail pays for the debrief.
    """
    if practice:
        return None
    if critical or overall < PASS_MARK:
        return Earned("debrief", DEBRIEF_XP, "For working through the debrief of a ticket that went wrong.")
    if best is None:
        return Earned("score", share(reward, overall), f"{reward} XP × {overall:g} %.")
    gain = max(0, share(reward, overall) - share(reward, best))
    better = (
        f"Improved from {best:g} % to {overall:g} %." if overall > best else f"Your best stays {best:g} %."
    )
    return Earned("score", gain, better)


def share(reward: int, overall: float) -> int:
    """Half a point rounds up."""
    return int(reward * overall / 100 + 0.5)


def weeks_in_a_row(days: Iterable[date], today: date) -> int:
    """Weeks (from Monday) in a row with one of these days in them; the running week may still be empty."""
    weeks = {_monday(day) for day in days}
    week = _monday(today)
    if week not in weeks:
        week -= WEEK
    count = 0
    while week in weeks:
        count, week = count + 1, week - WEEK
    return count


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
