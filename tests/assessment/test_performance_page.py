"""The page of my performance, its file and its API: filters in the address, and what is behind each number."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from assessment.selectors import Measure, Timeframe, performance
from assessment.skills.services import rate
from tests.assessment.many import more_runs
from tests.assessment.tables import csv_rows, last_table
from tests.conftest import NOW

DAY = timedelta(days=1)
BEFORE, IMPOSTOR = "prints-vanish", "new-phone-urgent"
ME = "/api/v1/users/me/performance"


@pytest.fixture
def some_runs(learner, open_catalogue, finish):
    """25 runs of the last four weeks, as seen today."""
    today = timezone.now().replace(hour=9)
    for number in range(25):
        at = today - (number + 1) * DAY
        numbers = {"technical": 60 + number, "response_time": None if number % 2 else 33.333}
        finish(learner, open_catalogue[BEFORE], 70 + number / 3, at=at, satisfaction=4, **numbers)


def test_a_newcomer_is_shown_the_way(as_, learner):
    assert "Nothing scored yet" in as_(learner).get("/performance/").content.decode()


def test_a_time_without_runs_leads_to_a_longer_one(as_, learner, open_catalogue, finish):
    finish(learner, open_catalogue[BEFORE], 80, at=NOW)
    page = as_(learner).get("/performance/?timeframe=week").content.decode()

    assert "Nothing scored in this time" in page
    assert 'href="?timeframe=all">Show all time' in page


def test_filters_live_in_the_address(as_, learner, some_runs):
    day = (timezone.now() - 5 * DAY).date().isoformat()
    page = as_(learner).get(f"/performance/?scenario={BEFORE}&since={day}&until={day}&category=hardware")

    text = page.content.decode()
    assert page.context["page"].paginator.count == 1
    assert f'<option value="{BEFORE}" selected>' in text
    assert f'id="since" name="since" value="{day}"' in text
    assert "1 run found" in text
    assert "No run fits" in as_(learner).get("/performance/?category=security").content.decode()


def links_of_chart(page) -> list[str]:
    return re.findall(r'class="chart__point" href="([^"]+)"', page.content.decode())


def test_a_point_of_one_run_opens_its_debrief(as_, learner, open_catalogue, finish):
    run = finish(learner, open_catalogue[BEFORE], 80, at=timezone.now() - DAY)
    page = as_(learner).get("/performance/?timeframe=week")

    assert links_of_chart(page) == [f"/sessions/{run.pk}/debrief/"]
    assert f": 80, {run.scenario.title}" in unescape(page.content.decode())


def test_a_point_of_several_runs_opens_them_in_the_history(as_, learner, some_runs):
    browser = as_(learner)
    first = browser.get("/performance/?dimension=technical&difficulty=starter&page=2")
    links = links_of_chart(first)
    behind = [point.runs for point in first.context["seen"].series]

    assert len(links) == 4
    for link, runs in zip(links, behind, strict=True):
        address, _, place = unescape(link).partition("#")
        there = browser.get(f"/performance/{address}")
        assert place == "history"
        assert there.context["seen"].runs == list(runs)
        assert there.context["seen"].measure == "technical"
    assert "Behind it" in first.content.decode()


def test_a_dimension_that_never_applied_is_not_drawn(as_, learner, some_runs):
    page = as_(learner).get("/performance/?dimension=research")

    assert links_of_chart(page) == []
    assert "this was not scored in these runs" in page.content.decode()


def test_the_two_rates_are_of_all_callers_with_their_counts(as_, learner, open_catalogue, finish):
    verdicts = (
        ["impostor_let_in"] * 2 + ["impostor_refused"] * 3 + ["honest_turned_away", "honest_served", ""]
    )
    for days, verdict in enumerate(verdicts):
        finish(learner, open_catalogue[BEFORE], 80, at=timezone.now() - 20 * days * DAY, caller=verdict)
    page = as_(learner).get("/performance/?timeframe=week")
    seen = page.context["seen"]

    assert (str(seen.callers.impostors_let_in), seen.callers.impostors_let_in.percent) == ("2 of 5", 40)
    assert (str(seen.callers.honest_turned_away), seen.callers.honest_turned_away.percent) == ("1 of 2", None)
    text = page.content.decode()
    assert "2 of 5" in text and "40 %" in text
    assert "1 of 2" in text and "Too few to make a rate" in text
    there = as_(learner).get("/performance/?timeframe=all&caller=impostor_let_in")
    assert len(there.context["seen"].runs) == 2


def test_skills_are_shown_with_their_due_dates(as_, learner, open_catalogue, finish):
    for days in (40, 30, 20, 10, 9):
        run = finish(learner, open_catalogue[BEFORE], 85, at=timezone.now() - days * DAY)
        rate(assessment_id=run.assessment.pk)
    other = finish(learner, open_catalogue[IMPOSTOR], 40, at=timezone.now() - 3 * DAY)
    rate(assessment_id=other.assessment.pk)
    page = as_(learner).get("/performance/")
    text = " ".join(page.content.decode().split())

    assert "Verify identity</th>" in text and "Developing" in text
    assert "Too few data" in text
    assert "Social engineering" in {skill.label for skill in page.context["practice"].now}
    assert '<span class="badge badge--warning">Now</span>' in text and "Next for you" in text


@pytest.mark.parametrize(
    "query",
    [
        "timeframe=nope",
        "dimension=nope",
        "page=no",
        "timeframe=%00",
        "since=soon",
        "scenario=%00",
        "caller=x",
    ],
)
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


@pytest.mark.parametrize(
    "asked", ["timeframe=week", "timeframe=month", "timeframe=all", "since={day}", "until={day}"]
)
def test_the_export_says_what_the_page_says(as_, learner, some_runs, asked):
    learner.timezone = "America/New_York"
    learner.save()
    browser = as_(learner)
    query = asked.format(day=(timezone.now() - 5 * DAY).date())
    rows = csv_rows(browser.get(f"/performance/export/?{query}"))

    first = browser.get(f"/performance/?{query}")
    shown = last_table(first)
    head, history, foot = shown[0], shown[1:-1], shown[-1]
    for number in range(2, first.context["page"].paginator.num_pages + 1):
        history += last_table(browser.get(f"/performance/?{query}&page={number}"))[1:-1]
    assert rows == [head, *history, foot]


def test_the_api_gives_the_same_file(as_, api_as, learner, some_runs):
    learner.timezone = "America/New_York"
    learner.save()
    query = f"timeframe=week&difficulty=starter&since={(timezone.now() - 3 * DAY).date()}"
    file = csv_rows(as_(learner).get(f"/performance/export/?{query}"))

    assert csv_rows(api_as(learner).get(f"{ME}/export?format=csv&{query}")) == file


def test_the_api_says_averages_trend_and_series(api_as, learner, some_runs):
    seen = api_as(learner).get(f"{ME}?timeframe=week&dimension=responseTime").json()

    assert (seen["timeframe"], seen["dimension"], seen["runs"]) == ("week", "responseTime", 6)
    assert seen["averages"]["responseTime"] == 33.33
    assert set(seen["averages"]) == set(seen["trend"]) == set(Measure.values)
    assert len(seen["series"]) == 7
    assert set(seen["series"][0]) == {"start", "label", "value", "sessionIds"}


def test_the_api_says_skills_and_callers(api_as, learner, open_catalogue, finish):
    run = finish(learner, open_catalogue[BEFORE], 85, at=NOW, caller="impostor_refused")
    rate(assessment_id=run.assessment.pk)
    seen = api_as(learner).get(f"{ME}?category=security").json()

    assert seen["runs"] == 0
    assert seen["skills"][-1] == {
        "name": "verify_identity",
        "label": "Verify identity",
        "rating": "Too few data",
        "expected": None,
        "attempts": 1,
        "dueAt": "2026-03-06T09:00:00Z",
        "isDue": True,
    }
    assert seen["callers"] == {
        "impostorsLetIn": {"count": 0, "total": 1, "percent": None},
        "honestTurnedAway": {"count": 0, "total": 0, "percent": None},
    }


@pytest.mark.parametrize("query", ["timeframe=year", "dimension=nope", "caller=nope", "since=soon"])
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
    run = finish(learner, open_catalogue[BEFORE], 80, at=timezone.now())
    rate(assessment_id=run.assessment.pk)
    for total in (10, 1000):
        more_runs(run, total)
        with django_assert_max_num_queries(30) as queries:
            assert browser.get("/performance/?timeframe=all").context["page"].paginator.count == total
        costs.append(len(queries))

    assert costs[0] == costs[1]
