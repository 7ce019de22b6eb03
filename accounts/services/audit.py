"""Write down who did what. Names stay out: people by their key, addresses as a keyed hash."""

import hmac
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from accounts.models import AuditEvent, PersonKey, User

READING = timedelta(hours=1)
visitor_address: ContextVar[str] = ContextVar("visitor_address", default="")
"""The address that the running request came from; set by `accounts.middleware.AuditMiddleware`."""


def record_audit(
    *,
    actor: User | None,
    action: str,
    about: models.Model | None = None,
    data: dict[str, Any] | None = None,
    result: str = AuditEvent.Result.DONE,
    now: datetime,
) -> AuditEvent:
    """`action` is `thing.happened`; an `actor` of None is the system itself, or nobody known.

    `data` stays for ever: no name, no address, no words of a person.
    """
    return AuditEvent.objects.create(
        at=now,
        actor=key_of(actor) if actor else None,
        action=action,
        object_type=about._meta.label_lower if about else "",
        object_id=_id_of(about) if about else "",
        result=result,
        address=_hash(visitor_address.get()),
        data=data or {},
    )


def record_reading(*, actor: User, action: str, about: models.Model, now: datetime) -> None:
    """As `record_audit`, once an hour for the same reader and object: a page that asks again is no new reading."""
    lately = AuditEvent.objects.filter(at__gt=now - READING, actor=key_of(actor), action=action)
    if not lately.filter(object_type=about._meta.label_lower, object_id=_id_of(about)).exists():
        record_audit(actor=actor, action=action, about=about, now=now)


def key_of(person: User) -> UUID:
    return PersonKey.objects.get_or_create(user=person)[0].key


def people_by_key(keys: Iterable[UUID]) -> dict[UUID, User]:
    """Who the audit trail means. Of those who were erased nobody knows."""
    return {
        held.key: held.user for held in PersonKey.objects.filter(key__in=set(keys)).select_related("user")
    }


def key_in(event: AuditEvent) -> UUID | None:
    """The key of the person that an event was done to, if it was one."""
    text = event.object_id if event.object_type == User._meta.label_lower else event.data.get("person")
    return UUID(text) if text else None


def _id_of(about: models.Model) -> str:
    return str(key_of(about) if isinstance(about, User) else about.pk)


def _hash(address: str) -> str:
    """Tells whether two events came from one address, to nobody where that is."""
    if not address:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), b"audit address " + address.encode(), sha256).hexdigest()
