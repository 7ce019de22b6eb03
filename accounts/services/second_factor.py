"""Second factors: who has one, who must, and whether a code is right. Setting them up is allauth's, by page."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.services.guesses import note_wrong_guess, refuse_while_resting

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def has_factor(person: User) -> bool:
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def must_set_up_factor(person: User | AnonymousUser) -> bool:
    """Trainers and administrators can change what others see and are scored by."""
    return person.is_staff and settings.STAFF_NEED_SECOND_FACTOR and not has_factor(person)


def is_code_of(person: User, code: str) -> bool:
    """A code of the app (each works once) or a recovery code. Raises `TooMany` after five wrong ones."""
    refuse_while_resting(f"code-{person.pk}")
    for factor in Authenticator.objects.filter(user=person, type__in=CODES):
        if factor.wrap().validate_code(code):
            factor.record_usage()
            return True
    note_wrong_guess(f"code-{person.pk}")
    return False
