"""What accounts does when Django and allauth have news: write it down, end sign-ins, ask sockets again."""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_added,
    email_changed,
    email_confirmed,
    email_removed,
    password_reset,
    user_logged_in,
)
from allauth.core import context
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import services
from accounts.live import WATCHERS, ask_again, person_group
from accounts.models import AuditEvent, Cohort, User
from accounts.services.sign_ins import SEEN_KEY

REFUSED = AuditEvent.Result.REFUSED


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    now = timezone.now()
    request.session[SEEN_KEY] = 0  # so that the first page counts as a visit
    services.record_audit(actor=user, action="signed_in", about=user, data={"by": "browser"}, now=now)
    if user.is_staff and not settings.STAFF_NEED_SECOND_FACTOR and not services.has_factor(user):
        told = _(
            "Your role asks for a second factor; this trial only offers it. Set one up under Settings, Second factor."
        )
        messages.info(request, told)


@receiver(user_logged_out)
def note_sign_out(user: User | None, **_kwargs: Any) -> None:
    """Whoever was erased just now has no key in the trail any more, and gets no new one."""
    if user is not None and User.objects.filter(pk=user.pk, is_active=True).exists():
        data, now = {"by": "browser"}, timezone.now()
        services.record_audit(actor=user, action="signed_out", about=user, data=data, now=now)


@receiver(user_login_failed)
def note_refusal(credentials: dict[str, Any], **_kwargs: Any) -> None:
    """The address that was tried is not written down; whose it is, if anybody's, is."""
    address = str(credentials.get("email", "")).strip().lower()
    person = User.objects.filter(email=address).first()
    _note_refused(person, "password")


@receiver(authentication_failed)
def note_wrong_code(user: User, **_kwargs: Any) -> None:
    _note_refused(user, "code")


def _note_refused(person: User | None, what: str) -> None:
    services.record_audit(
        actor=None,
        action="sign_in_refused",
        about=person,
        data={"by": "browser", "what": what},
        result=REFUSED,
        now=timezone.now(),
    )


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def note_factor(signal: Any, request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    happened = "removed" if signal is authenticator_removed else "added"
    action, data = f"second_factor.{happened}", {"kind": str(authenticator.type)}
    services.record_audit(actor=user, action=action, about=user, data=data, now=timezone.now())
    if services.must_set_up_factor(user):
        services.end_tokens(person=user, now=timezone.now())


@receiver(post_save, sender=User)
def follow_person(instance: User, created: bool, **_kwargs: Any) -> None:
    """A new password, by whichever way, ends what the old one began; a changed person is asked for again."""
    if created:
        return
    if getattr(instance, "_password", None) is not None:  # set anew, not hashed anew
        actor, now = _asking(), timezone.now()
        current = context.request.session.session_key if actor == instance else None
        services.record_audit(actor=actor, action="password.changed", about=instance, now=now)
        services.end_sign_ins(person=instance, actor=actor, but=current, now=now)
        if actor != instance:  # forgotten or in wrong hands, so that the keys may be too
            services.revoke_keys(person=instance, actor=actor, now=now)
    if services.must_set_up_factor(instance):
        services.end_tokens(person=instance, now=timezone.now())
    _ask(person_group(instance.pk))


@receiver(password_reset)
def follow_reset(user: User, **_kwargs: Any) -> None:
    """Also of somebody who was signed in while they followed the link."""
    services.revoke_keys(person=user, actor=_asking(), now=timezone.now())


@receiver(email_added)
@receiver(email_changed)
@receiver(email_removed)
def note_address(signal: Any, user: User, **_kwargs: Any) -> None:
    happened = {email_added: "added", email_changed: "made_primary", email_removed: "removed"}[signal]
    _note_address(user, happened)


@receiver(email_confirmed)
def note_confirmed(email_address: EmailAddress, **_kwargs: Any) -> None:
    _note_address(email_address.user, "confirmed")


def _note_address(person: User, happened: str) -> None:
    services.record_audit(actor=_asking(), action=f"email.{happened}", about=person, now=timezone.now())


def _asking() -> User | None:
    """Who is signed in where this came from."""
    request = context.request
    return request.user if request and request.user.is_authenticated else None


@receiver(post_delete, sender=Session)
def follow_session(instance: Session, **_kwargs: Any) -> None:
    if person_id := instance.get_decoded().get("_auth_user_id"):
        _ask(f"person-{person_id.replace('-', '')}")


@receiver(m2m_changed, sender=User.groups.through)
def follow_roles(instance: Any, action: str, **_kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, User):
        _ask(person_group(instance.pk))


@receiver(m2m_changed, sender=Cohort.members.through)
@receiver(m2m_changed, sender=Cohort.coaches.through)
@receiver([post_save, post_delete], sender=Cohort)
def follow_cohort(**_kwargs: Any) -> None:
    _ask(WATCHERS)


def _ask(group: str) -> None:
    transaction.on_commit(partial(ask_again, group), robust=True)
