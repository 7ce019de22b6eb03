"""Keep no more than is needed: what has run out goes, and people who stopped coming are forgotten after a warning."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from accounts.errors import Conflict
from accounts.models import ApiToken, AuditEvent, Invitation, Notice, User
from accounts.models.people import ERASED_DOMAIN
from accounts.services.audit import key_of, record_audit
from accounts.services.idempotency import forget_answers
from accounts.services.mail import mail_now
from accounts.services.privacy import forget_person

READ_NOTICES = timedelta(days=365)
CHANGES = timedelta(days=730)  # what administrators changed, field by field
UNPROVEN = timedelta(days=30)  # accounts whose address nobody ever confirmed
WARNING = timedelta(days=30)
WARNED = "person.warned"


def keep_less(*, now: datetime) -> dict[str, int]:
    """What went, by kind. Safe to repeat."""
    gone = {
        "answers": forget_answers(now=now),
        "visits": _count(Session.objects.filter(expire_date__lt=now)),
        "browsers": _count(
            UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
        ),
        "tokens": _count(ApiToken.objects.filter(refresh_expires_at__lt=now)),
        "notices": _count(Notice.objects.filter(read_at__lt=now - READ_NOTICES)),
        "invitations": _count(Invitation.objects.filter(expires_at__lt=now - UNPROVEN)),
        "changes": _count(LogEntry.objects.filter(timestamp__lt=now - CHANGES)),
        "accounts": _count(_unproven(now - UNPROVEN)),
    }
    return gone | ({"people": _forget_the_inactive(now)} if settings.ERASE_INACTIVE_DAYS else {})


def _count(rows: QuerySet[Any]) -> int:
    return rows.delete()[0]


def _unproven(before: datetime) -> QuerySet[User]:
    """Signed up and never came in; nothing of theirs exists."""
    proven = EmailAddress.objects.filter(verified=True).values("user")
    return _people(last_login=None, date_joined__lt=before, is_staff=False).exclude(
        Q(pk__in=proven) | Q(email__endswith=f"@{ERASED_DOMAIN}")
    )


def _forget_the_inactive(now: datetime) -> int:
    """Erases who was warned and did not come back; warns the others. Staff and managers are left to people."""
    forgotten = 0
    for person in _inactive(now - timedelta(days=settings.ERASE_INACTIVE_DAYS)):
        seen = person.last_login or person.date_joined
        warnings = AuditEvent.objects.filter(action=WARNED, object_id=str(key_of(person)), at__gt=seen)
        warned = warnings.first()
        if warned is None:
            _warn(person, now)
        elif warned.at <= now - WARNING:
            forgotten += _forget(person, now)
    return forgotten


def _inactive(before: datetime) -> QuerySet[User]:
    quiet = Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)
    people = _people(is_active=True, is_staff=False, managed_cohorts=None, coached_cohorts=None)
    return people.filter(quiet).exclude(
        Q(api_tokens__created_at__gte=before)
        | Q(api_keys__last_used_at__gte=before)
        | Q(usersession__last_seen_at__gte=before)
    )


def _people(**having: Any) -> QuerySet[User]:
    people: QuerySet[User] = User.objects.filter(**having)
    return people


def _warn(person: User, now: datetime) -> None:
    """A mail that fails is no warning: the next run tries again."""
    sent = mail_now(
        "inactive",
        person.email,
        {"name": person.first_name, "day": now + WARNING, "link": settings.SITE_URL},
    )
    if sent:
        record_audit(actor=None, action=WARNED, about=person, now=now)


def _forget(person: User, now: datetime) -> bool:
    try:
        forget_person(person=person, actor=None, now=now)
    except Conflict:  # others need them after all
        return False
    return True
