"""Who did what to whom. Rows are written once; the database itself refuses to change them."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonKey(models.Model):
    """The random name that the trail has for a person; without this row nobody knows who it was."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="audit_key")

    def __str__(self) -> str:
        return str(self.key)


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **changes: Any) -> NoReturn:
        raise TypeError("The audit trail is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("The audit trail is never deleted.")


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The audit trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit trail is never deleted.")


class AuditEvent(AppendOnly):
    """Holds no name: people are their `PersonKey`, addresses a keyed hash, objects type and id."""

    class Result(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    at = models.DateTimeField(db_index=True)
    actor = models.UUIDField(null=True, blank=True, db_index=True)  # a key, not a row: it may be gone
    action = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True, db_index=True)
    result = models.CharField(max_length=8, choices=Result, default=Result.DONE)
    address = models.CharField("from (keyed hash)", max_length=64, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}".strip()


class AuditSeal(AppendOnly):
    """A link of the chain: `digest` covers the event and the digest of the position before."""

    position = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}: {self.digest[:12]}"
