"""Cohorts through REST: seen and changed by their managers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.models import Cohort, Role

COHORTS = "/api/v1/cohorts"


@pytest.fixture
def at(cohort):
    return f"{COHORTS}/{cohort.pk}"


def test_a_manager_makes_renames_and_archives_one(api_as, manager):
    api = api_as(manager)
    made = api.post(COHORTS, {"name": "Autumn intake", "id": "x", "memberCount": 40})
    assert made.status_code == 201 and made.json()["memberCount"] == 0
    assert [person["name"] for person in made.json()["managers"]] == ["Mona Manager"]

    at = f"{COHORTS}/{made.json()['id']}"
    assert api.patch(at, {"name": "Winter intake"}).json()["name"] == "Winter intake"
    assert api.patch(at, {"archived": True}).json()["archivedAt"]
    assert api.get(f"{COHORTS}?archived=false").json()["data"] == []
    assert api.patch(at, {"archived": False}).json()["archivedAt"] is None
    assert api.get(at).json()["name"] == "Winter intake"


def test_only_managers_see_it(api_as, at, coach, manager, admin, learner, trainer):
    seen = {
        who.first_name: api_as(who).get(at).status_code for who in (coach, manager, admin, learner, trainer)
    }
    assert seen == {"Carla": 404, "Mona": 200, "Ada": 200, "Lena": 404, "Timo": 404}
    assert [api_as(who).get(COHORTS).json()["data"] for who in (learner, coach)] == [[], []]


def test_only_managers_change_it(api_as, at, coach, learner, make_person):
    stranger = make_person("Sven", "Stranger", Role.COHORT_MANAGER)
    for who in (coach, learner, stranger):
        api = api_as(who)
        assert api.patch(at, {"name": "Mine"}).status_code == 404
        assert api.post(f"{at}/invitations", {}).status_code == 404
        assert api.post(f"{at}/members", {"email": learner.email}).status_code == 404
        assert api.delete(f"{at}/members?personId={learner.pk}").status_code == 404
    assert api_as(learner).post(COHORTS, {"name": "Mine"}).status_code == 403
    assert Cohort.objects.get().name == "Spring intake"


def test_members_come_by_invitation_or_from_another_cohort_of_the_manager(
    api_as, at, manager, learner, other_learner, now
):
    api = api_as(manager)
    refused = api.post(f"{at}/members", {"email": other_learner.email})
    unknown = api.post(f"{at}/members", {"email": "nobody@people.example"})
    assert refused.status_code == unknown.status_code == 422
    assert refused.json()["details"] == unknown.json()["details"]

    services.create_cohort(name="Other", manager=manager, now=now).members.add(other_learner)
    added = api.post(f"{at}/members", {"email": "Otto@people.example"})
    assert added.status_code == 201 and added.json()["id"] == str(other_learner.pk)
    names = [person["name"] for person in api.get(f"{at}/members?sort=-name").json()["data"]]
    assert names == ["Otto Other", "Lena Learner"]
    assert api.delete(f"{at}/members?personId={learner.pk}").status_code == 204
    assert api.delete(f"{at}/members?personId={learner.pk}").status_code == 404
    assert api.delete(f"{at}/members").json()["details"]["personId"]


def test_helpers(api_as, at, manager, coach, make_person):
    api = api_as(manager)
    second = make_person("Mike", "Manager", Role.COHORT_MANAGER)
    assert api.delete(f"{at}/members?part=managers&personId={manager.pk}").status_code == 409
    assert api.post(f"{at}/members", {"email": second.email, "part": "managers"}).status_code == 201
    assert api.post(f"{at}/members", {"email": coach.email, "part": "managers"}).status_code == 422
    assert [p["email"] for p in api.get(f"{at}/members?part=coaches").json()["data"]] == [coach.email]


def test_an_invitation_is_a_link_that_works(api_as, as_, at, cohort, manager, other_learner):
    made = api_as(manager).post(f"{at}/invitations", {"email": other_learner.email, "days": 7})
    assert made.status_code == 201 and made.json()["email"] == other_learner.email

    as_(other_learner).post(made.json()["url"])
    assert cohort.members.filter(pk=other_learner.pk).exists()


def test_a_list_costs_the_same_for_few_and_many(api_as, manager, cohort, now):
    api = api_as(manager)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert api.get(COHORTS).status_code == 200
        return len(queries)

    few = cost()
    for number in range(8):
        services.create_cohort(name=f"Cohort {number}", manager=manager, now=now)
    assert cost() == few
