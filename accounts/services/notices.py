"""Tell a person something, the way they chose to hear it."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import live
from accounts.errors import Missing
from accounts.models import Notice, User, default_preferences
from accounts.services.mail import mail_soon


@transaction.atomic
def notify(
    *, user: User, kind: str, title: str, body: str = "", url: str = "", now: datetime
) -> Notice | None:
    """`page` shows it, `email` shows and mails it, `none` (then the answer is None) does neither."""
    choice = (default_preferences()["notify"] | user.preferences.get("notify", {}))[kind]
    if choice == "none":
        return None
    notice = Notice(user=user, kind=kind, title=title, body=body, url=url, created_at=now)
    if choice == "email":
        notice.mail_state, notice.next_attempt_at = Notice.MailState.OWED, now
        mail_soon()
    notice.save(force_insert=True)
    transaction.on_commit(partial(live.publish, live.person_group(user.pk), _frame(notice)), robust=True)
    return notice


def _frame(notice: Notice) -> dict[str, Any]:
    return {
        "type": "notice",
        "id": str(notice.pk),
        "kind": notice.kind,
        "title": notice.title,
        "body": notice.body,
        "url": notice.url,
        "createdAt": notice.created_at.isoformat().replace("+00:00", "Z"),
    }


@transaction.atomic
def read_notice(*, user: User, notice_id: UUID, now: datetime) -> Notice:
    """Reading again changes nothing. Raises `Missing` for another's."""
    notice = user.notices.filter(pk=notice_id).first()
    if notice is None:
        raise Missing(_("There is no such notice."))
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice


def read_all_notices(*, user: User, now: datetime) -> int:
    return user.notices.unread().update(read_at=now)
