"""Who is in the demo and what they played when, read from cohort.yaml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from assessment.models import DIMENSIONS

PACE = {"careful": 40.0, "average": 90.0, "careless": 100.0}  # seconds to a reply
BELIEF = {"careful": 85, "average": 75, "careless": 70}  # who knows least thinks best of it


@dataclass(frozen=True)
class Turn:
    """One ticket of one learner; `ending` is "", practice, abandoned or stands."""

    email: str
    ticket: str
    style: str
    ending: str
    week: int
    at: datetime
    seed: int

    @property
    def pace(self) -> float:
        """Everybody gets quicker with the weeks."""
        return PACE[self.style] * (1.3 - 0.06 * self.week)

    @property
    def lapses(self) -> float:
        """And forgets less."""
        return max(0.0, 0.45 - 0.06 * self.week)

    @property
    def expected(self) -> dict[str, int]:
        """What they think of themselves before they see the score."""
        dice = Random(self.seed)
        return {name: BELIEF[self.style] + 5 * dice.randint(-3, 3) for name in DIMENSIONS}


@cache
def cohort() -> dict[str, Any]:
    return YAML(typ="safe").load((Path(__file__).parent / "cohort.yaml").read_text())


def turns(now: datetime) -> list[Turn]:
    """All tickets of the eight weeks before `now`, in the order in which they were played."""
    return sorted((t for email in cohort()["learners"] for t in _turns_of(email, now)), key=lambda t: t.at)


def _turns_of(email: str, now: datetime) -> Iterator[Turn]:
    """Moments are drawn first and then put in order, so that tickets of one week keep theirs."""
    dice = Random(email)
    played = cohort()["learners"][email]["played"]
    moments = sorted(_moment(week, now, dice) for week, *_ in played)
    for (week, ticket, style, *ending), at in zip(played, moments, strict=True):
        yield Turn(email, ticket, style, "".join(ending), week, at, dice.getrandbits(32))


def _moment(week: int, now: datetime, dice: Random) -> datetime:
    """In working hours of a working day of that week; the last week ends yesterday."""
    end = now - timedelta(weeks=cohort()["weeks"] - week)
    days = [day for n in range(1, 8) if (day := end - timedelta(days=n)).weekday() < 5]
    return dice.choice(days).replace(
        hour=dice.randrange(8, 16), minute=dice.randrange(60), second=0, microsecond=0
    )
