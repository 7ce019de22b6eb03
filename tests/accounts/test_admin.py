"""The administrator's pages for people."""

import pytest
from allauth.account.models import EmailAddress

from accounts import services
from accounts.models import AuditEvent, Notice, PersonKey, User
from accounts.services import key_of
from accounts.services.privacy import forget_person

PAGES = ["user", "cohort", "invitation", "notice", "auditevent"]


@pytest.fixture
def everything(cohort, manager, learner, now):
    services.invite(cohort=cohort, actor=manager, email="pia@people.example", now=now)
    services.notify(user=learner, kind="level", title="Level 2", now=now)


@pytest.mark.parametrize("page", PAGES)
def test_lists_are_searched_and_filtered(as_, admin, everything, page):
    browser = as_(admin)
    assert browser.get(f"/admin/accounts/{page}/").status_code == 200
    assert browser.get(f"/admin/accounts/{page}/?q=lena").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_trainer_has_no_business_with_people(as_, trainer, everything, page):
    assert as_(trainer).get(f"/admin/accounts/{page}/").status_code == 403


def test_others_do_not_enter_and_visitors_sign_in_at_the_one_door(as_, client, learner):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert as_(learner).get("/admin/login/").status_code == 403


def test_roles_are_given_on_the_persons_page_and_written_down(as_, admin, learner):
    sent = {"email": learner.email, "first_name": "Lena", "last_name": "Learner", "timezone": "UTC"}
    page = f"/admin/accounts/user/{learner.pk}/change/"
    answer = as_(admin).post(page, sent | {"roles": ["learner", "coach"], "is_active": "on"})
    assert answer.status_code == 302
    assert User.objects.get(pk=learner.pk).role_names == {"learner", "coach"}
    event = AuditEvent.objects.get(
        action="role.assigned", object_id=str(key_of(learner)), actor=key_of(admin)
    )
    assert event.data == {"role": "coach"}


@pytest.mark.parametrize("change", [{"roles": ["learner"], "is_active": "on"}, {"roles": ["admin"]}])
def test_the_last_administrator_is_kept_in(as_, admin, change):
    sent = {"email": admin.email, "first_name": "Ada", "last_name": "Admin", "timezone": "UTC"}
    answer = as_(admin).post(f"/admin/accounts/user/{admin.pk}/change/", sent | change)
    assert answer.status_code == 200 and "last administrator" in answer.content.decode()
    person = User.objects.get(pk=admin.pk)
    assert person.is_admin and person.is_active


def test_a_person_made_here_may_sign_in_at_once(as_, admin):
    word = "another-long-word-9"
    sent = {"email": "New@people.example", "first_name": "Nils", "last_name": "New", "roles": ["trainer"]}
    answer = as_(admin).post(
        "/admin/accounts/user/add/", sent | {"password1": word, "password2": word, "usable_password": "true"}
    )
    assert answer.status_code == 302, answer.context["errors"]
    person = User.objects.get(first_name="Nils")
    assert person.email == "new@people.example" and person.is_staff
    assert person.emailaddress_set.get().verified


def test_a_new_address_given_here_is_the_persons_only_one(as_, admin, learner):
    sent = {"email": "Lena.New@people.example", "first_name": "Lena", "last_name": "Learner"}
    page = f"/admin/accounts/user/{learner.pk}/change/"
    as_(admin).post(page, sent | {"timezone": "UTC", "roles": ["learner"], "is_active": "on"})
    address = User.objects.get(pk=learner.pk).emailaddress_set.get()
    assert (address.email, address.verified, address.primary) == ("lena.new@people.example", True, True)


@pytest.mark.parametrize("page", ["add/", "{pk}/change/"])
def test_an_address_that_somebody_else_proved_is_refused(as_, admin, learner, other_learner, page):
    EmailAddress.objects.create(user=other_learner, email="second@people.example", verified=True)
    word, who = "another-long-word-9", {"email": "Second@people.example", "first_name": "L", "last_name": "L"}
    sent = who | {
        "timezone": "UTC",
        "roles": ["learner"],
        "is_active": "on",
        "password1": word,
        "password2": word,
    }
    answer = as_(admin).post(f"/admin/accounts/user/{page.format(pk=learner.pk)}", sent)
    assert answer.status_code == 200 and "already in use" in answer.content.decode()
    assert User.objects.get(pk=learner.pk).email == "lena@people.example"


def test_who_was_erased_is_not_among_people(as_, admin, learner, now):
    forget_person(person=learner, actor=None, now=now)
    browser = as_(admin)
    assert "Erased person" not in browser.get("/admin/accounts/user/").content.decode()
    assert browser.get(f"/admin/accounts/user/{learner.pk}/change/").status_code == 302
    assert not PersonKey.objects.filter(user=learner).exists()


def test_facts_are_not_changed_here(as_, admin, everything):
    browser = as_(admin)
    for page, row in (("auditevent", AuditEvent.objects.first()), ("notice", Notice.objects.first())):
        assert browser.get(f"/admin/accounts/{page}/{row.pk}/change/").status_code == 200
        assert browser.post(f"/admin/accounts/{page}/{row.pk}/change/", {"title": "x"}).status_code == 403
        assert browser.post(f"/admin/accounts/{page}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_mail_that_was_given_up_is_owed_again(as_, admin, learner, now):
    services.change_preferences(person=learner, changes={"notify": {"level": "email"}})
    notice = services.notify(user=learner, kind="level", title="Level 2", now=now)
    Notice.objects.filter(pk=notice.pk).update(mail_state="failed", mail_attempts=8)
    as_(admin).post("/admin/accounts/notice/", {"action": "mail_again", "_selected_action": [str(notice.pk)]})
    notice.refresh_from_db()
    assert (notice.mail_state, notice.mail_attempts) == ("owed", 0)
