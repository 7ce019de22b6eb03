"""My performance: averages, trend and series over a timeframe; the export says what the page says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from assessment.models import Assessment
from assessment.selectors import Measure, Timeframe, performance
from tests.assessment.tables import csv_rows, last_table
from tests.conftest import NOW

DAY = timedelta(days=1)
BEFORE = "prints-vanish"
ME = "/api/v1/users/me/performance"


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


@pytest.fixture
def some_runs(learner, open_catalogue, finish):
    """25 runs of the last four weeks, as seen today."""
    today = timezone.now().replace(hour=9)
    for number in range(25):
        at = today - (number + 1) * DAY
        numbers = {"technical": 60 + number, "response_time": None if number % 2 else 33.333}
        finish(learner, open_catalogue[BEFORE], 70 + number / 3, at=at, satisfaction=4, **numbers)


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


def test_a_newcomer_is_shown_the_way(as_, learner):
    page = as_(learner).get("/performance/?timeframe=all").content.decode()
    assert "Nothing scored yet" in page
    assert "Show all time" in as_(learner).get("/performance/").content.decode()


@pytest.mark.parametrize("query", ["timeframe=nope", "dimension=nope", "page=no", "timeframe=%00"])
def test_odd_addresses_are_answered(as_, learner, some_runs, query):
    page = as_(learner).get(f"/performance/?{query}")

    assert page.status_code == 200
    assert page.context["seen"].timeframe == "month"


def test_the_page_links_each_run_to_its_debrief_and_draws(as_, learner, some_runs):
    page = as_(learner).get("/performance/?dimension=technical").content.decode()

    newest = performance(learner, timeframe=Timeframe.ALL, measure=Measure.OVERALL, now=timezone.now()).runs[
        0
    ]
    assert f"/sessions/{newest.session_id}/debrief/" in page
    assert "Technical, average of each week" in page
    assert "<svg" in page
    assert 'style="' not in page


@pytest.mark.parametrize("timeframe", ["week", "month", "all"])
def test_the_export_says_what_the_page_says(as_, learner, some_runs, timeframe):
    learner.timezone = "America/New_York"
    learner.save()
    browser = as_(learner)
    rows = csv_rows(browser.get(f"/performance/export/?timeframe={timeframe}"))

    first = browser.get(f"/performance/?timeframe={timeframe}")
    shown = last_table(first)
    head, history, foot = shown[0], shown[1:-1], shown[-1]
    for number in range(2, first.context["page"].paginator.num_pages + 1):
        history += last_table(browser.get(f"/performance/?timeframe={timeframe}&page={number}"))[1:-1]
    assert rows == [head, *history, foot]


def test_the_api_gives_the_same_file(as_, api_as, learner, some_runs):
    learner.timezone = "America/New_York"
    learner.save()
    file = csv_rows(as_(learner).get("/performance/export/?timeframe=week"))

    assert csv_rows(api_as(learner).get(f"{ME}/export?format=csv&timeframe=week")) == file


def test_the_api_says_averages_trend_and_series(api_as, learner, some_runs):
    seen = api_as(learner).get(f"{ME}?timeframe=week&dimension=responseTime").json()

    assert (seen["timeframe"], seen["dimension"], seen["runs"]) == ("week", "responseTime", 6)
    assert seen["averages"]["responseTime"] == 33.33
    assert set(seen["averages"]) == set(seen["trend"]) == set(Measure.values)
    assert len(seen["series"]) == 7
    assert set(seen["series"][0]) == {"start", "label", "value"}


@pytest.mark.parametrize("query", ["timeframe=year", "dimension=nope"])
def test_the_api_refuses_what_makes_no_sense(api_as, learner, query):
    answer = api_as(learner).get(f"{ME}?{query}")

    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["details"]


@pytest.mark.parametrize("query", ["", "?format=xml"])
def test_the_api_exports_csv_alone(api_as, learner, query):
    assert api_as(learner).get(f"{ME}/export{query}").status_code == 400


def test_visitors_see_nothing(client, db):
    assert client.get("/performance/").status_code == 302
    assert client.get("/performance/export/").status_code == 302
    assert client.get(ME).status_code == 401
    assert client.get(f"{ME}/export?format=csv").json()["statusCode"] == 401


def test_the_page_costs_the_same_for_few_and_many(
    as_, learner, open_catalogue, finish, django_assert_max_num_queries
):
    browser, costs = as_(learner), []
    for total in (10, 40):
        while Assessment.objects.count() < total:
            finish(learner, open_catalogue[BEFORE], 80, at=timezone.now())
        with django_assert_max_num_queries(100) as queries:
            assert browser.get("/performance/").context["page"].paginator.count == total
        costs.append(len(queries))

    assert costs[0] == costs[1]
