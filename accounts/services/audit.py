"""Write down who did what."""

from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import AuditEvent, User


def record_audit(
    *,
    actor: User | None,
    action: str,
    about: models.Model,
    data: dict[str, Any] | None = None,
    now: datetime,
) -> AuditEvent:
    """`action` is `thing.happened`; an `actor` of None is the system itself."""
    return AuditEvent.objects.create(
        at=now,
        actor_id=actor.pk if actor else None,
        actor_name=actor.email if actor else "",
        action=action,
        object_type=about._meta.label_lower,
        object_id=str(about.pk),
        object_name=str(about)[:254],
        data=data or {},
    )
