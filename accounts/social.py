"""Sign-in with an organisation's own account: OpenID Connect as allauth speaks it, with rows of ours as its apps.

What an organisation says of an address counts only where an administrator said that it owns the domain: then a new
account needs no confirmation, and one that is there already is signed in. All others prove the address by mail.
"""

import logging
from typing import Any

import requests
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import outgoing, services
from accounts.errors import Unprocessable
from accounts.models import AuditEvent, IdentityProvider, User
from accounts.names import made_plain
from accounts.requests import shown_or_sent

log = logging.getLogger(__name__)
REMEMBERED_S = 300


@never_cache
@shown_or_sent
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """GET asks, POST goes: no foreign page signs anybody in."""
    return _through(OAuth2LoginView, request, provider_id)


@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: type[OAuth2View], request: HttpRequest, slug: str) -> HttpResponse:
    get_object_or_404(IdentityProvider, slug=slug, is_active=True)
    flow = Flow(request, slug)
    try:
        return view.adapter_view(flow)(request)
    except (OAuth2Error, requests.RequestException) as error:
        return render_authentication_error(request, flow.get_provider(), exception=error)


class Flow(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        issuer = self.get_provider().app.settings["server_url"]
        try:
            said: Any = cache.get_or_set(
                f"discovery-{issuer}", lambda: services.discover(issuer=issuer), REMEMBERED_S
            )
        except Unprocessable as error:
            raise OAuth2Error(error.message) from error
        # What the standard takes for granted where nothing is said.
        return {"token_endpoint_auth_methods_supported": ["client_secret_basic"]} | said

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The provider sent no id token.")
        app.settings["fetch_userinfo"] = "userinfo_endpoint" in self.openid_config
        return super().complete_login(request, app, token, **kwargs)


class Organisation(OpenIDConnectProvider):
    oauth2_adapter_class = Flow

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """By a page that goes on by itself: our content policy lets no form end elsewhere.

        What the address asks for beyond that (scopes, parameters) is left out.
        """
        state = get_random_string(32)
        params = self.get_auth_params() | {"nonce": _nonce_of(state)}
        there = super().redirect(request, process, next_url, data, state_id=state, auth_params=params)
        if there.status_code != 302:
            return there
        return render(
            request, "socialaccount/login_redirect.html", {"provider": self, "redirect_to": there.url}
        )

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        """The id token must be the answer to our question, and both sources must speak of one person."""
        token, info = response["id_token"], response.get("userinfo")
        if token.get("nonce") != _nonce_of(request.GET.get("state", "")):
            raise OAuth2Error("The id token answers another sign-in (nonce).")
        if not token.get("sub"):
            raise OAuth2Error("The id token is about nobody (sub).")
        if info is not None and (not isinstance(info, dict) or info.get("sub") != token["sub"]):
            raise OAuth2Error("The user info is about another person than the id token.")
        return super().sociallogin_from_response(request, claims_of(token, info or {}))

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        addresses = super().extract_email_addresses(data)
        for address in addresses:
            domain = str(address.email).rpartition("@")[2].lower()
            address.verified = _says_verified(data) and domain in self.app.settings["domains"]
        return addresses

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Of all that is said about a person, no more than is needed to tell the account by."""
        return {"email": data.get("email", ""), "email_verified": _says_verified(data)}

    def serialize(self) -> dict[str, Any]:
        return {"id": self.sub_id, "app.client_id": self.app.client_id}


def claims_of(token: dict[str, Any], info: dict[str, Any]) -> dict[str, Any]:
    """What both say, the user info before the id token; but an address and its proof are the word of one of them.

    It is the id token's where that names an address: it is the answer to our question. The other's `email_verified`
    never vouches for it, nor for an address of its own beside that.
    """
    source = token if token.get("email") else info
    return token | info | {name: source.get(name) for name in ("email", "email_verified")}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those to choose from; by name also one that is switched off, so that people may let go of it."""
        rows = IdentityProvider.objects.all()
        # The list of buttons needs no secret; one that no key opens must not keep everybody out.
        rows = rows.filter(slug=provider) if provider else rows.filter(is_active=True).defer("secret")
        return [_as_app(row) for row in rows if client_id in (None, row.client_id)]

    def list_providers(self, request: HttpRequest) -> list[Organisation]:
        return [Organisation(request, app=app) for app in self.list_apps(request)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Organisation:
        return Organisation(request, app=self.get_app(request, provider, client_id))

    def get_requests_session(self) -> requests.Session:
        return outgoing.session()

    def deserialize_instance(self, model: type[Any], data: dict[str, Any]) -> Any:
        """Ids come back from the session as text."""
        row = super().deserialize_instance(model, data)
        row.pk = model._meta.pk.to_python(row.pk)
        return row

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An account is given to nobody for an address alone; who proved it elsewhere is told what to do."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        said = sociallogin.account.extra_data
        if said["email_verified"] and filter_users_by_email(said["email"]):
            _refused(sociallogin.provider, "address taken")
            told = {"provider": sociallogin.provider, "email": said["email"]}
            raise ImmediateHttpResponse(render(request, "socialaccount/taken.html", told, status=409))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        person = super().populate_user(request, sociallogin, data)
        person.first_name, person.last_name = (
            made_plain(name)[:80] for name in (person.first_name, person.last_name)
        )
        return person

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        person, now = super().save_user(request, sociallogin, form), timezone.now()
        if form is None:  # with one, the account's adapter has done it
            services.welcome_person(person=person, by="identity_provider", now=now)
        _linked(person, sociallogin.account)
        person.__dict__.pop(
            "role_names", None
        )  # while the address is unproven, the person waits in the session
        return person

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Organisation,
        error: Any = None,
        exception: Any = None,
        **more: Any,
    ) -> None:
        log.warning("A sign-in with %s came to nothing: %s %s", provider.sub_id, error, exception)
        if exception:  # who has no open question of ours leaves no trace in the trail
            _refused(provider, type(exception).__name__)


@receiver(social_account_added)
def note_link(sociallogin: SocialLogin, **kwargs: Any) -> None:
    _linked(sociallogin.user, sociallogin.account)


@receiver(social_account_removed)
def note_unlink(request: HttpRequest, socialaccount: SocialAccount, **kwargs: Any) -> None:
    """Whoever came in that way elsewhere is out, too."""
    person, data, now = socialaccount.user, {"slug": socialaccount.provider}, timezone.now()
    services.record_audit(actor=person, action="identity_provider.unlinked", data=data, now=now)
    services.end_sign_ins(person=person, actor=person, but=request.session.session_key, now=now)


def _linked(person: User, account: SocialAccount) -> None:
    data = {"slug": account.provider}
    services.record_audit(actor=person, action="identity_provider.linked", data=data, now=timezone.now())


def _refused(provider: Organisation, why: str) -> None:
    services.record_audit(
        actor=None,
        action="identity_provider.refused",
        data={"slug": provider.sub_id, "why": why},
        result=AuditEvent.Result.REFUSED,
        now=timezone.now(),
    )


def _as_app(row: IdentityProvider) -> SocialApp:
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=row.slug,
        name=row.name,
        client_id=row.client_id,
        secret="" if "secret" in row.get_deferred_fields() else row.secret,
        settings={"server_url": row.server_url.rstrip("/"), "domains": row.owned_domains},
    )


def _nonce_of(state: str) -> str:
    """Bound to the browser's session, as the state is; who sees the one cannot make the other."""
    return salted_hmac("accounts.social.nonce", state, algorithm="sha256").hexdigest()


def _says_verified(data: dict[str, Any]) -> bool:
    return data.get("email_verified") in (True, "true")
