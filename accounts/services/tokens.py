"""Sign-in of API clients: a short token, and a refresh token that works once."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.errors import NotSignedIn, SecondFactorMissing, SecondFactorNeeded
from accounts.live import ask_again, person_group
from accounts.models import ApiToken, AuditEvent, User, digest
from accounts.services.audit import record_audit, visitor_address
from accounts.services.guesses import note_wrong_guess, refuse_while_resting
from accounts.services.second_factor import has_factor, is_code_of, must_set_up_factor

WRONG = _("This address and password do not belong together.")
WRONG_CODE = _("This code is not right, or was used before. Wait for the next one and send that.")
ENDED = _("This sign-in has ended. Sign in again.")


@dataclass(frozen=True)
class Pair:
    """What the client gets; the secrets exist here and nowhere else."""

    user: User
    token: str
    refresh_token: str
    expires_at: datetime


def log_in_with_password(*, email: str, password: str, code: str = "", now: datetime) -> Pair:
    """`code` is of the second factor, where one is set up.

    Raises `NotSignedIn`, the same and after the same time for an unknown address and a wrong password;
    `SecondFactorNeeded` or `SecondFactorMissing` to whoever knows the password; `TooMany` after five wrong tries.
    """
    address = email.strip().lower()
    refuse_while_resting(f"password-{digest(address)}")
    person = User.objects.filter(email=address, is_active=True).first()
    if not _is_proven(person, password):
        note_wrong_guess(f"password-{digest(address)}")
        _refuse(person, "password", now)
        raise NotSignedIn(WRONG)
    assert person is not None
    if must_set_up_factor(person):
        raise SecondFactorMissing()
    if has_factor(person):
        _check_code(person, code, now)
    with transaction.atomic():
        if _locked(person).password != person.password:  # changed while we looked
            raise NotSignedIn(WRONG)
        person.last_login = now
        person.save(update_fields=["last_login"])
        record_audit(actor=person, action="signed_in", about=person, data={"by": "api"}, now=now)
        return _issue(person, uuid.uuid4(), now)


def _is_proven(person: User | None, password: str) -> bool:
    if person is None:
        make_password(password)
        return False
    proven = EmailAddress.objects.filter(user=person, verified=True).exists()
    return person.check_password(password) and proven


def _check_code(person: User, code: str, now: datetime) -> None:
    if not code:
        raise SecondFactorNeeded()
    if not is_code_of(person, code):
        _refuse(person, "code", now)
        raise NotSignedIn(WRONG_CODE, details={"code": [WRONG_CODE]})


def _refuse(person: User | None, what: str, now: datetime) -> None:
    data = {"by": "api", "what": what}
    record_audit(
        actor=None,
        action="sign_in_refused",
        about=person,
        data=data,
        result=AuditEvent.Result.REFUSED,
        now=now,
    )


def refresh(*, refresh_token: str, now: datetime) -> Pair:
    """A new pair of the same family. A refresh token that comes twice was stolen: the family ends."""
    held = ApiToken.objects.select_related("user").filter(refresh_hash=digest(refresh_token)).first()
    if held is None or held.revoked_at or held.refresh_expires_at <= now or not held.user.is_active:
        raise NotSignedIn(ENDED)
    with transaction.atomic():
        _locked(held.user)
        unused = ApiToken.objects.filter(pk=held.pk, refreshed_at=None, revoked_at=None)
        if unused.update(refreshed_at=now):
            return _issue(held.user, held.family, now)
    end_tokens(person=held.user, family=held.family, now=now)  # outside what the refusal would undo
    record_audit(
        actor=None, action="token.reused", about=held.user, result=AuditEvent.Result.REFUSED, now=now
    )
    raise NotSignedIn(ENDED)


def log_out(*, held: ApiToken, now: datetime) -> None:
    end_tokens(person=held.user, family=held.family, now=now)
    record_audit(actor=held.user, action="signed_out", about=held.user, data={"by": "api"}, now=now)


@transaction.atomic
def end_tokens(*, person: User, family: uuid.UUID | None = None, now: datetime) -> int:
    """All of a person, or one family. Answers how many sign-ins ended; their sockets hear of it."""
    _locked(person)
    tokens = ApiToken.objects.filter(user=person, revoked_at=None)
    if family:
        tokens = tokens.filter(family=family)
    ended = tokens.alive(now=now).count()
    tokens.update(revoked_at=now)
    transaction.on_commit(partial(ask_again, person_group(person.pk)), robust=True)
    return ended


def _locked(person: User) -> User:
    """One at a time issues and ends tokens of a person: none is issued behind the back of an end."""
    row: User = User.objects.select_for_update().get(pk=person.pk)
    return row


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
        address=visitor_address.get() or None,
    )
    return Pair(person, token, refresh_token, expires_at)
