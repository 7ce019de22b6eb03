"""Where a person is signed in: browsers (sessions) and API clients (families of tokens), and ending them."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.errors import Missing
from accounts.models import ApiToken, User
from accounts.services.api_keys import revoke_keys
from accounts.services.audit import record_audit, visitor_address
from accounts.services.tokens import end_tokens

SEEN_KEY = "seen_at"
SEEN_EVERY = timedelta(minutes=5)


def note_visit(*, session: SessionBase, person: User, now: datetime) -> None:
    """Once in five minutes: the browser was seen, and a session of staff is good for the idle time from now."""
    seen = session.get(SEEN_KEY)
    if seen is None or now.timestamp() - seen < SEEN_EVERY.total_seconds():
        return
    session[SEEN_KEY] = now.timestamp()
    if person.is_staff:
        session.set_expiry(settings.STAFF_IDLE_HOURS * 3600)
    seen_from = {"ip": visitor_address.get()} if visitor_address.get() else {}
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now, **seen_from)


def browsers_of(person: User, *, now: datetime) -> QuerySet[UserSession]:
    """Those whose session is still good, the last seen first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    found: QuerySet[UserSession] = UserSession.objects.filter(user=person, session_key__in=alive)
    return found.order_by("-last_seen_at")


def api_sign_ins_of(person: User, *, now: datetime) -> QuerySet[ApiToken]:
    """The last pair of each family, with `since`, when its family began."""
    family = ApiToken.objects.filter(family=OuterRef("family")).order_by().values("family")
    since = Subquery(family.annotate(first=Min("created_at")).values("first"))
    return person.api_tokens.alive(now=now).annotate(since=since)


@transaction.atomic
def end_browser(*, person: User, browser_id: int, now: datetime) -> None:
    browser = UserSession.objects.filter(user=person, pk=browser_id).first()
    if browser is None:
        raise Missing(_("This browser is signed out already."))
    browser.end()
    record_audit(actor=person, action="sessions.ended", about=person, data={"browsers": 1}, now=now)


@transaction.atomic
def end_api_sign_in(*, person: User, family: UUID, now: datetime) -> None:
    if not end_tokens(person=person, family=family, now=now):
        raise Missing(_("This sign-in has ended already."))
    record_audit(actor=person, action="sessions.ended", about=person, data={"api": 1}, now=now)


@transaction.atomic
def end_sign_ins(*, person: User, actor: User | None, but: str | None = None, now: datetime) -> None:
    """Everywhere, but for the session with this key."""
    browsers = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    for browser in browsers:
        browser.end()
    data = {"browsers": len(browsers), "api": end_tokens(person=person, now=now)}
    record_audit(actor=actor, action="sessions.ended", about=person, data=data, now=now)


@transaction.atomic
def reset_second_factor(*, person: User, actor: User | None, now: datetime) -> int:
    """For somebody who lost the phone and the recovery codes. Answers how many factors went.

    Ends every sign-in and key: whoever found the phone is out too.
    """
    count: int = Authenticator.objects.filter(user=person).delete()[0]
    record_audit(actor=actor, action="second_factor.reset", about=person, data={"factors": count}, now=now)
    shut_out(person=person, actor=actor, now=now)
    return count


@transaction.atomic
def shut_out(*, person: User, actor: User | None, now: datetime) -> None:
    """Of everything that may be in wrong hands: browsers, programs, keys. The person signs in anew."""
    end_sign_ins(person=person, actor=actor, now=now)
    revoke_keys(person=person, actor=actor, now=now)
