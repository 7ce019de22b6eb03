"""Mails that a page wrote: they hold links that open an account."""

import json
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.fields import EncryptedTextField
from accounts.models.mailed import Mailed, MailedQuerySet

KEPT = timedelta(days=1)


class LetterQuerySet(MailedQuerySet["Letter"]):
    def outdated(self, now: datetime) -> "LetterQuerySet":
        """Nobody waits for these any more: whoever wanted one has asked for another."""
        return self.filter(created_at__lt=now - KEPT)


class Letter(Mailed):
    """Sealed while it is owed, gone once it is sent. `content`: JSON of subject, body and html."""

    address = models.EmailField(_("address"), max_length=254)
    content = EncryptedTextField()
    created_at = models.DateTimeField(db_index=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"{self.pk}: {self.mail_state}"

    def as_mail(self) -> EmailMultiAlternatives:
        content = json.loads(self.content)
        mail = EmailMultiAlternatives(content["subject"], content["body"], to=[self.address])
        if content["html"]:
            mail.attach_alternative(content["html"], "text/html")
        return mail

    def mark_sent(self, now: datetime) -> None:
        self.delete()
