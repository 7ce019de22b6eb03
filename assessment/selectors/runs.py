"""The scored exam runs of one person, and which of them are asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessment.models import Assessment
from assessment.selectors.numbers import zone_of


class Measure(models.TextChoices):
    """What is scored from 0 to 100, in the words of the wire contract."""

    OVERALL = "overall", _("Overall")
    VERIFICATION = "verification", _("Verification")
    TECHNICAL = "technical", _("Technical")
    COMMUNICATION = "communication", _("Communication")
    DOCUMENTATION = "documentation", _("Documentation")
    RESPONSE_TIME = "responseTime", _("Response time")
    EFFICIENCY = "efficiency", _("Efficiency")
    RESEARCH = "research", _("Research")


PLACES = {measure: place for place, measure in enumerate(Measure)}


class Run(NamedTuple):
    """A scored exam run; `finished_at` is in the person's time zone, `scores` in the order of `Measure`."""

    session_id: UUID
    finished_at: datetime
    slug: str
    scenario: str
    difficulty: str
    category: str
    ticket: str
    caller: str
    satisfaction: int | None
    scores: tuple[float | None, ...]

    def score(self, measure: Measure) -> float | None:
        return self.scores[PLACES[measure]]


@dataclass(frozen=True)
class Wanted:
    """Which runs; what is empty or None asks for nothing. Days are the person's own, both ends count."""

    scenario: str = ""
    difficulty: str = ""
    category: str = ""
    caller: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def everything(self) -> bool:
        return self == Wanted()

    def __contains__(self, run: Run) -> bool:
        day = run.finished_at.date()
        return (
            self.scenario in ("", run.slug)
            and self.difficulty in ("", run.difficulty)
            and self.category in ("", run.category)
            and self.caller in ("", run.caller)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )


def exam_runs(user: User, *, now: datetime) -> list[Run]:
    """All until now, newest first. One query."""
    zone = zone_of(user)
    rows = (
        Assessment.objects.counted()
        .of(user)
        .filter(session__finished_at__lte=now)
        .order_by("-session__finished_at", "session_id")
        .values_list(
            "session_id",
            "session__finished_at",
            "session__scenario__slug",
            "session__scenario__title",
            "session__scenario__difficulty",
            "session__scenario__category",
            "session__ticket__number",
            "caller",
            "satisfaction",
            *(measure.name.lower() for measure in Measure),
        )
    )
    return [_run(row, zone) for row in rows]


def _run(row: tuple[Any, ...], zone: ZoneInfo) -> Run:
    session, finished, *about = row
    facts, scores = about[: -len(Measure)], about[-len(Measure) :]
    numbers = tuple(None if value is None else float(value) for value in scores)
    return Run._make([session, finished.astimezone(zone), *facts, numbers])
