"""Sign-in of API clients: a short token, and a refresh token that works once."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.errors import NotSignedIn
from accounts.models import ApiToken, User, digest

WRONG = _("This address and password do not belong together.")
ENDED = _("This sign-in has ended. Sign in again.")


@dataclass(frozen=True)
class Pair:
    """What the client gets; the secrets exist here and nowhere else."""

    user: User
    token: str
    refresh_token: str
    expires_at: datetime


def log_in_with_password(*, email: str, password: str, now: datetime) -> Pair:
    """Raises `NotSignedIn`, the same and after the same time for an unknown address and a wrong password."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        make_password(password)
        raise NotSignedIn(WRONG)
    proven = EmailAddress.objects.filter(user=person, verified=True).exists()
    if not person.check_password(password) or not proven:
        raise NotSignedIn(WRONG)
    with transaction.atomic():
        person.last_login = now
        person.save(update_fields=["last_login"])
        return _issue(person, uuid.uuid4(), now)


def refresh(*, refresh_token: str, now: datetime) -> Pair:
    """A new pair of the same family. A refresh token that comes twice was stolen: the family ends."""
    held = ApiToken.objects.select_related("user").filter(refresh_hash=digest(refresh_token)).first()
    if held is None or held.revoked_at or held.refresh_expires_at <= now or not held.user.is_active:
        raise NotSignedIn(ENDED)
    with transaction.atomic():
        unused = ApiToken.objects.filter(pk=held.pk, refreshed_at=None, revoked_at=None)
        if unused.update(refreshed_at=now):
            return _issue(held.user, held.family, now)
    _end(Q(family=held.family), now)  # outside the transaction, which the refusal would undo
    raise NotSignedIn(ENDED)


def log_out(*, held: ApiToken, now: datetime) -> None:
    _end(Q(family=held.family), now)


def end_tokens(*, person: User, now: datetime) -> None:
    """A new password ends every sign-in that the old one began."""
    _end(Q(user=person), now)


def _end(which: Q, now: datetime) -> None:
    ApiToken.objects.filter(which, revoked_at=None).update(revoked_at=now)


def _issue(person: User, family: uuid.UUID, now: datetime) -> Pair:
    ApiToken.objects.filter(user=person, refresh_expires_at__lt=now).delete()
    token, refresh_token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    expires_at = now + timedelta(minutes=settings.API_TOKEN_MINUTES)
    ApiToken.objects.create(
        user=person,
        family=family,
        token_hash=digest(token),
        refresh_hash=digest(refresh_token),
        created_at=now,
        expires_at=expires_at,
        refresh_expires_at=now + timedelta(days=settings.API_REFRESH_DAYS),
    )
    return Pair(person, token, refresh_token, expires_at)
