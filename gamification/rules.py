"""What a scored session earns. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

XP_PER_LEVEL = 100
DEBRIEF_XP = 5
PASS_MARK = 40
RECALL_MARK = 60  # from here the schedule takes a skill as still known
RETURN_SHARE = 0.2
FREEZES = 2
WEEKS_PER_FREEZE = 4
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


def earn(
    *,
    reward: int,
    overall: float,
    critical: bool,
    practice: bool,
    best: float | None,
    tried: bool = False,
    returned: bool = False,
) -> tuple[Earned, ...]:
    """XP for one score. `best` is the best overall of earlier passes on this scenario, None for the first.

    A first pass pays its share of the reward, a retry only the improvement; a fail pays for the debrief,
    unless the scenario was `tried` before: failing again and again is no way up.
    `returned`: it practised a skill that was due, which then is due no more; it pays where the scenario was passed before.
    """
    if practice:
        return ()
    if critical or overall < PASS_MARK:
        return (_debrief(tried),)
    is_return = returned and best is not None and overall >= RECALL_MARK
    bonus = _bonus(reward, overall) if is_return else ()
    return (_score(reward, overall, best), *bonus)


def _debrief(tried: bool) -> Earned:
    if tried:
        return Earned("debrief", 0, "A ticket that goes wrong pays for its debrief the first time only.")
    return Earned("debrief", DEBRIEF_XP, "For working through the debrief of a ticket that went wrong.")


def _score(reward: int, overall: float, best: float | None) -> Earned:
    if best is None:
        return Earned("score", share(reward, overall), f"{reward} XP × {overall:g} %.")
    gain = max(0, share(reward, overall) - share(reward, best))
    better = (
        f"Improved from {best:g} % to {overall:g} %." if overall > best else f"Your best stays {best:g} %."
    )
    return Earned("score", gain, better)


def _bonus(reward: int, overall: float) -> tuple[Earned, ...]:
    """For what was still known when it was due; who had forgotten it would otherwise be paid for it day by day."""
    return (
        Earned("return", share(reward, overall * RETURN_SHARE), "20 % more: you came back when it was due."),
    )


def share(reward: int, overall: float) -> int:
    """Half a point rounds up."""
    return int(reward * overall / 100 + 0.5)


@dataclass(frozen=True)
class Streak:
    """`weeks` in a row that were kept; `freezes` are left for weeks that are missed.

    `frozen`: how many weeks, just before this one, were bridged. `is_kept`: this week has its ticket.
    """

    weeks: int = 0
    freezes: int = FREEZES
    frozen: int = 0
    is_kept: bool = False


def streak(days: Iterable[date], today: date) -> Streak:
    """Weeks (from Monday) with one of these days in them, up to `today`; the running week may still be empty.

    A missed week takes a freeze by itself; four weeks kept bring one back. Without a freeze it begins anew.
    """
    kept = {_monday(day) for day in days if day <= today}
    now, made, earning = _monday(today), Streak(), 0
    week = min(kept, default=now)
    while week < now:
        if week in kept:
            earning += 1
            back = earning % WEEKS_PER_FREEZE == 0
            made = Streak(made.weeks + 1, min(FREEZES, made.freezes + back))
        elif made.freezes and made.weeks:
            made, earning = Streak(made.weeks, made.freezes - 1, made.frozen + 1), 0
        else:
            made, earning = Streak(), 0
        week += WEEK
    is_kept = now in kept
    return replace(made, weeks=made.weeks + is_kept, is_kept=is_kept)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
