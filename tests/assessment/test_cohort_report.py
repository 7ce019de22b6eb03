"""The report of a cohort: who sees it, what it counts, and that the file equals the screen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from assessment.selectors import cohort_report
from chat.models import Session
from tests.assessment.tables import csv_rows, last_table
from tests.conftest import NOW

WEEK = timedelta(weeks=1)
FIRST, SECOND = "prints-vanish", "locked-out-monday"


@pytest.fixture
def address(cohort) -> str:
    return f"/cohorts/{cohort.pk}/report/"


@pytest.fixture
def api_address(cohort) -> str:
    return f"/api/v1/cohorts/{cohort.pk}/report"


def of(report, slug: str) -> int:
    return [scenario.slug for scenario in report.scenarios].index(slug)


@pytest.mark.parametrize("who", ["manager", "coach", "admin"])
def test_who_looks_after_the_cohort_sees_it(request, as_, api_as, address, api_address, scenarios, who):
    person = request.getfixturevalue(who)

    assert as_(person).get(address).status_code == 200
    assert as_(person).get(f"{address}export/").status_code == 200
    assert api_as(person).get(api_address).status_code == 200


@pytest.mark.parametrize("who", ["learner", "other_learner", "trainer"])
def test_for_everyone_else_there_is_none(request, as_, api_as, address, api_address, scenarios, who):
    person = request.getfixturevalue(who)

    assert as_(person).get(address).status_code == 404
    assert as_(person).get(f"{address}export/").status_code == 404
    assert api_as(person).get(api_address).status_code == 404
    assert api_as(person).get(f"{api_address}/export?format=csv").status_code == 404


def test_managing_another_cohort_shows_nothing(as_, make_person, address):
    stranger = make_person("Mia", "Manager", Role.COHORT_MANAGER)

    assert as_(stranger).get(address).status_code == 404


def test_visitors_are_asked_to_sign_in(client, address, api_address):
    assert client.get(address).status_code == 302
    assert client.get(api_address).status_code == 401


def test_a_cell_is_the_best_score_and_leads_to_it(as_, manager, learner, open_catalogue, finish, address):
    finish(learner, open_catalogue[FIRST], 40)
    best = finish(learner, open_catalogue[FIRST], 82.5)
    finish(learner, open_catalogue[FIRST], 61)
    page = as_(manager).get(address).content.decode()

    assert f'data-band="good"><a href="/sessions/{best.pk}/debrief/">82.5</a>' in page
    assert page.count("/debrief/") == 1


def test_practice_is_private(cohort, learner, open_catalogue, finish):
    finish(learner, open_catalogue[FIRST], 99, mode="practice")
    report = cohort_report(cohort, now=NOW)

    assert report.rows[0].best == [None] * 6
    assert report.exams == 0


def test_people_of_other_cohorts_are_left_out(cohort, other_learner, open_catalogue, finish):
    finish(other_learner, open_catalogue[FIRST], 99)
    report = cohort_report(cohort, now=NOW)

    assert [row.person.first_name for row in report.rows] == ["Lena"]
    assert report.exams == 0


def test_averages_are_of_the_row_and_of_the_column(cohort, learner, other_learner, open_catalogue, finish):
    cohort.members.add(other_learner)
    finish(learner, open_catalogue[FIRST], 80)
    finish(learner, open_catalogue[SECOND], 71)
    finish(other_learner, open_catalogue[FIRST], 60)
    report = cohort_report(cohort, now=NOW)

    assert [row.average for row in report.rows] == [75.5, 60]
    assert report.averages[of(report, FIRST)] == 70
    assert report.averages[of(report, SECOND)] == 71
    assert report.average == 67.75


def test_the_trend_is_four_weeks_against_the_four_before(cohort, learner, open_catalogue, finish):
    for weeks, overall in ((1, 80), (3, 70), (5, 60), (7, 40), (9, 100)):
        finish(learner, open_catalogue[FIRST], overall, at=NOW - weeks * WEEK)
    report = cohort_report(cohort, now=NOW)

    assert report.rows[0].trend == report.trend == 25
    assert report.rows[0].last_at == NOW - WEEK
    assert report.rows[0].exams == 5


def test_there_is_no_trend_without_a_before(cohort, learner, open_catalogue, finish):
    finish(learner, open_catalogue[FIRST], 80, at=NOW - WEEK)

    assert cohort_report(cohort, now=NOW).trend is None


def test_callers_are_counted_by_person_and_in_all(
    as_, manager, cohort, learner, other_learner, open_catalogue, finish, address
):
    cohort.members.add(other_learner)
    finish(learner, open_catalogue[FIRST], 30, caller="impostor_let_in")
    finish(learner, open_catalogue[FIRST], 80, caller="impostor_refused")
    finish(learner, open_catalogue[FIRST], 80, caller="honest_served", mode="practice")
    for _ in range(4):
        finish(other_learner, open_catalogue[FIRST], 80, caller="impostor_refused")
    report = cohort_report(cohort, now=NOW)

    assert [str(row.callers.impostors_let_in) for row in report.rows] == ["1 of 2", "0 of 4"]
    assert str(report.callers.impostors_let_in) == "1 of 6"
    assert report.callers.impostors_let_in.percent == 16.7
    assert report.callers.honest_turned_away.total == 0
    page = as_(manager).get(address)
    assert last_table(page)[-1][-2:] == ["1 of 6", ""]
    assert "16.7 %" in page.content.decode()


def test_a_withdrawn_scenario_stays_where_it_was_played(cohort, learner, open_catalogue, finish):
    finish(learner, open_catalogue[FIRST], 80)
    for slug in (FIRST, SECOND):
        open_catalogue[slug].is_active = False
        open_catalogue[slug].save()

    shown = [scenario.slug for scenario in cohort_report(cohort, now=NOW).scenarios]
    assert FIRST in shown
    assert SECOND not in shown


def test_the_file_equals_the_screen(
    as_, manager, cohort, learner, other_learner, open_catalogue, finish, address
):
    manager.timezone = "America/New_York"
    manager.save()
    cohort.members.add(other_learner)
    now = timezone.now()
    for days, overall, slug in ((1, 83.333, FIRST), (40, 91.5, FIRST), (3, 12, SECOND)):
        at = now - timedelta(days=days)
        finish(learner, open_catalogue[slug], overall, at=at, caller="honest_turned_away")
    browser = as_(manager)

    rows = csv_rows(browser.get(f"{address}export/"))
    assert rows == last_table(browser.get(address))
    assert rows[1][0] == "Lena Learner"
    assert "83.33" not in rows[1]
    assert "91.5" in rows[1]


def test_the_order_lives_in_the_address_and_the_file_follows_it(
    as_, manager, cohort, learner, other_learner, make_person, open_catalogue, finish, address
):
    idle = make_person("Ina", "Idle")
    cohort.members.add(other_learner, idle)
    finish(learner, open_catalogue[FIRST], 40, at=NOW - WEEK)
    finish(other_learner, open_catalogue[FIRST], 90, at=NOW)
    browser = as_(manager)
    orders = {
        "": ["Idle", "Learner", "Other"],
        "?sort=-average": ["Other", "Learner", "Idle"],
        "?sort=average": ["Learner", "Other", "Idle"],
        "?sort=last_at": ["Idle", "Learner", "Other"],
        "?sort=person__password": ["Idle", "Learner", "Other"],
    }

    for query, names in orders.items():
        page = browser.get(address + query)
        assert [row.person.last_name for row in page.context["report"].rows] == names
        file = csv_rows(browser.get(f"{address}export/{query}"))
        assert [row[0].split()[-1] for row in file[1:-1]] == names
    assert f'{address}export/?sort=average"' in browser.get(f"{address}?sort=average").content.decode()


def test_of_many_the_page_shows_a_part_and_finds_by_name_while_the_file_has_all(
    as_, manager, cohort, make_person, scenarios, address
):
    for number in range(60):
        cohort.members.add(make_person(f"Person{number}", "von Many"))
    browser = as_(manager)
    shown = {
        query: (len(page.context["page"]), page.context["page"].paginator.count)
        for query in ("", "?page=2", "?page=99", "?q=MANY+person5", "?q=nobody", "?q=many&page=2")
        if (page := browser.get(address + query))
    }

    assert shown == {
        "": (50, 61),
        "?page=2": (11, 61),
        "?page=99": (11, 61),
        "?q=MANY+person5": (11, 11),
        "?q=nobody": (0, 0),
        "?q=many&page=2": (10, 60),
    }
    assert "Nobody found" in browser.get(f"{address}?q=nobody").content.decode()
    assert len(csv_rows(browser.get(f"{address}export/?q=nobody&page=2"))) == 63


def test_the_api_equals_the_screen(
    as_, api_as, manager, learner, open_catalogue, finish, address, api_address
):
    run = finish(learner, open_catalogue[FIRST], 82.5)
    report = api_as(manager).get(api_address).json()

    assert report["name"] == "Spring intake"
    assert len(report["scenarios"]) == 6
    (person,) = report["people"]
    assert person["name"] == "Lena Learner"
    assert person["best"] == [{"scenarioId": str(run.scenario_id), "sessionId": str(run.pk), "overall": 82.5}]
    assert (person["average"], person["exams"], report["average"], report["exams"]) == (82.5, 1, 82.5, 1)
    file = csv_rows(api_as(manager).get(f"{api_address}/export?format=csv"))
    assert file == csv_rows(as_(manager).get(f"{address}export/"))
    nobody = {"count": 0, "total": 0, "percent": None}
    assert person["callers"] == report["callers"] == {"impostorsLetIn": nobody, "honestTurnedAway": nobody}


def test_a_file_has_a_known_format(api_as, manager, api_address):
    answer = api_as(manager).get(f"{api_address}/export?format=exe")

    assert (answer.status_code, list(answer.json()["details"])) == (400, ["format"])


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_a_name_is_never_run_as_a_formula(as_, manager, learner, scenarios, address, name):
    learner.first_name = name
    learner.save()

    cell = csv_rows(as_(manager).get(f"{address}export/"))[1][0]
    assert cell.startswith("'") or not cell.startswith(("=", "+", "-", "@", "\t"))
    assert name.strip() in cell


def test_falling_numbers_stay_numbers(as_, manager, learner, open_catalogue, finish, address):
    now = timezone.now()
    finish(learner, open_catalogue[FIRST], 50, at=now - WEEK)
    finish(learner, open_catalogue[FIRST], 90, at=now - 6 * WEEK)

    assert csv_rows(as_(manager).get(f"{address}export/"))[1][8] == "-40"


def test_an_empty_cohort_says_what_to_do(as_, manager, cohort, scenarios, address):
    cohort.members.clear()

    assert "Nobody is in this cohort yet" in as_(manager).get(address).content.decode()


def test_the_report_costs_the_same_for_few_and_many(
    as_, manager, cohort, make_person, open_catalogue, finish, address, django_assert_max_num_queries
):
    browser, costs = as_(manager), []
    for total in (10, 40):
        for number in range(cohort.members.count(), total):
            person = make_person(f"Person{number}")
            cohort.members.add(person)
            finish(person, open_catalogue[FIRST], 80)
        with django_assert_max_num_queries(100) as queries:
            assert len(last_table(browser.get(address))) == total + 2
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert Session.objects.count() == 39
