"""The progress report of a cohort: people by scenarios, averages, trend, callers. Exam runs only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, User
from assessment.models import Assessment
from assessment.selectors.callers import Callers, callers
from assessment.selectors.numbers import mean, trend
from scenarios.models import Scenario


class Result(NamedTuple):
    """A scored exam run of a member."""

    person_id: UUID
    scenario_id: UUID
    session_id: UUID
    overall: float
    finished_at: datetime
    caller: str


@dataclass(frozen=True)
class Row:
    """`best` holds one result or None per scenario of the report; `average` is of those there are."""

    person: User
    best: list[Result | None]
    average: float | None
    trend: float | None
    exams: int
    last_at: datetime | None
    callers: Callers


@dataclass(frozen=True)
class Report:
    """`averages` per scenario and `average` are of the column above; `trend` is of all runs together."""

    cohort: Cohort
    scenarios: list[Scenario]
    rows: list[Row]
    averages: list[float | None]
    average: float | None
    trend: float | None
    exams: int
    callers: Callers


def cohort_report(cohort: Cohort, *, now: datetime) -> Report:
    """Who is a member now, and what is in the catalogue or was played by them. Three queries."""
    results = _results(cohort, now)
    played = {result.scenario_id for result in results}
    offered = Q(is_active=True, current_version__isnull=False) | Q(pk__in=played)
    scenarios = list(Scenario.objects.filter(offered).in_learning_order())
    of_person: dict[UUID, list[Result]] = defaultdict(list)
    for result in results:
        of_person[result.person_id].append(result)
    rows = [_row(person, scenarios, of_person[person.pk], now) for person in cohort.members.all()]
    columns = [[row.best[i] for row in rows] for i in range(len(scenarios))]
    return Report(
        cohort=cohort,
        scenarios=scenarios,
        rows=rows,
        averages=[_mean(column) for column in columns],
        average=mean(row.average for row in rows),
        trend=trend(((r.finished_at, r.overall) for r in results), now),
        exams=len(results),
        callers=callers(r.caller for r in results),
    )


ORDERS = {
    "name": _("Name"),
    "-average": _("Best average first"),
    "average": _("Lowest average first"),
    "trend": _("Falling first"),
    "last_at": _("Longest without an exam first"),
}


def in_order(report: Report, order: str) -> Report:
    """The same with its people in one of `ORDERS`; those without the number come last, those without an exam first."""
    if order == "name":
        return report
    name, sign = order.lstrip("-"), -1 if order.startswith("-") else 1

    def place(row: Row) -> tuple[bool, float]:
        value = getattr(row, name)
        if isinstance(value, datetime):
            value = value.timestamp()
        return (value is None) != (name == "last_at"), sign * (value or 0)

    return replace(report, rows=sorted(report.rows, key=place))


def named(rows: Iterable[Row], words: str) -> list[Row]:
    """Those of people whose name has all of these words, as parts and in any case."""
    parts = words.casefold().split()
    return [row for row in rows if all(part in row.person.display_name.casefold() for part in parts)]


def _results(cohort: Cohort, now: datetime) -> list[Result]:
    rows: Iterable[Any] = (
        Assessment.objects.counted()
        .filter(session__learner__cohorts=cohort, session__finished_at__lte=now)
        .order_by("session__finished_at")
        .values_list(
            "session__learner_id",
            "session__scenario_id",
            "session_id",
            "overall",
            "session__finished_at",
            "caller",
        )
    )
    return [
        Result(person, scenario, session, float(overall), at, caller)
        for person, scenario, session, overall, at, caller in rows
    ]


def _row(person: User, scenarios: list[Scenario], results: list[Result], now: datetime) -> Row:
    best: dict[UUID, Result] = {}
    for result in results:
        known = best.get(result.scenario_id)
        if known is None or result.overall > known.overall:
            best[result.scenario_id] = result
    cells = [best.get(scenario.pk) for scenario in scenarios]
    return Row(
        person=person,
        best=cells,
        average=_mean(best.values()),
        trend=trend(((r.finished_at, r.overall) for r in results), now),
        exams=len(results),
        last_at=results[-1].finished_at if results else None,
        callers=callers(r.caller for r in results),
    )


def _mean(cells: Iterable[Result | None]) -> float | None:
    return mean(cell.overall if cell else None for cell in cells)
