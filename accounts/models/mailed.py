"""A row that owes somebody a mail: owed work is a query, not a queue."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 8
LEASE = timedelta(minutes=2)
Row = TypeVar("Row", bound="Mailed")


class MailedQuerySet(models.QuerySet[Row]):
    def unsent(self) -> Self:
        return self.filter(mail_state=Mailed.MailState.OWED)

    def due(self, now: datetime) -> Self:
        """A row whose every attempt died midway stays owed, visible in the admin, and is left alone."""
        return self.unsent().filter(next_attempt_at__lte=now, mail_attempts__lt=MAX_ATTEMPTS)

    def claim(self, row: "Mailed", *, now: datetime) -> bool:
        """True for exactly one of those who try; the others find the lease. Attempts are counted here."""
        return bool(
            self.unsent()
            .filter(pk=row.pk, next_attempt_at=row.next_attempt_at)
            .update(mail_attempts=F("mail_attempts") + 1, next_attempt_at=now + LEASE)
        )


class Mailed(models.Model):
    class MailState(models.TextChoices):
        NONE = "none", _("No mail wanted")
        OWED = "owed", _("Owed")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    mail_state = models.CharField(max_length=8, choices=MailState, default=MailState.NONE)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.TextField(blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def mark_sent(self, now: datetime) -> None:
        self.mail_state, self.mail_error, self.sent_at = self.MailState.SENT, "", now
        self.save(update_fields=["mail_state", "mail_error", "sent_at"])

    def mark_failed(self, error: Exception, now: datetime) -> None:
        """Try again after 1, 2, 4 … minutes; give up after `MAX_ATTEMPTS`."""
        self.refresh_from_db(fields=["mail_attempts"])
        self.mail_error = f"{type(error).__name__}: {error}"[:2000]
        self.next_attempt_at = now + timedelta(minutes=2 ** (self.mail_attempts - 1))
        if self.mail_attempts >= MAX_ATTEMPTS:
            self.mail_state = self.MailState.FAILED
        self.save(update_fields=["mail_state", "mail_error", "next_attempt_at"])
