"""How one person does: averages, trends, a series to draw, skills, and the runs behind them. Exam runs only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessment.selectors.callers import Callers, callers
from assessment.selectors.numbers import difference, mean, zone_of
from assessment.selectors.runs import Measure, Run, Wanted, exam_runs
from assessment.selectors.skills import Skill, skill_profile

WEEKS_DRAWN = 52


class Timeframe(models.TextChoices):
    WEEK = "week", _("Last 7 days")
    MONTH = "month", _("Last 4 weeks")
    ALL = "all", _("All time")


class Point(NamedTuple):
    """The average of the days from `start` to `end`; `runs` are those behind it."""

    start: date
    end: date
    label: str
    value: float | None
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Performance:
    """`runs` are those asked for, newest first; `trends` compare with the period before (all time: four weeks
    with four before). `skills`, `callers` and `scenarios` (slug, title) are of all runs, whatever is asked for.
    """

    timeframe: Timeframe
    measure: Measure
    wanted: Wanted
    runs: list[Run]
    averages: dict[Measure, float | None]
    trends: dict[Measure, float | None]
    satisfaction: float | None
    series: list[Point]
    skills: list[Skill]
    callers: Callers
    scenarios: list[tuple[str, str]]

    @property
    def average(self) -> float | None:
        return self.averages[self.measure]

    @property
    def trend(self) -> float | None:
        return self.trends[self.measure]


def performance(
    user: User, *, timeframe: Timeframe, measure: Measure, now: datetime, wanted: Wanted | None = None
) -> Performance:
    """Days and weeks begin at midnight where the person lives; the last one is today. Two queries."""
    wanted = wanted or Wanted()
    today = now.astimezone(zone_of(user)).date()
    every = exam_runs(user, now=now)
    asked = [run for run in every if run in wanted]
    days = 7 if timeframe == Timeframe.WEEK else 28
    recent = [run for run in asked if _age(run, today) < days]
    before = [run for run in asked if days <= _age(run, today) < 2 * days]
    runs = asked if timeframe == Timeframe.ALL else recent
    older, newer = _averages(before), _averages(recent)
    return Performance(
        timeframe=timeframe,
        measure=measure,
        wanted=wanted,
        runs=runs,
        averages=_averages(runs),
        trends={each: difference(newer[each], older[each]) for each in Measure},
        satisfaction=mean(run.satisfaction for run in runs),
        series=_series(runs, timeframe, today, measure),
        skills=skill_profile(user, now=now),
        callers=callers(run.caller for run in every),
        scenarios=sorted({(run.slug, run.scenario) for run in every}, key=lambda pair: pair[1]),
    )


def _averages(runs: list[Run]) -> dict[Measure, float | None]:
    return {each: mean(run.score(each) for run in runs) for each in Measure}


def _age(run: Run, today: date) -> int:
    """Whole days ago; 0 is today."""
    return (today - run.finished_at.date()).days


def _series(runs: list[Run], timeframe: Timeframe, today: date, measure: Measure) -> list[Point]:
    """Days of a week, weeks otherwise; a history of more than a year in steps of four weeks."""
    oldest = max((_age(run, today) for run in runs), default=0)
    if timeframe == Timeframe.WEEK:
        step, count = 1, 7
    elif timeframe == Timeframe.MONTH:
        step, count = 7, 4
    else:
        step = 7 if oldest < 7 * WEEKS_DRAWN else 28
        count = oldest // step + 1
    steps: list[list[Run]] = [[] for _ in range(count)]
    for run in runs:
        if run.score(measure) is not None:
            steps[_age(run, today) // step].append(run)
    points = []
    for back in reversed(range(count)):
        start = today - timedelta(days=step * (back + 1) - 1)
        average = mean(run.score(measure) for run in steps[back])
        end = start + timedelta(days=step - 1)
        points.append(Point(start, end, _label(start, timeframe), average, tuple(steps[back])))
    return points


def _label(start: date, timeframe: Timeframe) -> str:
    if timeframe == Timeframe.WEEK:
        return date_format(start, "D j M")
    return gettext("from %(day)s") % {"day": date_format(start, "j M Y")}
