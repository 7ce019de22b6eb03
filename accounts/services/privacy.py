"""Everything about a person as one file, and forgetting them."""

from datetime import datetime
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import privacy
from accounts.errors import Conflict, Refusal
from accounts.models import AuditEvent, Cohort, Invitation, PersonKey, User, default_preferences
from accounts.models.people import ERASED_DOMAIN
from accounts.services.audit import key_of, record_audit
from accounts.services.guesses import note_wrong_guess, refuse_while_resting
from accounts.services.people import is_last_admin
from accounts.signals import access_changed, person_erased


def export_person(*, person: User, now: datetime) -> dict[str, Any]:
    return {"exported_at": now, **privacy.everything_about(person)}


def erase_person(*, person: User, password: str, now: datetime) -> None:
    """For good. What was counted of them stays, without a name or a word of theirs.

    Raises `Refusal` for a wrong password, `TooMany` after five of them, `Conflict` where others would be left
    without anybody to look after them.
    """
    guess = f"erasing-{person.pk}"
    refuse_while_resting(guess)
    if not person.check_password(password):
        note_wrong_guess(guess)
        problem = _("This is not your password.")
        raise Refusal(problem, details={"password": [problem]})
    forget_person(person=person, actor=person, now=now)


@transaction.atomic
def forget_person(*, person: User, actor: User | None, now: datetime) -> None:
    """What `erase_person` does once the password was right. Raises `Conflict` like it."""
    _must_not_leave_others_alone(person)
    record_audit(actor=actor, action="person.erased", about=person, now=now)
    privacy.take_everything_away(person, now)
    for news in (person_erased, access_changed):
        transaction.on_commit(partial(news.send_robust, sender=User, user_id=person.pk))


def _must_not_leave_others_alone(person: User) -> None:
    """Holds what it looked at until the transaction ends: two may leave at once, the last one stays."""
    if is_last_admin(person=person):
        raise Conflict(_("Somebody else must be an administrator first: you are the last one."))
    for cohort in Cohort.objects.current().filter(managers=person).select_for_update(of=("self",)):
        if cohort.managers.count() == 1:
            raise Conflict(
                _("“%(name)s” needs another manager first: you are the only one.") % {"name": cohort.name}
            )


def _export(person: User) -> dict[str, Any]:
    rows = privacy.rows
    parts = (("member", "cohorts"), ("coach", "coached_cohorts"), ("manager", "managed_cohorts"))
    account = ("email", "first_name", "last_name", "timezone", "level", "xp", "date_joined", "last_login")
    return {
        "account": {
            **{name: getattr(person, name) for name in account},
            "preferences": person.preferences,
            "roles": sorted(person.role_names),
            "addresses": rows(EmailAddress.objects.filter(user=person), "email", "verified", "primary"),
        },
        "cohorts": [
            {"name": cohort.name, "as": part}
            for part, name in parts
            for cohort in getattr(person, name).all()
        ],
        "notices": rows(person.notices.all(), "kind", "title", "body", "created_at", "read_at"),
        "invitations": rows(
            Invitation.objects.filter(Q(email=person.email) | Q(invited_by=person)),
            "cohort__name",
            "email",
            "created_at",
            "expires_at",
        ),
        "api_keys": rows(person.api_keys.all(), "name", "start", "scopes", "created_at", "last_used_at"),
        "second_factors": rows(
            Authenticator.objects.filter(user=person), "type", "created_at", "last_used_at"
        ),
        "browsers": rows(
            UserSession.objects.filter(user=person), "created_at", "last_seen_at", "ip", "user_agent"
        ),
        "linked_accounts": rows(SocialAccount.objects.filter(user=person), "provider", "uid", "date_joined"),
        "api_sign_ins": rows(
            person.api_tokens.all(), "created_at", "refresh_expires_at", "revoked_at", "address"
        ),
        "audit_trail": rows(
            AuditEvent.objects.filter(Q(actor=key_of(person)) | Q(object_id=str(key_of(person)))),
            "at",
            "action",
            "object_type",
            "result",
        ),
    }


def _erase(person: User, now: datetime) -> None:
    """The row stays for the numbers that hang on it; nothing in it says who it was."""
    PersonKey.objects.filter(user=person).delete()  # from now on the trail knows nobody by it
    person.notices.all().delete()
    person.api_keys.all().delete()
    person.kept_answers.all().delete()
    person.api_tokens.all().delete()
    Authenticator.objects.filter(user=person).delete()
    for browser in UserSession.objects.filter(user=person):
        browser.end()  # with what its visit remembers
    SocialAccount.objects.filter(user=person).delete()
    addresses = EmailAddress.objects.filter(user=person)
    Invitation.objects.filter(email__in=[person.email, *addresses.values_list("email", flat=True)]).delete()
    addresses.delete()
    AdminEntry.objects.filter(content_type__app_label="accounts", object_id=str(person.pk)).delete()
    for part in (person.cohorts, person.coached_cohorts, person.managed_cohorts, person.groups):
        part.clear()
    LogEntry.objects.get_for_object(person).delete()
    LogEntry.objects.filter(actor=person).update(actor_email=None, remote_addr=None)
    # An update, so that the log of changes does not note the old address once more.
    User.objects.filter(pk=person.pk).update(
        email=f"{person.pk.hex}@{ERASED_DOMAIN}",
        first_name="Erased",
        last_name="person",
        password=make_password(None),
        preferences=default_preferences(),
        timezone="UTC",
        last_login=None,
        is_active=False,
        is_staff=False,
        is_superuser=False,
    )


privacy.keeps(export=_export, erase=_erase)
