"""Signing up, proving an address, a new password: allauth's forms and limits, for clients without a browser.

`request` is Django's own; limits count by its address. No answer tells whether an address is known.
"""

from allauth.account import app_settings
from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm, SignupForm, UserTokenForm
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.password_reset import finalize_password_reset
from allauth.account.models import EmailAddress, get_emailconfirmation_model
from allauth.account.signals import user_signed_up
from allauth.core import ratelimit
from allauth.utils import get_form_class
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.errors import Refusal, TooMany
from accounts.models import User

RETRY_S = 60


def register(*, request: HttpRequest, email: str, password: str, first_name: str, last_name: str) -> None:
    """Mails a link to prove the address; to one that has an account, that it has. Raises `Refusal`, `TooMany`."""
    _limited(request, "signup")
    form = get_form_class(app_settings.FORMS, "signup", SignupForm)(
        {"email": email, "password1": password, "first_name": first_name, "last_name": last_name}
    )
    _must_be_valid(form, password1="password")
    with transaction.atomic():
        if form.account_already_exists:
            make_password(password)  # as long as for a new one
            address = EmailAddress(email=form.cleaned_data["email"])
        else:
            person = form.save(request)
            user_signed_up.send(sender=User, request=request, user=person)
            address = EmailAddress.objects.get(user=person)
    send_verification_email_to_address(request, address, signup=True)


def verify_email(*, request: HttpRequest, key: str) -> None:
    """Raises `Refusal` for a key that is unknown, used or expired."""
    _limited(request, "reset_password_from_key")
    found = get_emailconfirmation_model().from_key(key)
    if found is None or found.key_expired() or not found.confirm(request):
        raise _no_such_key()


def request_reset(*, request: HttpRequest, email: str) -> None:
    """Mails a link to set a password; to an unknown address, that it is unknown here."""
    _limited(request, "reset_password", key=email.strip().lower())
    mail_reset(request=request, email=email)


def mail_reset(*, request: HttpRequest, email: str) -> None:
    """The mail alone; for an administrator who made the account."""
    form = get_form_class(app_settings.FORMS, "reset_password", ResetPasswordForm)({"email": email})
    _must_be_valid(form)
    form.save(request)


def reset_password(*, request: HttpRequest, key: str, password: str) -> None:
    """Ends every sign-in that the old password began. Raises `Refusal` for a bad key or a weak password."""
    _limited(request, "reset_password_from_key")
    owner, _dash, token = key.partition("-")
    holder = get_form_class(app_settings.FORMS, "user_token", UserTokenForm)({"uidb36": owner, "key": token})
    if not holder.is_valid() or not holder.reset_user.is_active:
        raise _no_such_key()
    form = get_form_class(app_settings.FORMS, "reset_password_from_key", ResetPasswordKeyForm)(
        {"password1": password, "password2": password}, user=holder.reset_user, temp_key=token
    )
    _must_be_valid(form, password1="password", password2="password")
    form.save()
    finalize_password_reset(request, holder.reset_user)


def _limited(request: HttpRequest, action: str, key: str = "") -> None:
    """`action` names a line of allauth's limits; keys out of mails share one: guessing them is the same thing."""
    if not ratelimit.consume(request, action=action, key=key):
        raise TooMany(
            _("That was a lot in a short time. Wait a minute, then try again."),
            extra={"retry_after": RETRY_S},
        )


def _must_be_valid(form: Form, **names: str) -> None:
    """`names`: what the client calls a field of the form."""
    if form.is_valid():
        return
    details = {names.get(field, field): list(problems) for field, problems in form.errors.items()}
    raise Refusal(_("Some of what you sent needs a change; see details."), details=details)


def _no_such_key() -> Refusal:
    problem = _("This key is not known, was used or has expired. Ask for a new mail.")
    return Refusal(problem, details={"key": [problem]})
