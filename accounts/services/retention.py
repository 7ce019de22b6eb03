"""Keep no more than is needed: what has run out goes, and people who stopped coming are forgotten after a warning."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Max, Q, QuerySet

from accounts.errors import Conflict
from accounts.models import ApiToken, AuditEvent, Invitation, Notice, User
from accounts.services.audit import record_audit
from accounts.services.idempotency import forget_answers
from accounts.services.letters import forget_letters
from accounts.services.mail import mail_now
from accounts.services.privacy import forget_person

BATCH = 1000
READ_NOTICES = timedelta(days=365)
CHANGES = timedelta(days=730)  # what administrators changed, field by field
UNPROVEN = timedelta(days=30)  # accounts whose address nobody ever confirmed
WARNING = timedelta(days=30)
WARNED = "person.warned"


def keep_less(*, now: datetime) -> dict[str, int]:
    """What went, by kind. Safe to repeat."""
    gone = {
        "answers": forget_answers(now=now),
        "letters": forget_letters(now=now),
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
    """In batches, each a transaction of its own: nobody who works meanwhile waits for long."""
    gone = 0
    while batch := list(rows.values_list("pk", flat=True)[:BATCH]):
        gone += rows.model._default_manager.filter(pk__in=batch).delete()[0]
    return gone


def _unproven(before: datetime) -> QuerySet[User]:
    """Signed up and never came in; nothing of theirs exists."""
    proven = EmailAddress.objects.filter(verified=True).values("user")
    unseen = User.objects.not_erased().filter(last_login=None, date_joined__lt=before, is_staff=False)
    found: QuerySet[User] = unseen.exclude(pk__in=proven)
    return found


def _forget_the_inactive(now: datetime) -> int:
    """Erases who was warned and did not come back; warns the others. Staff and managers are left to people."""
    forgotten, warnings = 0, _last_warnings()
    for person in _inactive(now - timedelta(days=settings.ERASE_INACTIVE_DAYS)):
        warned = warnings.get(str(person.audit_key.key)) if hasattr(person, "audit_key") else None
        if warned is None or warned <= (person.last_login or person.date_joined):
            _warn(person, now)
        elif warned <= now - WARNING:
            forgotten += _forget(person, now)
    return forgotten


def _last_warnings() -> dict[str, datetime]:
    """When each was warned last, by the key that the trail has for them."""
    warned = AuditEvent.objects.filter(action=WARNED).order_by().values_list("object_id")
    return dict(warned.annotate(last=Max("at")))


def _inactive(before: datetime) -> QuerySet[User]:
    quiet = Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)
    people = User.objects.filter(is_active=True, is_staff=False, managed_cohorts=None, coached_cohorts=None)
    found: QuerySet[User] = people.filter(quiet).exclude(
        Q(api_tokens__created_at__gte=before)
        | Q(api_keys__last_used_at__gte=before)
        | Q(usersession__last_seen_at__gte=before)
    )
    return found.select_related("audit_key")


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
