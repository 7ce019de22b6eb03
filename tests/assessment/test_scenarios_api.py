"""Scenarios over REST: the catalogue in the words of the wire contract, and taking a ticket."""

import pytest

from chat.models import Session
from tests.assessment.hidden import assert_nothing_hidden
from tests.assessment.many import twins

LOCKED, BEFORE = "branch-office-crawl", "prints-vanish"
SCENARIOS = "/api/v1/scenarios"


@pytest.fixture
def api(api_as, learner):
    return api_as(learner)


def slugs(answer) -> list[str]:
    return [row["slug"] for row in answer.json()["data"]]


def test_a_visitor_gets_nothing(client, scenarios):
    assert client.get(SCENARIOS).status_code == 401


def test_a_scenario_says_what_one_chooses_by(api, learner, open_catalogue, finish):
    first, second = open_catalogue[BEFORE], open_catalogue[LOCKED]
    second.prerequisites.set([first])
    finish(learner, first, 82.25, outcome="")

    seen = api.get(f"{SCENARIOS}/{first.pk}").json()
    assert (seen["bestScore"], seen["isUnlocked"], seen["isCompleted"]) == (82.25, True, False)
    assert (seen["estimatedTime"], seen["xpReward"]) == (first.estimated_time, first.xp_reward)
    locked = api.get(f"{SCENARIOS}/{second.pk}").json()
    assert (locked["bestScore"], locked["isUnlocked"]) == (None, False)
    assert locked["prerequisites"] == [
        {"id": str(first.pk), "slug": first.slug, "title": first.title, "isCompleted": False}
    ]


def test_a_right_end_unlocks_what_comes_next(api, learner, open_catalogue, finish):
    first, second = open_catalogue[BEFORE], open_catalogue[LOCKED]
    second.prerequisites.set([first])
    finish(learner, first, 75)

    assert api.get(f"{SCENARIOS}/{first.pk}").json()["isCompleted"]
    assert api.get(f"{SCENARIOS}/{second.pk}").json()["isUnlocked"]


def test_the_list_has_pages_and_filters(api, learner, open_catalogue, finish):
    finish(learner, open_catalogue[BEFORE], 75)

    page = api.get(f"{SCENARIOS}?limit=4").json()
    assert (len(page["data"]), page["meta"]["total"], page["meta"]["totalPages"]) == (4, 6, 2)
    assert slugs(api.get(f"{SCENARIOS}?completed=true")) == [BEFORE]
    assert slugs(api.get(f"{SCENARIOS}?q=print vanish")) == [BEFORE]
    starters = api.get(f"{SCENARIOS}?difficulty=starter").json()["data"]
    assert {row["difficulty"] for row in starters} == {"starter"}


@pytest.mark.parametrize("query", ["difficulty=nope", "category=nope", "q=" + "x" * 5000])
def test_a_filter_that_makes_no_sense_is_refused(api, scenarios, query):
    name = query.partition("=")[0]
    answer = api.get(f"{SCENARIOS}?{query}")

    assert answer.status_code == 400
    assert name in answer.json()["details"]


def test_the_hidden_part_never_leaves(api, open_catalogue):
    listed = api.get(SCENARIOS).json()

    for scenario in open_catalogue.values():
        assert_nothing_hidden(scenario, listed)
        assert_nothing_hidden(scenario, api.get(f"{SCENARIOS}/{scenario.pk}").json())


def test_an_unknown_scenario_is_not_found(api, scenarios):
    unknown = "00000000-0000-4000-8000-000000000000"

    assert api.get(f"{SCENARIOS}/{unknown}").status_code == 404
    assert api.post(f"{SCENARIOS}/{unknown}/start", {"mode": "exam"}).status_code == 404


def test_start_answers_with_the_session(api, learner, open_catalogue):
    scenario = open_catalogue[BEFORE]
    answer = api.post(f"{SCENARIOS}/{scenario.pk}/start", {"mode": "practice"})

    session = Session.objects.get()
    seen = answer.json()
    assert answer.status_code == 201
    assert (session.learner, session.mode) == (learner, "practice")
    assert (seen["id"], seen["scenarioId"], seen["status"]) == (str(session.pk), str(scenario.pk), "active")
    assert seen["ticket"]["number"].startswith("TKT-")
    assert api.get(f"{SCENARIOS}/{scenario.pk}").json()["runningSessionId"] == str(session.pk)


def test_a_running_one_is_a_conflict_that_names_it(api, open_catalogue):
    address = f"{SCENARIOS}/{open_catalogue[BEFORE].pk}/start"
    first = api.post(address, {"mode": "exam"}).json()
    again = api.post(address, {"mode": "exam"})

    assert (again.status_code, again.json()["sessionId"]) == (409, first["id"])
    assert Session.objects.count() == 1


def test_a_locked_one_is_forbidden_and_says_what_is_missing(api, open_catalogue):
    first, second = open_catalogue[BEFORE], open_catalogue[LOCKED]
    second.prerequisites.set([first])
    answer = api.post(f"{SCENARIOS}/{second.pk}/start", {"mode": "exam"})

    assert answer.status_code == 403
    assert answer.json()["missing"] == [str(first.pk)]
    assert first.title in answer.json()["message"]
    assert not Session.objects.exists()


@pytest.mark.parametrize("body", [{}, {"mode": "nope"}, {"mode": None}, [], "x"])
def test_a_start_needs_a_mode(api, open_catalogue, body):
    answer = api.post(f"{SCENARIOS}/{open_catalogue[BEFORE].pk}/start", body)

    assert answer.status_code == 400
    assert not Session.objects.exists()


def test_the_list_costs_the_same_for_few_and_many(api, open_catalogue, django_assert_max_num_queries):
    scenario = open_catalogue[BEFORE]
    twins(scenario, range(4))
    with django_assert_max_num_queries(100) as ten:
        assert len(api.get(f"{SCENARIOS}?limit=100").json()["data"]) == 10
    twins(scenario, range(4, 34))
    with django_assert_max_num_queries(100) as forty:
        assert len(api.get(f"{SCENARIOS}?limit=100").json()["data"]) == 40

    assert len(ten) == len(forty)
