"""Cohorts in the administration end in the same services as on their pages."""

import pytest

from accounts import services
from accounts.models import AuditEvent, Cohort, Role
from accounts.services import key_of
from accounts.signals import access_changed


@pytest.fixture
def heard():
    """Ids of those whose access changed."""
    ids = []

    def hear(user_id, **kwargs):
        ids.append(user_id)

    access_changed.connect(hear)
    yield ids
    access_changed.disconnect(hear)


def page(cohort, action="change"):
    return f"/admin/accounts/cohort/{cohort.pk}/{action}/"


def sent(cohort, **changes):
    parts = {part: [row.pk for row in getattr(cohort, part).all()] for part in services.cohorts.PARTS}
    return {"name": cohort.name} | parts | changes


def told(action):
    return [(event.actor, event.data) for event in AuditEvent.objects.filter(action=action)]


def test_who_comes_and_goes_is_written_down_and_heard(
    as_, admin, cohort, learner, other_learner, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_(admin).post(page(cohort), sent(cohort, members=[other_learner.pk]))
    assert answer.status_code == 302 and list(cohort.members.all()) == [other_learner]
    for action, person in (("added", other_learner), ("removed", learner)):
        assert told(f"cohort.members_{action}") == [(key_of(admin), {"person": str(key_of(person))})]
    assert set(heard) == {learner.pk, other_learner.pk}


def test_what_stays_as_it_is_writes_nothing_down(as_, admin, cohort):
    before = AuditEvent.objects.filter(action__startswith="cohort.").count()
    as_(admin).post(page(cohort), sent(cohort))
    assert AuditEvent.objects.filter(action__startswith="cohort.").count() == before


def test_a_cohort_keeps_a_manager(as_, admin, cohort, manager):
    answer = as_(admin).post(page(cohort), sent(cohort, managers=[]))
    assert answer.status_code == 200 and "managers" in answer.context["adminform"].form.errors
    assert list(cohort.managers.all()) == [manager]


@pytest.mark.parametrize("part", ["coaches", "managers"])
def test_only_who_holds_the_role_helps(as_, admin, cohort, learner, part):
    answer = as_(admin).post(page(cohort), sent(cohort, **{part: [learner.pk]}))
    assert answer.status_code == 200 and "does not hold the role" in answer.content.decode()
    assert not getattr(cohort, part).filter(pk=learner.pk).exists()


def test_who_lost_the_role_may_stay_named_and_be_taken_out(as_, admin, cohort, coach, now):
    services.set_roles(person=coach, roles=[Role.LEARNER], actor=admin, now=now)
    browser = as_(admin)
    assert browser.post(page(cohort), sent(cohort)).status_code == 302
    assert browser.post(page(cohort), sent(cohort, coaches=[])).status_code == 302
    assert not cohort.coaches.exists()


def test_one_is_made_with_its_maker_or_others_to_manage_it(as_, admin, manager, learner):
    made = {"name": "Autumn intake", "members": [learner.pk], "managers": [manager.pk]}
    browser = as_(admin)
    assert str(admin.pk) in browser.get("/admin/accounts/cohort/add/").content.decode()
    answer = browser.post("/admin/accounts/cohort/add/", made)
    cohort = Cohort.objects.get()
    assert answer.status_code == 302 and list(cohort.managers.all()) == [manager]
    assert told("cohort.created") == [(key_of(admin), {})] and cohort.members.get() == learner


def test_it_is_archived_and_taken_out_of_the_archive(as_, admin, cohort):
    browser = as_(admin)
    for change, archived in (({"archived": "on"}, True), ({}, False)):
        browser.post(page(cohort), sent(cohort, **change))
        cohort.refresh_from_db()
        assert (cohort.archived_at is not None) == archived
    assert [data for _actor, data in told("cohort.changed")] == [{"archived": False}, {"archived": True}]


def test_its_end_is_written_down_and_heard(
    as_, admin, cohort, learner, coach, manager, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        as_(admin).post(page(cohort, "delete"), {"post": "yes"})
    assert not Cohort.objects.exists() and told("cohort.deleted") == [(key_of(admin), {"people": 3})]
    assert set(heard) == {learner.pk, coach.pk, manager.pk}
