"""A row that owes somebody a mail."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.owed import MAX_ATTEMPTS, OwedQuerySet

Row = TypeVar("Row", bound="Mailed")


class MailedQuerySet(OwedQuerySet[Row]):
    attempts, error = "mail_attempts", "mail_error"
    lease = timedelta(minutes=2)  # longer than any server of mail is waited for: nobody wants a mail twice

    def owed(self) -> Self:
        return self.filter(mail_state__in=[Mailed.MailState.OWED, Mailed.MailState.FAILED])

    def unsent(self) -> Self:
        return self.filter(mail_state=Mailed.MailState.OWED)

    def due(self, now: datetime) -> Self:
        return super().due(now).unsent()

    def put_off(self, row: Row, error: Exception, now: datetime) -> None:
        super().put_off(row, error, now)
        if row.mail_attempts >= MAX_ATTEMPTS:
            self.unsent().filter(pk=row.pk).update(mail_state=Mailed.MailState.FAILED)

    def again(self, now: datetime) -> int:
        super().again(now)
        return self.owed().update(mail_state=Mailed.MailState.OWED)


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
