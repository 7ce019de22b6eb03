"""Make people, give them roles, keep their settings."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Conflict, Refusal
from accounts.models import Notice, Role, User, default_preferences
from accounts.models.people import STAFF_ROLES
from accounts.services.addresses import own_alone
from accounts.services.audit import record_audit
from accounts.signals import access_changed

NOTIFY_CHOICES = ("page", "email", "none")
WORDS = {"theme": ("system", "light", "dark"), "text_size": ("normal", "large", "larger")}
FLAGS = ("reduced_motion", "no_pacing", "leaderboard")
MARKS = ("toured",)  # set on the way by the product, never asked for in the settings
LAST_ADMIN = gettext_lazy("Somebody else must be an administrator first: this is the last one.")
PROFILE = ("first_name", "last_name", "timezone")


@transaction.atomic
def create_person(
    *,
    email: str,
    password: str | None,
    first_name: str,
    last_name: str,
    roles: Iterable[str],
    actor: User | None = None,
    now: datetime,
) -> User:
    """A person whose address is taken as proven. Raises `Conflict` when the address is in use, also as a further one."""
    taken = Conflict(_("This e-mail address is already in use."), details={"email": [_("Already in use.")]})
    if User.objects.owners_of(email).exists():
        raise taken
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                email, password, first_name=first_name, last_name=last_name, date_joined=now
            )
    except IntegrityError:  # by somebody else, in the same moment
        raise taken from None
    own_alone(person)
    note_account(person=person, by="administrator" if actor else "system", actor=actor, now=now)
    set_roles(person=person, roles=roles, actor=actor, now=now)
    return person


@transaction.atomic
def welcome_person(*, person: User, by: str, now: datetime) -> None:
    """Whoever made the account themselves (`by`: sign_up, invitation, identity_provider) is a learner."""
    note_account(person=person, by=by, actor=None, now=now)
    assign_role(person=person, role=Role.LEARNER, actor=None, now=now)


def note_account(*, person: User, by: str, actor: User | None, now: datetime) -> None:
    record_audit(actor=actor, action="account.created", about=person, data={"by": by}, now=now)


@transaction.atomic
def set_active(*, person: User, active: bool, actor: User | None, now: datetime) -> None:
    """Whoever is switched off is out at once. Raises `Conflict` for the last administrator."""
    if not active and is_last_admin(person=person):
        raise Conflict(LAST_ADMIN)
    person.is_active = active
    person.save(update_fields=["is_active"])
    action = "account.activated" if active else "account.deactivated"
    record_audit(actor=actor, action=action, about=person, now=now)


@transaction.atomic
def assign_role(*, person: User, role: str, actor: User | None, now: datetime) -> None:
    if person.has_role(role):
        return
    person.groups.add(Group.objects.get_or_create(name=Role(role).value)[0])
    _follow_roles(person)
    record_audit(actor=actor, action="role.assigned", about=person, data={"role": str(role)}, now=now)


@transaction.atomic
def remove_role(*, person: User, role: str, actor: User | None, now: datetime) -> None:
    """Raises `Conflict` for the last administrator."""
    if not person.has_role(role):
        return
    if role == Role.ADMIN and is_last_admin(person=person):
        raise Conflict(LAST_ADMIN)
    person.groups.remove(Group.objects.get(name=Role(role).value))
    _follow_roles(person)
    record_audit(actor=actor, action="role.removed", about=person, data={"role": str(role)}, now=now)


@transaction.atomic
def set_roles(*, person: User, roles: Iterable[str], actor: User | None, now: datetime) -> None:
    """All of them. Those that go, go first: the lock on administrators comes before the one on the person."""
    wanted = {Role(role).value for role in roles}
    for role in sorted(person.role_names - wanted):
        remove_role(person=person, role=role, actor=actor, now=now)
    for role in sorted(wanted - person.role_names):
        assign_role(person=person, role=role, actor=actor, now=now)


def is_last_admin(*, person: User) -> bool:
    """To be asked in the transaction that takes the person out. It holds the role until its end: of two
    administrators who take each other out, the second learns of the first.
    """
    if not person.is_admin:
        return False
    Group.objects.select_for_update().get(name=Role.ADMIN)
    return not User.objects.administering().exclude(pk=person.pk).exists()


def _follow_roles(person: User) -> None:
    person.__dict__.pop("role_names", None)
    person.is_staff = bool(person.role_names & STAFF_ROLES)
    person.is_superuser = person.is_admin
    person.save(update_fields=["is_staff", "is_superuser"])
    transaction.on_commit(partial(access_changed.send_robust, sender=User, user_id=person.pk))


@transaction.atomic
def change_settings(
    *, person: User, profile: dict[str, Any] | None = None, preferences: dict[str, Any] | None = None
) -> None:
    """`profile`: first_name, last_name, timezone, already checked. `preferences`: see `change_preferences`."""
    changed = [field for field in PROFILE if field in (profile or {})]
    for field in changed:
        setattr(person, field, (profile or {})[field])
    if changed:
        person.save(update_fields=changed)
    if preferences:
        change_preferences(person=person, changes=preferences)


@transaction.atomic
def change_preferences(*, person: User, changes: dict[str, Any]) -> None:
    """Merge `changes` into the preferences; keys not named stay. Raises `Refusal` naming each bad key."""
    if problems := _problems(changes):
        raise Refusal(_("Some preferences are not understood; see details."), details=problems)
    stored = User.objects.select_for_update().values_list("preferences", flat=True).get(pk=person.pk)
    merged = default_preferences() | stored | changes
    merged["notify"] = default_preferences()["notify"] | stored.get("notify", {}) | changes.get("notify", {})
    person.preferences = merged
    person.save(update_fields=["preferences"])


def _problems(changes: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in changes.items():
        if key in WORDS and value not in WORDS[key]:
            found[key] = [_("One of %(values)s.") % {"values": ", ".join(WORDS[key])}]
        elif key in (*FLAGS, *MARKS) and not isinstance(value, bool):
            found[key] = [_("True or false.")]
        elif key == "notify" and not _is_notify(value):
            found[key] = [
                _("For each of %(kinds)s: %(values)s.")
                % {"kinds": ", ".join(Notice.Kind.values), "values": ", ".join(NOTIFY_CHOICES)}
            ]
        elif key not in {*WORDS, *FLAGS, *MARKS, "notify"}:
            found[key] = [_("There is no such preference.")]
    return found


def _is_notify(value: Any) -> bool:
    return isinstance(value, dict) and all(
        kind in Notice.Kind.values and choice in NOTIFY_CHOICES for kind, choice in value.items()
    )
