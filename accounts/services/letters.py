"""Letters: written within a request, sent by a worker, so that no page waits for a mail server, nor its time tells."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from accounts.models import Letter
from accounts.services.mail import mail_soon


class Desk(BaseEmailBackend):
    """Where a mail is posted that a worker shall send."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            write_letter(mail=mail, now=timezone.now())
        return len(email_messages)


def write_letter(*, mail: EmailMessage, now: datetime) -> Letter:
    """To its first recipient."""
    (html, _kind), *_more = getattr(mail, "alternatives", None) or [("", "")]
    content = json.dumps({"subject": mail.subject, "body": mail.body, "html": html})
    letter = Letter.objects.create(
        address=mail.to[0],
        content=content,
        mail_state=Letter.MailState.OWED,
        next_attempt_at=now,
        created_at=now,
    )
    mail_soon()
    return letter


def forget_letters(*, now: datetime) -> int:
    """How many were given up, or never wanted any more."""
    return Letter.objects.outdated(now).delete()[0]
