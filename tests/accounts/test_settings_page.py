"""The settings page, and what every page shows of its reader."""

import pytest

from accounts.models import User

CHOSEN = {
    "first_name": "Magda",
    "last_name": "Learner",
    "timezone": "Europe/Berlin",
    "theme": "dark",
    "text_size": "large",
    "reduced_motion": "on",
    "leaderboard": "on",
    "notify_score_ready": "email",
    "notify_level": "none",
    "notify_achievement": "page",
    "notify_contest_decided": "page",
}


def test_it_saves_profile_and_preferences_together(as_, learner):
    browser = as_(learner)
    assert browser.post("/settings/", CHOSEN).url == "/settings/"
    person = User.objects.get(pk=learner.pk)
    assert (person.first_name, person.timezone) == ("Magda", "Europe/Berlin")
    assert person.preferences == {
        "theme": "dark",
        "text_size": "large",
        "reduced_motion": True,
        "no_pacing": False,
        "leaderboard": True,
        "notify": {"score_ready": "email", "level": "none", "achievement": "page", "contest_decided": "page"},
    }
    page = browser.get("/settings/").content.decode()
    assert 'data-theme="dark"' in page and 'data-text="large"' in page and "Your settings are saved." in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Moon/Crater"},
        {"theme": "pink"},
        {"first_name": ""},
        {"first_name": "x" * 81},
        {"notify_level": "?"},
    ],
)
def test_a_wrong_choice_changes_nothing(as_, learner, wrong):
    answer = as_(learner).post("/settings/", CHOSEN | wrong)
    assert answer.status_code == 200 and "Something needs a change" in answer.content.decode()
    person = User.objects.get(pk=learner.pk)
    assert (person.first_name, person.preferences["theme"]) == ("Lena", "system")


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        (" Tokyo ", "Asia/Tokyo"),
        ("UTC", "UTC"),
    ],
)
def test_a_city_is_enough_for_a_time_zone(as_, learner, typed, kept):
    as_(learner).post("/settings/", CHOSEN | {"timezone": typed})
    assert User.objects.get(pk=learner.pk).timezone == kept


def test_zones_are_suggested_while_typing(as_, learner):
    page = as_(learner).get("/settings/").content.decode()
    assert 'list="zones"' in page and '<option value="Pacific/Auckland">' in page


@pytest.mark.parametrize("size", ["normal", "large", "larger"])
def test_three_sizes_of_text(as_, api_as, learner, size):
    browser = as_(learner)
    browser.post("/settings/", CHOSEN | {"text_size": size})
    assert (f'data-text="{size}"' in browser.get("/settings/").content.decode()) == (size != "normal")
    told = api_as(learner).patch("/api/v1/users/me", {"preferences": {"textSize": size}}).json()
    assert told["preferences"]["textSize"] == size


def test_it_leads_to_the_file_and_to_the_end(as_, learner):
    browser = as_(learner)
    page = browser.get("/settings/").content.decode()
    assert 'href="/settings/export/"' in page and 'href="/settings/erase/"' in page
    erase = browser.get("/settings/erase/").content.decode()
    assert "What goes" in erase and "What stays" in erase and 'type="password"' in erase


def test_without_a_password_one_is_set_first(as_, learner):
    learner.set_unusable_password()
    learner.save()
    page = as_(learner).get("/settings/erase/").content.decode()
    assert "Your account has no password yet" in page and 'name="password"' not in page


def test_level_and_points_cannot_be_sent(as_, learner):
    as_(learner).post("/settings/", CHOSEN | {"xp": 999, "level": 9, "is_staff": "on"})
    person = User.objects.get(pk=learner.pk)
    assert (person.xp, person.level, person.is_staff) == (0, 1, False)


def test_times_are_shown_in_the_readers_zone(as_, learner, now):
    from accounts import services

    services.notify(user=learner, kind="level", title="Level 2", now=now)
    browser = as_(learner)
    assert "2 Mar, 09:00" in browser.get("/notices/").content.decode()
    User.objects.filter(pk=learner.pk).update(timezone="Asia/Tokyo")
    assert "2 Mar, 18:00" in browser.get("/notices/").content.decode()


def test_a_zone_that_this_machine_does_not_know_breaks_nothing(as_, learner):
    User.objects.filter(pk=learner.pk).update(timezone="../../etc/passwd")
    assert as_(learner).get("/notices/").status_code == 200


def test_every_page_carries_the_number_of_unread_notices(as_, learner, other_learner, now, rf):
    from accounts import services
    from accounts.context import person

    for who in (learner, learner, other_learner):
        services.notify(user=who, kind="level", title="Level 2", now=now)
    request = rf.get("/")
    request.user = learner
    assert person(request)["unread_notices"] == 2


def test_the_number_is_not_counted_when_nothing_shows_it(learner, rf, django_assert_num_queries):
    from accounts.context import person

    request = rf.get("/")
    request.user = learner
    with django_assert_num_queries(0):
        person(request)


@pytest.mark.parametrize("page", ["/settings/", "/notices/", "/cohorts/"])
def test_a_visitor_is_asked_to_sign_in(client, db, page):
    assert client.get(page).url == f"/accounts/login/?next={page}"
