"""Cohorts, and how people come in and go. Only a manager of the cohort (or an administrator) acts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Forbidden, Missing, Unprocessable
from accounts.models import Cohort, Invitation, Role, User
from accounts.rules import founds_cohorts
from accounts.services.audit import key_of, record_audit
from accounts.services.mail import mail_soon
from accounts.signals import access_changed

INVITATION_DAYS = 14
Part = Literal["members", "coaches", "managers"]
ROLE_OF = {"coaches": Role.COACH, "managers": Role.COHORT_MANAGER}
PARTS: tuple[Part, ...] = ("members", "coaches", "managers")


@transaction.atomic
def create_cohort(*, name: str, manager: User, now: datetime) -> Cohort:
    if not founds_cohorts(manager):
        raise Forbidden(_("Only cohort managers can create a cohort."))
    cohort = Cohort.objects.create(name=name.strip(), created_at=now)
    cohort.managers.add(manager)
    record_audit(actor=manager, action="cohort.created", about=cohort, now=now)
    return cohort


@transaction.atomic
def change_cohort(
    *, cohort: Cohort, actor: User, name: str | None = None, archived: bool | None = None, now: datetime
) -> Cohort:
    """What is None stays. An archived cohort is out of the lists; nothing of it is lost."""
    _must_manage(cohort, actor)
    if name is not None:
        cohort.name = name.strip()
    if archived is not None:
        cohort.archived_at = (cohort.archived_at or now) if archived else None
    cohort.save(update_fields=["name", "archived_at"])
    record_audit(actor=actor, action="cohort.changed", about=cohort, data={"archived": archived}, now=now)
    return cohort


@transaction.atomic
def add_member(*, cohort: Cohort, email: str, actor: User, now: datetime) -> User:
    """Somebody of another cohort of the same manager; an administrator may add anybody.

    All others are invited: a manager reads the scores of members, so they come in by themselves.
    """
    _must_manage(cohort, actor)
    person: User | None = User.objects.addable_by(actor, "members").with_address(email).first()
    if person is None:
        problem = _("Nobody in your cohorts has this address. Send an invitation instead.")
        raise Unprocessable(problem, details={"email": [problem]})
    _add(cohort, "members", person, actor, now)
    return person


@transaction.atomic
def invite(
    *, cohort: Cohort, actor: User, email: str = "", days: int = INVITATION_DAYS, now: datetime
) -> Invitation:
    """With `email` the link is mailed there and works once; without, it works for all until it expires."""
    _must_manage(cohort, actor)
    invitation = Invitation(
        cohort=cohort,
        email=email.strip().lower(),
        invited_by=actor,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    if invitation.email:
        invitation.mail_state, invitation.next_attempt_at = Invitation.MailState.OWED, now
        mail_soon()
    invitation.save(force_insert=True)
    _note(invitation, "sent", actor, now)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: User, now: datetime) -> None:
    _must_manage(invitation.cohort, actor)
    working = Invitation.objects.filter(pk=invitation.pk, revoked_at=None)
    if working.update(revoked_at=now, mail_state=Invitation.MailState.NONE):
        _note(invitation, "withdrawn", actor, now)


@transaction.atomic
def accept_invitation(*, token: str, person: User, now: datetime) -> Cohort:
    """Raises `Missing` when the link is unknown, expired, revoked or used up. Accepting twice is fine."""
    invitation = Invitation.objects.with_token(token).select_related("cohort").first()
    if invitation is None:
        raise Missing(_("This invitation is not known here."))
    cohort = invitation.cohort
    if cohort.members.filter(pk=person.pk).exists():
        return cohort
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(uses=F("uses") + 1):
        raise Missing(_("This invitation has expired. Ask for a new one."))
    cohort.members.add(person)
    _note(invitation, "accepted", person, now)
    record_audit(actor=person, action="cohort.joined", about=cohort, now=now)
    _tell(person.pk)
    return cohort


@transaction.atomic
def add_helper(
    *, cohort: Cohort, part: Literal["coaches", "managers"], email: str, actor: User, now: datetime
) -> User:
    """A coach or manager must hold that role already: only an administrator gives roles."""
    _must_manage(cohort, actor)
    person: User | None = User.objects.addable_by(actor, part).with_address(email).first()
    if person is None:
        problem = _("Nobody with the role “%(role)s” has this address. An administrator gives roles.") % {
            "role": ROLE_OF[part].label
        }
        raise Unprocessable(problem, details={"email": [problem]})
    _add(cohort, part, person, actor, now)
    return person


@transaction.atomic
def set_people(*, cohort: Cohort, part: Part, people: Iterable[User], actor: User, now: datetime) -> None:
    """Exactly these, for a form that shows them all. Raises `Unprocessable` for one who is new and may not be that,
    `Conflict` where no manager is left.
    """
    _must_manage(cohort, actor)
    wanted = {person.pk: person for person in people}
    present = set(getattr(cohort, part).values_list("pk", flat=True))
    new = wanted.keys() - present
    if User.objects.addable_by(actor, part).filter(pk__in=new).count() < len(new):
        raise Unprocessable(_("Not everybody here may be that. An administrator gives roles."))
    for pk in new:
        _add(cohort, part, wanted[pk], actor, now)
    for pk in present - wanted.keys():
        remove_from_cohort(cohort=cohort, part=part, person_id=pk, actor=actor, now=now)


@transaction.atomic
def remove_from_cohort(*, cohort: Cohort, part: Part, person_id: UUID, actor: User, now: datetime) -> None:
    """Raises `Conflict` for the last manager."""
    _must_manage(cohort, actor)
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    people = getattr(cohort, part)
    person = people.filter(pk=person_id).first()
    if person is None:
        raise Missing(_("This person is not in the cohort."))
    if part == "managers" and people.count() == 1:
        raise Conflict(_("A cohort keeps at least one manager. Add another one first."))
    people.remove(person)
    _record(cohort, actor, f"cohort.{part}_removed", person, now)


@transaction.atomic
def delete_cohort(*, cohort: Cohort, actor: User, now: datetime) -> None:
    """With its links; the people and what they did stay."""
    _must_manage(cohort, actor)
    people = {pk for part in PARTS for pk in getattr(cohort, part).values_list("pk", flat=True)}
    record_audit(actor=actor, action="cohort.deleted", about=cohort, data={"people": len(people)}, now=now)
    cohort.delete()
    for pk in people:
        _tell(pk)


def _must_manage(cohort: Cohort, actor: User) -> None:
    if not Cohort.objects.managed_by(actor).filter(pk=cohort.pk).exists():
        raise Missing(_("There is no such cohort, or it is not yours to manage."))


def _add(cohort: Cohort, part: Part, person: User, actor: User, now: datetime) -> None:
    getattr(cohort, part).add(person)
    _record(cohort, actor, f"cohort.{part}_added", person, now)


def _record(cohort: Cohort, actor: User, action: str, person: User, now: datetime) -> None:
    data = {"person": str(key_of(person))}
    record_audit(actor=actor, action=action, about=cohort, data=data, now=now)
    _tell(person.pk)


def _note(invitation: Invitation, happened: str, actor: User, now: datetime) -> None:
    """The address that it was mailed to is not written down."""
    data = {"cohort": str(invitation.cohort_id), "mailed": bool(invitation.email)}
    record_audit(actor=actor, action=f"invitation.{happened}", about=invitation, data=data, now=now)


def _tell(user_id: UUID) -> None:
    transaction.on_commit(partial(access_changed.send_robust, sender=User, user_id=user_id))
