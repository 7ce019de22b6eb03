"""My performance: averages, trend and series over a timeframe, of the runs asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessment.selectors import Measure, Timeframe, Wanted, performance
from tests.conftest import NOW

DAY = timedelta(days=1)
BEFORE, IMPOSTOR = "prints-vanish", "new-phone-urgent"


@pytest.fixture
def seen(learner):
    """`seen("month")`: the performance as of now."""

    def seen(timeframe: str = "month", measure: str = "overall"):
        return performance(learner, timeframe=Timeframe(timeframe), measure=Measure(measure), now=NOW)

    return seen


@pytest.fixture
def score(learner, open_catalogue, finish):
    """`score(82, days=3)`: an exam run of three days ago."""

    def score(overall: float, *, days: float = 0, **numbers):
        return finish(learner, open_catalogue[BEFORE], overall, at=NOW - days * DAY, **numbers)

    return score


def test_averages_are_of_the_timeframe(seen, score):
    score(80, days=1, technical=70)
    score(71, days=6, technical=None)
    score(50, days=20)
    score(10, days=100)

    assert seen("week").average == 75.5
    assert seen("week").averages[Measure.TECHNICAL] == 70
    assert seen("month").average == 67
    assert seen("all").average == 52.75
    assert seen("week").averages[Measure.RESEARCH] is None


def test_averages_have_two_decimals(seen, score):
    for overall in (80, 81, 81):
        score(overall)

    assert seen("week").average == 80.67


def test_only_scored_exams_count(seen, score, learner, other_learner, open_catalogue, finish):
    score(80)
    score(10, mode="practice")
    finish(learner, open_catalogue[BEFORE], at=NOW)
    finish(other_learner, open_catalogue[BEFORE], 20, at=NOW)

    assert [run.score(Measure.OVERALL) for run in seen("all").runs] == [80]


def test_the_trend_compares_with_the_period_before(seen, score):
    score(80, days=1)
    score(60, days=10)
    score(40, days=40)

    assert seen("week").trend == 20
    assert seen("month").trend == 30
    assert seen("all").trend == seen("month").trend


def test_no_trend_without_a_before(seen, score):
    score(80, days=1)

    assert seen("week").trend is None


def test_a_week_is_drawn_by_days_that_end_today(seen, score):
    score(80, days=0)
    score(60, days=2)
    score(70, days=2)
    series = seen("week").series

    assert [point.value for point in series] == [None, None, None, None, 65, None, 80]
    assert series[-1].start == date(2026, 3, 2)
    assert series[-1].label == "Mon 2 Mar"


def test_longer_times_are_drawn_by_weeks(seen, score):
    score(80, days=0)
    score(60, days=8)
    score(40, days=50)

    assert [point.value for point in seen("month").series] == [None, None, 60, 80]
    assert [point.value for point in seen("all").series] == [40, None, None, None, None, None, 60, 80]


def test_years_are_drawn_by_four_weeks(seen, score):
    score(80, days=0)
    score(40, days=800)

    series = seen("all").series
    assert len(series) == 29
    assert (series[0].value, series[-1].value) == (40, 80)


def test_the_series_is_of_the_dimension_asked_for(seen, score):
    score(80, technical=55)

    assert seen("week", "technical").series[-1].value == 55


def test_days_are_those_of_the_person(learner, open_catalogue, finish):
    learner.timezone = "Asia/Tokyo"
    late = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # already Monday in Tokyo
    finish(learner, open_catalogue[BEFORE], 80, at=late)
    seen = performance(learner, timeframe=Timeframe.WEEK, measure=Measure.OVERALL, now=NOW)

    assert seen.series[-1].value == 80
    assert seen.runs[0].finished_at.day == 2


def test_an_unknown_zone_is_read_as_utc(learner, open_catalogue, finish):
    learner.timezone = "Nowhere/Land"
    finish(learner, open_catalogue[BEFORE], 80, at=NOW)

    seen = performance(learner, timeframe=Timeframe.WEEK, measure=Measure.OVERALL, now=NOW)
    assert seen.runs[0].finished_at == NOW


def test_runs_are_asked_for_by_what_they_are(learner, open_catalogue, finish):
    finish(learner, open_catalogue[BEFORE], 80, at=NOW - 3 * DAY, caller="honest_served")
    finish(learner, open_catalogue[IMPOSTOR], 40, at=NOW - DAY, caller="impostor_let_in")

    def found(**wanted) -> list[str]:
        seen = performance(
            learner, timeframe=Timeframe.MONTH, measure=Measure.OVERALL, now=NOW, wanted=Wanted(**wanted)
        )
        assert [p.value for p in seen.series if p.value] == ([seen.average] if seen.runs else [])
        return [run.slug for run in seen.runs]

    assert found() == [IMPOSTOR, BEFORE]
    assert found(scenario=BEFORE) == found(difficulty="starter") == found(category="hardware") == [BEFORE]
    assert found(caller="impostor_let_in") == [IMPOSTOR]
    assert found(since=(NOW - DAY).date()) == [IMPOSTOR]
    assert found(until=(NOW - 2 * DAY).date()) == [BEFORE]
    assert found(scenario=BEFORE, difficulty="advanced") == []
