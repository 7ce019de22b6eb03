"""Our answers to what django-allauth leaves open."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import User
from accounts.services.letters import Desk

INVITATION_KEY = "invitation"
MAIL_KEY = "demo_mail"
ADDRESSES_KEY = "demo_addresses"


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user = super().save_user(request, user, form, commit)
        services.welcome_person(person=user, by=_way_in(request, form), now=timezone.now())
        return user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation that brought the visitor here, also by way of the confirmation mail."""
        if token := request.session.get(INVITATION_KEY):
            return reverse("accept_invitation", args=[token])
        return super().get_login_redirect_url(request)

    def render_mail(
        self, template_prefix: str, email: Any, context: Any, headers: Any = None
    ) -> EmailMessage:
        mail = super().render_mail(template_prefix, email, context, headers)
        mail.connection = Desk()
        if settings.DEMO and (request := allauth_context.request) and _is_page(request):
            _keep_for_visitor(request, template_prefix, mail)
        return mail

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """To people alone: an answer of the API sets no cookie."""
        if _is_page(request):
            super().add_message(request, *args, **kwargs)


def _is_page(request: HttpRequest) -> bool:
    return not request.path_info.startswith("/api/")


def _way_in(request: HttpRequest, form: Any) -> str:
    if hasattr(form, "sociallogin"):
        return "identity_provider"
    return "invitation" if INVITATION_KEY in request.session else "sign_up"


def _keep_for_visitor(request: HttpRequest, template_prefix: str, mail: EmailMessage) -> None:
    """Show a mail on "check your mail" only to the one who owns the address.

    A confirmation is sent only to an address that was free, or after the right password. From then
    on this visitor may read what is sent there; whoever types another's address sees nothing.
    """
    session, address = request.session, mail.to[0].lower()
    mine = set(session.get(ADDRESSES_KEY, []))
    if template_prefix.startswith("account/email/email_confirmation"):
        mine.add(address)
        session[ADDRESSES_KEY] = sorted(mine)
    session.pop(MAIL_KEY, None)
    if address in mine:
        session[MAIL_KEY] = {"subject": mail.subject, "to": address, "body": mail.body}
