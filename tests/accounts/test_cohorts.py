"""Cohorts: who sees them, who acts, and how people come in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services
from accounts.errors import Conflict, Forbidden, Missing, Unprocessable
from accounts.models import AuditEvent, Cohort, Invitation, Role


@pytest.fixture
def invitation(cohort, manager):
    return services.invite(cohort=cohort, actor=manager, now=timezone.now())


def test_who_sees_a_cohort(cohort, learner, other_learner, coach, manager, trainer, admin):
    sees = {
        person.first_name: bool(Cohort.objects.visible_to(person))
        for person in (learner, other_learner, coach, manager, trainer, admin)
    }
    assert sees == {"Lena": False, "Otto": False, "Carla": True, "Mona": True, "Timo": False, "Ada": True}
    assert not Cohort.objects.managed_by(coach).exists() and Cohort.objects.managed_by(admin).exists()
    assert Cohort.objects.coached_by(coach).exists() and not Cohort.objects.coached_by(manager).exists()


def test_a_cohort_appears_once_for_one_who_has_several_parts(cohort, manager):
    cohort.coaches.add(manager)
    cohort.members.add(manager)
    assert list(Cohort.objects.visible_to(manager).with_member_count()) == [cohort]


def test_a_manager_creates_a_cohort(as_, manager):
    answer = as_(manager).post("/cohorts/", {"name": "Autumn intake"})
    cohort = Cohort.objects.get()
    assert answer.url == f"/cohorts/{cohort.pk}/"
    assert list(cohort.managers.all()) == [manager]
    assert AuditEvent.objects.filter(action="cohort.created", object_id=str(cohort.pk)).exists()


def test_a_coach_creates_none(as_, coach, now):
    with pytest.raises(Forbidden):
        services.create_cohort(name="Mine", manager=coach, now=now)
    assert as_(coach).post("/cohorts/", {"name": "Mine"}).status_code == 403


def test_others_do_not_learn_that_the_pages_exist(as_, cohort, learner):
    browser = as_(learner)
    for page in ("/cohorts/", f"/cohorts/{cohort.pk}/", f"/cohorts/{uuid4()}/"):
        assert browser.get(page).status_code == 404


def test_another_manager_sees_and_changes_nothing(as_, cohort, learner, make_person, now):
    stranger = make_person("Sven", "Stranger", Role.COHORT_MANAGER)
    browser = as_(stranger)
    assert "Spring intake" not in browser.get("/cohorts/").content.decode()
    assert browser.post(f"/cohorts/{cohort.pk}/invitations/", {"days": 7}).status_code == 404
    assert browser.post(f"/cohorts/{cohort.pk}/members/{learner.pk}/remove/").status_code == 404
    with pytest.raises(Missing):
        services.invite(cohort=cohort, actor=stranger, now=now)


def test_a_coach_looks_but_does_not_manage(as_, cohort, coach, learner):
    browser = as_(coach)
    page = browser.get(f"/cohorts/{cohort.pk}/").content.decode()
    assert "Lena Learner" in page and "Make a link" not in page and "Remove" not in page
    assert browser.post(f"/cohorts/{cohort.pk}/invitations/", {"days": 7}).status_code == 404
    assert browser.post(f"/cohorts/{cohort.pk}/members/{learner.pk}/remove/").status_code == 404
    assert cohort.members.count() == 1


def test_a_link_lets_a_signed_in_person_join(as_, invitation, other_learner, cohort):
    browser = as_(other_learner)
    page = browser.get(invitation.get_absolute_url()).content.decode()
    assert "Join “Spring intake”" in page and "Mona Manager" in page
    assert not cohort.members.filter(pk=other_learner.pk).exists()
    assert browser.post(invitation.get_absolute_url()).url == "/dashboard/"
    assert cohort.members.filter(pk=other_learner.pk).exists()


def test_a_visitor_signs_in_first_and_comes_back(client, invitation, other_learner):
    from tests.conftest import PASSWORD

    page = client.get(invitation.get_absolute_url()).content.decode()
    assert "Create an account" in page
    answer = client.post("/accounts/login/", {"login": other_learner.email, "password": PASSWORD})
    assert answer.url == invitation.get_absolute_url()


def test_joining_twice_counts_once(invitation, other_learner):
    for _ in range(2):
        services.accept_invitation(token=invitation.token, person=other_learner, now=timezone.now())
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_an_open_link_works_for_many_a_mailed_one_once(cohort, manager, invitation, make_person, now):
    now = timezone.now()
    mailed = services.invite(cohort=cohort, actor=manager, email="Pia@people.example", now=now)
    people = [make_person(name) for name in ("Pia", "Paul", "Petra")]
    for person in people[1:]:
        services.accept_invitation(token=invitation.token, person=person, now=now)
    services.accept_invitation(token=mailed.token, person=people[0], now=now)
    late = make_person("Late")
    with pytest.raises(Missing, match="expired"):
        services.accept_invitation(token=mailed.token, person=late, now=now)
    assert cohort.members.count() == 4


def test_a_mailed_invitation_is_owed_work(cohort, manager, now):
    services.invite(cohort=cohort, actor=manager, email="Pia@people.example", now=now)
    assert services.send_owed_mail(now=now) == 1
    (sent,) = mail.outbox
    assert sent.to == ["pia@people.example"] and "Mona Manager invites you" in sent.body
    token = Invitation.objects.get().token
    assert f"http://127.0.0.1:8000/invitations/{token}/" in sent.body


def test_a_link_ends_by_time_and_by_hand(client, invitation, manager, other_learner):
    now = timezone.now()
    for moment in (now + timedelta(days=14, minutes=1),):
        with pytest.raises(Missing):
            services.accept_invitation(token=invitation.token, person=other_learner, now=moment)
    services.revoke_invitation(invitation=invitation, actor=manager, now=now)
    with pytest.raises(Missing):
        services.accept_invitation(token=invitation.token, person=other_learner, now=now)
    assert "no longer works" in client.get(invitation.get_absolute_url()).content.decode()


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ":forged", "%00", "..%2f"])
def test_a_forged_link_is_nothing(as_, learner, token):
    browser = as_(learner)
    assert browser.get(f"/invitations/{token}/").status_code == 404
    assert browser.post(f"/invitations/{token}/").status_code == 404


def test_only_those_with_the_role_become_coach_or_manager(cohort, manager, learner, make_person, now):
    add = {"cohort": cohort, "actor": manager, "now": now}
    with pytest.raises(Unprocessable, match="administrator"):
        services.add_helper(part="coaches", email=learner.email, **add)
    with pytest.raises(Unprocessable):
        services.add_helper(part="coaches", email=manager.email, **add)
    coach = make_person("Cleo", "Coach", Role.COACH)
    services.add_helper(part="coaches", email=" CLEO@people.example", **add)
    assert coach in cohort.coaches.all()
    assert AuditEvent.objects.filter(action="cohort.coaches_added").exists()


def test_the_page_says_why_a_coach_cannot_be_added(as_, cohort, manager, learner):
    answer = as_(manager).post(f"/cohorts/{cohort.pk}/helpers/", {"part": "coaches", "email": learner.email})
    assert answer.status_code == 200 and "An administrator gives roles." in answer.content.decode()


def test_members_go_but_the_last_manager_stays(as_, cohort, manager, learner, now):
    browser = as_(manager)
    browser.post(f"/cohorts/{cohort.pk}/members/{learner.pk}/remove/")
    assert not cohort.members.exists()
    with pytest.raises(Conflict, match="at least one"):
        services.remove_from_cohort(
            cohort=cohort, part="managers", person_id=manager.pk, actor=manager, now=now
        )
    answer = browser.post(f"/cohorts/{cohort.pk}/managers/{manager.pk}/remove/", follow=True)
    assert "at least one manager" in answer.content.decode()


def test_making_and_withdrawing_a_link_on_the_page(as_, cohort, manager):
    browser = as_(manager)
    browser.post(f"/cohorts/{cohort.pk}/invitations/", {"days": "7", "email": ""})
    link = Invitation.objects.get()
    assert (
        f"http://testserver{link.get_absolute_url()}"
        in browser.get(f"/cohorts/{cohort.pk}/").content.decode()
    )
    browser.post(f"/cohorts/{cohort.pk}/invitations/{link.pk}/revoke/")
    assert not Invitation.objects.open(timezone.now()).exists()


def test_lists_make_the_same_number_of_queries_for_few_and_for_many(
    as_, cohort, manager, coach, make_person, now, django_assert_num_queries
):
    browser = as_(manager)
    pages = ["/cohorts/", f"/cohorts/{cohort.pk}/"]
    services.invite(cohort=cohort, actor=manager, now=timezone.now())
    counted = []
    for page in pages:
        browser.get(page)
        with CaptureQueriesContext(connection) as few:
            browser.get(page)
        counted.append(len(few))
    for number in range(15):
        services.create_cohort(name=f"Cohort {number}", manager=manager, now=now).coaches.add(coach)
        cohort.members.add(make_person(f"Person{number}"))
        services.invite(cohort=cohort, actor=manager, now=timezone.now())
    for page, queries in zip(pages, counted, strict=True):
        with django_assert_num_queries(queries):
            browser.get(page)
