"""Where one is signed in: seen, ended one by one or all at once, and by a new password."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import AuditEvent
from accounts.security import words_for
from tests.accounts.factors import set_up_app
from tests.conftest import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "/accounts/sessions/"


def browser_of(person, agent=FIREFOX, address="10.0.0.1"):
    browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return browser


def is_in(browser) -> bool:
    return browser.get("/settings/").status_code == 200


def row_of(browser) -> UserSession:
    return UserSession.objects.get(session_key=browser.session.session_key)


@pytest.fixture
def here(learner):
    return browser_of(learner)


@pytest.fixture
def there(learner):
    return browser_of(learner, "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1", "10.0.0.2")


def test_the_page_shows_browsers_and_programs(here, there, learner, api_as):
    api_as(learner)
    shown = here.get(PAGE).content.decode()
    assert shown.index("Firefox on Linux") < shown.index("This one")
    assert "Safari on iPhone" in shown and "10.0.0.2" in shown and "Last renewed" in shown


def test_the_page_costs_the_same_for_many(here, learner, django_assert_max_num_queries):
    here.get(PAGE)
    for _ in range(5):
        browser_of(learner)
    with django_assert_max_num_queries(9):
        assert here.get(PAGE).content.decode().count("Firefox on Linux") > 5


def test_one_browser_is_ended(here, there):
    here.post(f"{PAGE}{row_of(there).pk}/end/")
    assert is_in(here) and not is_in(there)
    assert AuditEvent.objects.filter(action="sessions.ended").count() == 1


def test_anothers_browser_is_not_found(here, other_learner):
    theirs = browser_of(other_learner)
    assert here.post(f"{PAGE}{row_of(theirs).pk}/end/").status_code == 404
    assert is_in(theirs)


def test_one_program_is_ended_and_no_other(here, learner, other_learner, api_as):
    one, two, theirs = api_as(learner), api_as(learner), api_as(other_learner)
    family = learner.api_tokens.order_by("pk").first().family
    here.post(f"{PAGE}{family}/end/")
    states = [api.get("/api/v1/users/me").status_code for api in (one, two, theirs)]
    assert states == [401, 200, 200]
    strange = other_learner.api_tokens.get().family
    assert here.post(f"{PAGE}{strange}/end/").status_code == 404


def test_everywhere_but_here(here, there, learner, api_as):
    api = api_as(learner)
    here.post(f"{PAGE}end-others/")
    assert is_in(here) and not is_in(there) and api.get("/api/v1/users/me").status_code == 401
    assert AuditEvent.objects.get(action="sessions.ended").data == {"browsers": 1, "api": 1}


def test_everywhere(here, there, other_learner):
    theirs = browser_of(other_learner)
    assert here.post(f"{PAGE}end-all/").url == "/"
    assert not is_in(here) and not is_in(there) and is_in(theirs)


def test_a_new_password_ends_the_other_browsers_and_all_tokens(here, there, learner, api_as):
    api, word = api_as(learner), "another-long-word-9"
    form = {"oldpassword": PASSWORD, "password1": word, "password2": word}
    here.post("/accounts/password/change/", form)
    assert is_in(here) and not is_in(there) and api.get("/api/v1/users/me").status_code == 401
    assert not Session.objects.filter(session_key=there.cookies["sessionid"].value).exists()
    changed = AuditEvent.objects.get(action="password.changed")
    assert changed.actor == services.key_of(learner)


def test_a_password_given_by_an_administrator_ends_everything(there, learner, admin, as_, api_as):
    api, word = api_as(learner), "another-long-word-9"
    form = {"usable_password": "true", "password1": word, "password2": word}
    as_(admin).post(f"/admin/accounts/user/{learner.pk}/password/", form)
    assert not is_in(there) and api.get("/api/v1/users/me").status_code == 401
    changed = AuditEvent.objects.get(action="password.changed")
    assert (changed.actor, changed.object_id) == (services.key_of(admin), str(services.key_of(learner)))


def test_hashing_a_password_anew_ends_nothing(here, learner, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    assert learner.check_password(PASSWORD) and learner.password.startswith("pbkdf2")
    assert is_in(here) is False  # Django's own rule: the session is bound to the hash
    assert not AuditEvent.objects.filter(action="password.changed").exists()


def test_sign_in_and_out_are_written_down_without_the_address(here, learner):
    here.post("/accounts/logout/")
    Client().post("/accounts/login/", {"login": learner.email, "password": "not it"})
    Client().post("/accounts/login/", {"login": "nobody@people.example", "password": "not it"})
    events = AuditEvent.objects.filter(action__in=["signed_in", "signed_out", "sign_in_refused"])
    key = str(services.key_of(learner))
    told = [(event.action, event.result, event.object_id) for event in events.order_by("pk")]
    assert told == [
        ("signed_in", "done", key),
        ("signed_out", "done", key),
        ("sign_in_refused", "refused", key),
        ("sign_in_refused", "refused", ""),
    ]
    assert not any("@" in str(event.data) for event in events)


def test_a_visit_is_noted_once_in_five_minutes(here, learner):
    here.get("/settings/")
    long_ago = timezone.now() - timedelta(hours=1)
    UserSession.objects.update(last_seen_at=long_ago)
    here.get("/settings/")
    assert row_of(here).last_seen_at == long_ago
    session = here.session
    session["seen_at"] = long_ago.timestamp()
    session.save()
    here.get("/settings/", REMOTE_ADDR="10.0.0.9")
    assert row_of(here).last_seen_at > long_ago and row_of(here).ip == "10.0.0.9"


def test_staff_stay_in_as_long_as_they_come_back_in_time(trainer, learner, settings):
    set_up_app(trainer)
    for person, hours in ((trainer, settings.STAFF_IDLE_HOURS), (learner, 14 * 24)):
        browser = Client()
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        session = browser.session
        session["seen_at"] = 0
        session.save()
        browser.get("/settings/")
        left = browser.session.get_expiry_date() - timezone.now()
        assert abs(left - timedelta(hours=hours)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5", "A browser"),
    ],
)
def test_a_browser_is_named(agent, words):
    assert words_for(agent) == words
