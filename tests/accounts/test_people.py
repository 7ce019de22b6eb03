"""People, roles, settings."""

import pytest
from allauth.account.models import EmailAddress

from accounts import services
from accounts.errors import Conflict, Refusal
from accounts.models import AuditEvent, Role, User
from accounts.services import key_of


def test_a_person_signs_in_with_an_address_in_small_letters(now, db):
    person = services.create_person(
        email=" Lena@People.Example ", password="x", first_name="Lena", last_name="Low", roles=[], now=now
    )
    assert person.email == "lena@people.example"
    assert User.objects.get_by_natural_key("LENA@people.example") == person
    assert (person.level, person.xp, person.date_joined) == (1, 0, now)


def test_an_address_belongs_to_one_person(learner, now):
    with pytest.raises(Conflict, match="already in use"):
        services.create_person(
            email="LENA@people.example", password="x", first_name="L", last_name="L", roles=[], now=now
        )


def test_two_who_make_an_account_for_one_address_at_the_same_moment(learner, now, monkeypatch):
    """Both looked before either had written."""
    people = type(User.objects.all())
    monkeypatch.setattr(people, "owners_of", lambda rows, email: rows.none())
    with pytest.raises(Conflict, match="already in use"):
        services.create_person(
            email=learner.email, password=None, first_name="L", last_name="L", roles=[Role.LEARNER], now=now
        )
    assert User.objects.filter(email=learner.email).count() == 1


def test_a_further_address_that_somebody_proved_belongs_to_them(learner, now):
    EmailAddress.objects.create(user=learner, email="second@people.example", verified=True)
    with pytest.raises(Conflict, match="already in use"):
        services.create_person(
            email="Second@people.example", password="x", first_name="L", last_name="L", roles=[], now=now
        )


def test_roles_add_up(make_person):
    person = make_person("Rita", "Roles", Role.LEARNER, Role.COACH)
    assert person.role_names == {"learner", "coach"}
    assert person.is_learner and person.is_coach
    assert not person.is_admin and not person.is_staff


@pytest.mark.parametrize(
    ("role", "staff", "superuser"),
    [
        (Role.LEARNER, 0, 0),
        (Role.COACH, 0, 0),
        (Role.COHORT_MANAGER, 0, 0),
        (Role.TRAINER, 1, 0),
        (Role.ADMIN, 1, 1),
    ],
)
def test_trainers_and_administrators_use_the_admin(make_person, role, staff, superuser):
    person = make_person("Rita", "Roles", role)
    assert (person.is_staff, person.is_superuser) == (bool(staff), bool(superuser))


def test_a_change_of_roles_is_seen_at_once_and_written_down(learner, admin, now):
    assert not learner.is_trainer
    services.assign_role(person=learner, role=Role.TRAINER, actor=admin, now=now)
    assert learner.is_trainer and learner.is_staff
    services.remove_role(person=learner, role=Role.TRAINER, actor=admin, now=now)
    assert not learner.is_trainer and not learner.is_staff
    removed, assigned = AuditEvent.objects.filter(actor=key_of(admin))
    assert (assigned.action, removed.action) == ("role.assigned", "role.removed")
    assert assigned.object_id == str(key_of(learner))
    assert assigned.data == {"role": "trainer"} and assigned.at == now


def test_a_role_given_twice_is_written_down_once(learner, admin, now):
    for _ in range(2):
        services.assign_role(person=learner, role=Role.COACH, actor=admin, now=now)
    assert AuditEvent.objects.filter(action="role.assigned", actor=key_of(admin)).count() == 1


def test_the_last_administrator_stays(admin, make_person, now):
    with pytest.raises(Conflict, match="last one"):
        services.remove_role(person=admin, role=Role.ADMIN, actor=admin, now=now)
    make_person("Zoe", "Second", Role.ADMIN)
    services.remove_role(person=admin, role=Role.ADMIN, actor=admin, now=now)
    assert not User.objects.get(pk=admin.pk).is_superuser


def test_those_above_hear_of_changed_access(learner, now, django_capture_on_commit_callbacks):
    from accounts.signals import access_changed

    heard = []

    def hear(user_id, **kwargs):
        heard.append(user_id)

    access_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        services.assign_role(person=learner, role=Role.COACH, actor=None, now=now)
    assert heard == [learner.pk]


def test_preferences_begin_modest(learner):
    assert learner.preferences == {
        "theme": "system",
        "reduced_motion": False,
        "no_pacing": False,
        "text_size": "normal",
        "leaderboard": False,
        "notify": {"score_ready": "page", "level": "page", "achievement": "page", "contest_decided": "page"},
    }


def test_a_change_keeps_what_it_does_not_name(learner):
    services.change_preferences(person=learner, changes={"theme": "dark", "notify": {"level": "none"}})
    kept = User.objects.get(pk=learner.pk).preferences
    assert kept["theme"] == "dark" and kept["text_size"] == "normal"
    assert kept["notify"]["level"] == "none" and kept["notify"]["achievement"] == "page"


@pytest.mark.parametrize(
    "changes",
    [
        {"theme": "pink"},
        {"theme": ["dark"]},
        {"reduced_motion": "yes"},
        {"leaderboard": 1},
        {"notify": {"level": "pigeon"}},
        {"notify": {"lottery": "page"}},
        {"notify": "none"},
        {"wings": True},
    ],
)
def test_what_is_not_understood_is_named_and_nothing_changes(learner, changes):
    before = learner.preferences
    with pytest.raises(Refusal) as refused:
        services.change_preferences(person=learner, changes={"text_size": "large"} | changes)
    assert set(refused.value.details) == set(changes)
    assert User.objects.get(pk=learner.pk).preferences == before


def test_a_name_to_show_exists_for_everyone(learner, db):
    assert (learner.display_name, learner.initials) == ("Lena Learner", "LL")
    nameless = User.objects.create_superuser("root@people.example", "x")
    assert (nameless.display_name, nameless.initials) == ("root", "R")
    assert nameless.is_admin


@pytest.mark.parametrize("name", ["\u202eevil", "Ann\nLee", "\u200b", "A\x07"])
def test_a_name_shows_all_that_it_is(api_as, learner, name):
    answer = api_as(learner).patch("/api/v1/users/me", {"firstName": name}, format="json")
    assert answer.status_code in (400, 422) and User.objects.get(pk=learner.pk).first_name == "Lena"


@pytest.mark.parametrize("name", ["Zoë", "O’Brien", "李", "می\u200cخواهم"])
def test_a_name_may_be_written_in_any_language(api_as, learner, name):
    answer = api_as(learner).patch("/api/v1/users/me", {"firstName": name}, format="json")
    assert answer.status_code == 200 and User.objects.get(pk=learner.pk).first_name == name
