"""What has run out goes; people who stopped coming are warned, then forgotten."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.models import ApiToken, Notice, Role, User

DAY = timedelta(days=1)


@pytest.fixture
def forgetful(settings):
    settings.ERASE_INACTIVE_DAYS = 400


def test_what_has_run_out_goes_and_the_rest_stays(learner, now):
    for number, expires in enumerate((now - DAY, now + DAY)):
        Session.objects.create(session_key=f"visit-{number}", session_data="", expire_date=expires)
        ApiToken.objects.create(
            user=learner,
            token_hash=f"t{number}",
            refresh_hash=f"r{number}",
            created_at=now,
            expires_at=expires,
            refresh_expires_at=expires,
        )
    for age in (400, 300):
        notice = services.notify(user=learner, kind="level", title=f"{age} days", now=now - age * DAY)
        Notice.objects.filter(pk=notice.pk).update(read_at=now - age * DAY)

    gone = services.keep_less(now=now)

    assert (gone["visits"], gone["tokens"], gone["notices"]) == (1, 1, 1)
    assert Notice.objects.get().title == "300 days" and ApiToken.objects.get().token_hash == "t1"
    assert not any(services.keep_less(now=now).values())


def test_an_account_that_nobody_confirmed_goes_after_a_month(learner, other_learner, now):
    EmailAddress.objects.filter(user=other_learner).update(verified=False)
    User.objects.update(date_joined=now - 31 * DAY, last_login=None)
    services.keep_less(now=now)
    assert (
        User.objects.filter(pk=learner.pk).exists() and not User.objects.filter(pk=other_learner.pk).exists()
    )


def test_nobody_is_forgotten_unless_the_setting_says_so(learner, now, mailoutbox):
    services.keep_less(now=now + 4000 * DAY)
    learner.refresh_from_db()
    assert learner.is_active and not mailoutbox


def test_who_stopped_coming_is_warned_then_erased(learner, now, forgetful, mailoutbox):
    User.objects.update(last_login=now - 401 * DAY)
    services.keep_less(now=now)
    services.keep_less(now=now + 29 * DAY)
    learner.refresh_from_db()
    (mail,) = mailoutbox
    assert learner.is_active and mail.to == ["lena@people.example"] and "1 April 2026" in mail.body

    assert services.keep_less(now=now + 30 * DAY)["people"] == 1
    learner.refresh_from_db()
    assert learner.is_erased


def test_many_who_stopped_coming_cost_as_many_questions_as_one(make_person, now, forgetful):
    def asked_of_the_trail() -> int:
        with CaptureQueriesContext(connection) as queries:
            services.keep_less(now=now + 5 * DAY)
        reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
        return sum("accounts_auditevent" in sql for sql in reads)

    for number in range(4):
        make_person(f"P{number}")
        User.objects.update(last_login=now - 401 * DAY)
        services.keep_less(now=now)
        assert asked_of_the_trail() == 1


def test_who_comes_back_is_kept_and_would_be_warned_anew(learner, now, forgetful, mailoutbox):
    User.objects.update(last_login=now - 401 * DAY)
    services.keep_less(now=now)
    User.objects.update(last_login=now + DAY)
    services.keep_less(now=now + 60 * DAY)
    services.keep_less(now=now + 500 * DAY)
    learner.refresh_from_db()
    assert learner.is_active and len(mailoutbox) == 2


def test_who_comes_by_a_program_alone_is_not_inactive(learner, now, forgetful, mailoutbox):
    User.objects.update(last_login=now - 401 * DAY)
    services.make_key(person=learner, name="Course", scopes=["read"], days=30, now=now)
    learner.api_keys.update(last_used_at=now - DAY)
    mailoutbox.clear()
    services.keep_less(now=now)
    assert not [mail for mail in mailoutbox if "erased" in mail.subject]


def test_invitations_that_ran_out_go_after_a_month(cohort, now):
    for age in (10, 60):
        services.invite(
            cohort=cohort,
            actor=cohort.managers.get(),
            email=f"after-{age}@people.example",
            now=now - age * DAY - 30 * DAY,
        )
    assert services.keep_less(now=now)["invitations"] == 1


def test_staff_and_managers_are_left_to_people(
    make_person, admin, manager, cohort, now, forgetful, mailoutbox
):
    trainer = make_person("Tara", "Trainer", Role.TRAINER)
    User.objects.update(last_login=now - 4000 * DAY)
    services.keep_less(now=now)
    services.keep_less(now=now + 60 * DAY)
    for person in (admin, manager, trainer):
        person.refresh_from_db()
        assert person.is_active


def test_a_mail_that_fails_is_no_warning(learner, now, forgetful, settings, mailoutbox):
    User.objects.update(last_login=now - 401 * DAY)
    settings.EMAIL_BACKEND = "no.such.Backend"
    services.keep_less(now=now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    services.keep_less(now=now + 40 * DAY)
    learner.refresh_from_db()
    assert learner.is_active and len(mailoutbox) == 1
