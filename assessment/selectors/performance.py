"""How one person does: averages, trends, a series to draw, and the runs behind them. Exam runs only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models

from accounts.models import User
from assessment.models import Assessment
from assessment.selectors.numbers import difference, mean, zone_of

WEEKS_DRAWN = 52


class Timeframe(models.TextChoices):
    WEEK = "week", "Last 7 days"
    MONTH = "month", "Last 4 weeks"
    ALL = "all", "All time"


class Measure(models.TextChoices):
    """What is scored from 0 to 100, in the words of the wire contract."""

    OVERALL = "overall", "Overall"
    VERIFICATION = "verification", "Verification"
    TECHNICAL = "technical", "Technical"
    COMMUNICATION = "communication", "Communication"
    DOCUMENTATION = "documentation", "Documentation"
    RESPONSE_TIME = "responseTime", "Response time"
    EFFICIENCY = "efficiency", "Efficiency"
    RESEARCH = "research", "Research"


class Run(NamedTuple):
    """A scored exam run; `finished_at` is in the person's time zone, `scores` in the order of `Measure`."""

    session_id: UUID
    finished_at: datetime
    scenario: str
    ticket: str
    scores: tuple[float | None, ...]
    satisfaction: int | None

    def score(self, measure: Measure) -> float | None:
        return self.scores[list(Measure).index(measure)]


class Point(NamedTuple):
    start: date
    label: str
    value: float | None


@dataclass(frozen=True)
class Performance:
    """`runs` newest first; `trends` compare with the period before (all time: four weeks with four before)."""

    timeframe: Timeframe
    measure: Measure
    runs: list[Run]
    averages: dict[Measure, float | None]
    trends: dict[Measure, float | None]
    satisfaction: float | None
    series: list[Point]

    @property
    def average(self) -> float | None:
        return self.averages[self.measure]

    @property
    def trend(self) -> float | None:
        return self.trends[self.measure]


def performance(user: User, *, timeframe: Timeframe, measure: Measure, now: datetime) -> Performance:
    """Days and weeks begin at midnight where the person lives; the last one is today. One query."""
    zone = zone_of(user)
    today = now.astimezone(zone).date()
    every = [run for run in _runs(user, zone) if run.finished_at <= now]
    days = 7 if timeframe == Timeframe.WEEK else 28
    recent = [run for run in every if _age(run, today) < days]
    before = [run for run in every if days <= _age(run, today) < 2 * days]
    runs = every if timeframe == Timeframe.ALL else recent

    def averages(of: list[Run]) -> dict[Measure, float | None]:
        return {each: mean(run.score(each) for run in of) for each in Measure}

    older, newer = averages(before), averages(recent)
    return Performance(
        timeframe=timeframe,
        measure=measure,
        runs=runs,
        averages=averages(runs),
        trends={each: difference(newer[each], older[each]) for each in Measure},
        satisfaction=mean(run.satisfaction for run in runs),
        series=_series(runs, timeframe, today, lambda run: run.score(measure)),
    )


def _runs(user: User, zone: ZoneInfo) -> list[Run]:
    rows = (
        Assessment.objects.counted()
        .of(user)
        .filter(session__finished_at__isnull=False)
        .order_by("-session__finished_at", "session_id")
        .values_list(
            "session_id",
            "session__finished_at",
            "session__scenario__title",
            "session__ticket__number",
            "satisfaction",
            *(measure.name.lower() for measure in Measure),
        )
    )
    return [
        Run(
            session_id=session,
            finished_at=finished.astimezone(zone),
            scenario=scenario,
            ticket=ticket,
            scores=tuple(None if value is None else float(value) for value in scores),
            satisfaction=satisfaction,
        )
        for session, finished, scenario, ticket, satisfaction, *scores in rows
    ]


def _age(run: Run, today: date) -> int:
    """Whole days ago; 0 is today."""
    return (today - run.finished_at.date()).days


def _series(
    runs: list[Run], timeframe: Timeframe, today: date, value: Callable[[Run], float | None]
) -> list[Point]:
    """Days of a week, weeks otherwise; a history of more than a year in steps of four weeks."""
    oldest = max((_age(run, today) for run in runs), default=0)
    if timeframe == Timeframe.WEEK:
        step, count = 1, 7
    elif timeframe == Timeframe.MONTH:
        step, count = 7, 4
    else:
        step = 7 if oldest < 7 * WEEKS_DRAWN else 28
        count = oldest // step + 1
    points = []
    for back in reversed(range(count)):
        start = today - timedelta(days=step * (back + 1) - 1)
        average = mean(value(run) for run in runs if _age(run, today) // step == back)
        points.append(Point(start, _label(start, timeframe), average))
    return points


def _label(start: date, timeframe: Timeframe) -> str:
    if timeframe == Timeframe.WEEK:
        return f"{start:%a} {start.day} {start:%b}"
    return f"from {start.day} {start:%b %Y}"
