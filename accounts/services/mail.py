"""Send the mails that rows owe. Celery makes it quick; the rows make it certain."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import ApiKey, Invitation, Notice
from accounts.models.mailed import Mailed
from accounts.queue import hurry

log = logging.getLogger(__name__)
BATCH = 50


def mail_soon() -> None:
    """After commit, ask a worker. If nobody hears it, the sweep finds the row."""
    transaction.on_commit(_ask_worker, robust=True)


def _ask_worker() -> None:
    from accounts.tasks import send_owed_mail as task

    hurry(task)


def send_owed_mail(*, now: datetime) -> int:
    """Try each mail that is due once; answers how many went out. Several may run at the same time."""
    return sum(
        _deliver(row, now)
        for rows in (
            Notice.objects.due(now).select_related("user"),
            Invitation.objects.due(now).select_related("cohort", "invited_by"),
            ApiKey.objects.due(now).select_related("user"),
        )
        for row in rows[:BATCH]
        if type(row).objects.claim(row, now=now)
    )


def _deliver(row: Mailed, now: datetime) -> bool:
    try:
        _compose(row).send()
    except Exception as error:
        log.warning("A mail for %s %s was not sent: %r", row._meta.label, row.pk, error)
        row.mark_failed(error, now)
        return False
    row.mark_sent(now)
    return True


def _compose(row: Mailed) -> EmailMultiAlternatives:
    if isinstance(row, Notice):
        told = {"notice": row, "name": row.user.first_name, "link": _absolute(row.url)}
        return _mail("notice", row.user.email, told)
    if isinstance(row, ApiKey):
        told = {"key": row, "name": row.user.first_name, "link": _absolute(reverse("developer"))}
        return _mail("api_key", row.user.email, told)
    assert isinstance(row, Invitation)
    return _mail("invitation", row.email, {"invitation": row, "link": _absolute(row.get_absolute_url())})


def mail_now(name: str, address: str, context: dict[str, Any]) -> bool:
    """For jobs that come back by themselves: whether the mail went out."""
    try:
        _mail(name, address, context).send()
    except Exception as error:
        log.warning("A mail (%s) was not sent: %r", name, error)
        return False
    return True


def _absolute(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path if path else ""


def _mail(name: str, address: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    context = context | {"site_url": settings.SITE_URL}
    prefix = f"accounts/email/{name}"
    subject = " ".join(render_to_string(f"{prefix}_subject.txt", context).split())
    mail = EmailMultiAlternatives(
        subject, render_to_string(f"{prefix}_message.txt", context).strip(), to=[address]
    )
    mail.attach_alternative(render_to_string(f"{prefix}_message.html", context), "text/html")
    return mail


@transaction.atomic
def owe_mail_again(*, row: Mailed, now: datetime) -> None:
    """For an operator who repaired what was wrong: start counting anew."""
    row.mail_state, row.mail_attempts, row.next_attempt_at = Mailed.MailState.OWED, 0, now
    row.save(update_fields=["mail_state", "mail_attempts", "next_attempt_at"])
    mail_soon()
