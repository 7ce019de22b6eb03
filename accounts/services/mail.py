"""Send the mails that rows owe. Celery makes it quick; the rows make it certain."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import ApiKey, Invitation, Letter, Notice
from accounts.models.mailed import Mailed, MailedQuerySet
from accounts.queue import hurry
from accounts.services.owed import work_off

log = logging.getLogger(__name__)


def mail_soon() -> None:
    """After commit, ask a worker. If nobody hears it, the sweep finds the row."""
    transaction.on_commit(_ask_worker, robust=True)


def _ask_worker() -> None:
    from accounts.tasks import send_owed_mail as task

    hurry(task)


def send_owed_mail(*, now: datetime) -> int:
    """Try each mail that is due once; answers how many went out. Several may run at the same time."""
    kinds: tuple[MailedQuerySet[Any], ...] = (
        Letter.objects.all(),
        Notice.objects.select_related("user"),
        Invitation.objects.select_related("cohort", "invited_by"),
        ApiKey.objects.select_related("user"),
    )
    return sum(
        work_off(rows=rows.order_by("next_attempt_at"), work=lambda row: _deliver(row, now), now=now)
        for rows in kinds
    )


def _deliver(row: Mailed, now: datetime) -> None:
    _compose(row).send()
    row.mark_sent(now)


def _compose(row: Mailed) -> EmailMultiAlternatives:
    if isinstance(row, Letter):
        return row.as_mail()
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
