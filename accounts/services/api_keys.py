"""Keys for programs: made, revoked, used. The secret is shown once and stored as its hash."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Missing, Unprocessable
from accounts.live import ask_again, person_group
from accounts.models import ApiKey, ApiToken, Scope, User, digest
from accounts.rules import is_admin, teaches
from accounts.services.audit import record_audit
from accounts.services.mail import mail_soon
from accounts.services.second_factor import must_set_up_factor

TERMS = (30, 90, 365)  # days
MOST = 20  # working keys of one person
SHOWN = 12  # of its characters, to tell it by
TOUCHED = timedelta(minutes=1)
CLOSED_UNLESS = {Scope.TEACH: teaches, Scope.ADMIN: is_admin}


def scopes_for(person: User) -> list[Scope]:
    """A scope that opens nothing for this person is not offered."""
    return [scope for scope in Scope if scope not in CLOSED_UNLESS or CLOSED_UNLESS[scope](person)]


@transaction.atomic
def make_key(
    *, person: User, name: str, scopes: Iterable[str], days: int, now: datetime
) -> tuple[ApiKey, str]:
    """The row and the key itself, which nobody can show again. Raises `Unprocessable`, `Conflict`."""
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(scopes_for(person)) or days not in TERMS:
        raise Unprocessable(_("Choose what the key may do, and for how long, from what is offered."))
    User.objects.select_for_update().get(pk=person.pk)  # two at once: one of them counts the other
    working = ApiKey.objects.working(now).filter(user=person)
    if working.filter(name=name).exists():
        raise Conflict(
            _("You have a key of this name already."), details={"name": [_("Already the name of a key.")]}
        )
    if working.count() >= MOST:
        raise Conflict(_("You have %(most)s working keys. Revoke one first.") % {"most": MOST})
    secret = ApiKey.PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=person,
        name=name,
        start=secret[:SHOWN],
        key_hash=digest(secret),
        scopes=wanted,
        created_at=now,
        expires_at=now + timedelta(days=days),
        mail_state=ApiKey.MailState.OWED,
        next_attempt_at=now,
    )
    mail_soon()
    record_audit(actor=person, action="api_key.made", about=key, data={"scopes": wanted}, now=now)
    return key, secret


@transaction.atomic
def revoke_key(*, actor: User, key_id: UUID, now: datetime) -> ApiKey:
    """One's own, or an administrator anybody's. At once, sockets included; again changes nothing. Raises `Missing`."""
    key = ApiKey.objects.revocable_by(actor).select_for_update().filter(pk=key_id).first()
    if key is None:
        raise Missing(_("There is no such key."))
    if key.revoked_at is None:
        _revoke(key, actor, now)
    return key


@transaction.atomic
def revoke_keys(*, person: User, actor: User | None, now: datetime) -> int:
    """All of a person that may be in wrong hands. Answers how many."""
    keys = list(ApiKey.objects.select_for_update().filter(user=person, revoked_at=None))
    for key in keys:
        _revoke(key, actor, now)
    return len(keys)


def _revoke(key: ApiKey, actor: User | None, now: datetime) -> None:
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    record_audit(actor=actor, action="api_key.revoked", about=key, now=now)
    transaction.on_commit(partial(ask_again, person_group(key.user_id)), robust=True)


def held_by(*, token: str, now: datetime) -> ApiToken | ApiKey | None:
    """What a bearer shows: the token of a sign-in or a key, with its `user`; None if it opens nothing."""
    if token.startswith(ApiKey.PREFIX):
        return _use(ApiKey.objects.valid(token, now=now), now)
    return ApiToken.objects.valid(token, now=now)


def opens(held: object, scope: str | None) -> bool:
    """A sign-in opens all that its person may do; a key what its scopes say. None: what no key opens."""
    return not isinstance(held, ApiKey) or scope in held.scopes


def _use(key: ApiKey | None, now: datetime) -> ApiKey | None:
    """When it was last used is worth a write a minute, not one per call."""
    if key is None or must_set_up_factor(key.user):
        return None
    if key.last_used_at is None or key.last_used_at <= now - TOUCHED:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key
