"""The addresses of a person as an administrator decides on them; what people do themselves is allauth's, by page."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict
from accounts.models import User
from accounts.services.audit import record_audit


@transaction.atomic
def trust_address(*, person: User, actor: User | None, now: datetime) -> None:
    """The address that the person signs in with is their only one, and proven: an administrator knows."""
    gone = own_alone(person)
    record_audit(actor=actor, action="email.set", about=person, data={"removed": gone}, now=now)


def own_alone(person: User) -> int:
    """Answers how many others went."""
    gone: int = EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()[0]
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return gone


@transaction.atomic
def confirm_address(*, address: EmailAddress, actor: User, now: datetime) -> None:
    """Without a mail. Raises `Conflict` where somebody else proved it."""
    if address.verified:
        return
    if not address.set_verified():
        raise Conflict(_("Somebody else has proved this address."))
    record_audit(actor=actor, action="email.confirmed", about=address.user, now=now)


@transaction.atomic
def remove_address(*, address: EmailAddress, actor: User, now: datetime) -> None:
    """Raises `Conflict` for the one that the person signs in with."""
    if address.primary or address.email == address.user.email:
        raise Conflict(_("With this address the person signs in. Change it on the person's page."))
    address.delete()
    record_audit(actor=actor, action="email.removed", about=address.user, now=now)
