"""People, roles and the audit trail through REST."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.models import AuditEvent, PersonKey, User
from accounts.services.privacy import forget_person
from tests.mails import mailed

USERS, LOG = "/api/v1/admin/users", "/api/v1/admin/audit-log"
NEW = {"email": "nora@people.example", "firstName": "Nora", "lastName": "New", "roles": ["coach", "learner"]}


def role(person: User) -> str:
    return f"{USERS}/{person.pk}/role"


def test_for_everybody_else_there_is_nothing(api_as, learner, coach, manager, trainer):
    for who in (learner, coach, manager, trainer):
        api = api_as(who)
        answers = [
            api.get(USERS),
            api.post(USERS, NEW),
            api.patch(role(who), {"roles": ["admin"]}),
            api.get(LOG),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
        assert not User.objects.get(pk=who.pk).is_admin


def test_a_new_person_sets_the_password_by_mail(api_as, admin):
    made = api_as(admin).post(USERS, NEW | {"xp": 900, "isSuperuser": True, "password": "not-this-way"})
    person = User.objects.get(email=NEW["email"])

    assert made.status_code == 201 and made.json()["roles"] == ["coach", "learner"]
    assert (person.xp, person.is_superuser, person.has_usable_password()) == (0, False, False)
    assert mailed()[0].to == [person.email] and "password/reset/key" in mailed()[0].body
    assert api_as(admin).post(USERS, NEW).status_code == 409


def test_roles_are_set_as_a_whole_and_the_last_admin_stays(api_as, admin, learner):
    api = api_as(admin)
    assert api.patch(role(learner), {"roles": ["trainer"]}).json()["roles"] == ["trainer"]
    assert api.patch(role(admin), {"roles": ["learner"]}).status_code == 409
    assert api.patch(role(learner), {"roles": ["emperor"]}).status_code == 400
    assert api.patch(role(learner), {"role": "admin"}).json()["details"]["roles"]
    given = AuditEvent.objects.filter(action="role.assigned", data={"role": "trainer"}).get()
    assert given.actor == services.key_of(admin)


def test_people_are_found(api_as, admin, learner, coach):
    api = api_as(admin)

    def names(query: str) -> list[str]:
        return [person["firstName"] for person in api.get(f"{USERS}?{query}").json()["data"]]

    assert names("q=lena") == names("role=learner") == ["Lena"]
    assert names("sort=-lastName") == ["Lena", "Carla", "Ada"]
    assert names("q=example&active=false") == []
    assert len(names("password__startswith=md5&is_superuser=1")) == 3


def test_who_was_erased_is_not_there(api_as, admin, learner, now):
    api = api_as(admin)
    forget_person(person=learner, actor=None, now=now)
    assert [person["firstName"] for person in api.get(USERS).json()["data"]] == ["Ada"]
    assert api.patch(role(learner), {"roles": ["trainer"]}).status_code == 404
    assert not PersonKey.objects.filter(user=learner).exists()


def test_an_address_that_somebody_proved_is_taken(api_as, admin, learner):
    EmailAddress.objects.create(user=learner, email=NEW["email"], verified=True)
    answer = api_as(admin).post(USERS, NEW)
    assert answer.status_code == 409 and list(answer.json()["details"]) == ["email"]


def test_the_log_names_people_as_long_as_they_are_here(api_as, admin, learner, coach, cohort, manager, now):
    api = api_as(admin)
    api.patch(role(learner), {"roles": ["learner", "coach"]})
    services.remove_from_cohort(cohort=cohort, part="members", person_id=learner.pk, actor=manager, now=now)

    def events(query: str) -> list[dict]:
        return api.get(f"{LOG}?{query}").json()["data"]

    given = events(f"actor={admin.pk}&action=role.assigned")[0]
    assert given["actor"] == {"id": str(admin.pk), "name": "Ada Admin"}
    assert given["person"]["name"] == "Lena Learner" and given["data"] == {"role": "coach"}
    removed = events(f"object={cohort.pk}&action=cohort.members_removed")[0]
    assert (removed["actor"]["name"], removed["person"]["name"]) == ("Mona Manager", "Lena Learner")
    assert events(f"actor={given['actorKey']}&action=role.assigned")[0] == given
    assert events("until=2001-01-01T00:00:00Z") == [] and events("result=refused") == []

    learner.audit_key.delete()
    assert events(f"object={cohort.pk}&action=cohort.members_removed")[0]["person"] is None


@pytest.mark.parametrize("query", ["actor=me", "since=yesterday", "result=maybe", "action=%00", "sort=actor"])
def test_a_filter_that_is_none_is_refused(api_as, admin, query):
    answer = api_as(admin).get(f"{LOG}?{query}")
    assert answer.status_code == 400 and set(answer.json()["details"]) == {query.partition("=")[0]}


def test_lists_cost_the_same_for_few_and_many(api_as, admin, make_person):
    api = api_as(admin)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert api.get(path).status_code == 200
        return len(queries)

    few = cost(USERS), cost(LOG)
    for number in range(6):
        make_person(f"P{number}")
    assert (cost(USERS), cost(LOG)) == few
