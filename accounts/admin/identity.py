"""What signs people in: addresses, accounts of organisations, the keys of programs."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from auditlog.registry import auditlog
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts import services
from accounts.admin.base import ReadOnlyAdmin, mail_again
from accounts.errors import Conflict, Unprocessable
from accounts.models import ApiKey, IdentityProvider, User

admin.site.unregister(
    [SocialApp, SocialAccount, SocialToken]
)  # organisations are rows of ours, and no token is kept
admin.site.unregister([Authenticator, UserSession])  # their pages show and take what signs a person in
admin.site.unregister(EmailAddress)  # its page writes nothing into the trail
auditlog.register(IdentityProvider, exclude_fields=["secret"])


@admin.action(description=gettext_lazy("Take as confirmed"), permissions=["view"])
def confirm(modeladmin: ModelAdmin, request: HttpRequest, addresses: QuerySet[EmailAddress]) -> None:
    _each(modeladmin, request, addresses, services.confirm_address, _("%(address)s counts as confirmed."))


@admin.action(description=gettext_lazy("Remove"), permissions=["view"])
def remove(modeladmin: ModelAdmin, request: HttpRequest, addresses: QuerySet[EmailAddress]) -> None:
    _each(modeladmin, request, addresses, services.remove_address, _("%(address)s is removed."))


def _each(
    modeladmin: ModelAdmin, request: HttpRequest, rows: QuerySet[EmailAddress], do: Callable, done: str
) -> None:
    for address in rows.select_related("user"):
        try:
            do(address=address, actor=request.user, now=timezone.now())
        except Conflict as refusal:
            modeladmin.message_user(request, f"{address}: {refusal}", messages.ERROR)
        else:
            modeladmin.message_user(request, done % {"address": address}, messages.SUCCESS)


@admin.register(EmailAddress)
class AddressAdmin(ReadOnlyAdmin):
    """People add addresses themselves and prove them; the one that signs in is changed on the person's page."""

    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["primary", "verified"]
    list_select_related = ["user"]
    search_fields = ["email", "user__email", "user__last_name"]
    actions = [confirm, remove]


@admin.register(SocialAccount)
class LinkedAccountAdmin(ReadOnlyAdmin):
    """Who may sign in with which organisation; links come from signing in alone, and may be cut here."""

    list_display = ["user", "provider", "uid", "last_login", "date_joined"]
    list_filter = ["provider", "last_login"]
    list_select_related = ["user"]
    search_fields = ["uid", "user__email", "user__last_name"]
    exclude = ["extra_data"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def delete_model(self, request: HttpRequest, obj: SocialAccount) -> None:
        services.cut_link(account=obj, actor=cast(User, request.user), now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SocialAccount]) -> None:
        for account in queryset:
            self.delete_model(request, account)


class ProviderForm(forms.ModelForm):
    secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        widget=UnfoldAdminPasswordWidget,
        required=False,
        help_text=gettext_lazy("Stored encrypted and never shown. Left empty, it stays as it is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["secret"] = ""  # so that an empty field is no change

    def clean_secret(self) -> str:
        return self.cleaned_data["secret"] or self.instance.secret

    def clean_domains(self) -> str:
        return self.cleaned_data["domains"].lower()


@admin.action(description=gettext_lazy("Check"), permissions=["view"])
def check(modeladmin: ModelAdmin, request: HttpRequest, providers: QuerySet[IdentityProvider]) -> None:
    """Ask each for its description, and say what came."""
    for provider in providers:
        try:
            services.discover(issuer=provider.server_url)
        except Unprocessable as refusal:
            modeladmin.message_user(request, f"{provider}: {refusal}", messages.ERROR)
        else:
            told = _("%(name)s answers as it should.") % {"name": provider}
            modeladmin.message_user(request, told, messages.SUCCESS)


@admin.register(IdentityProvider)
class IdentityProviderAdmin(ModelAdmin):
    form = ProviderForm
    list_display = ["name", "server_url", "domains", "is_active"]
    search_fields = ["name", "slug", "server_url"]
    fields = ["name", "slug", "callback", "server_url", "client_id", "secret", "domains", "is_active"]
    prepopulated_fields = {"slug": ["name"]}
    actions = [check]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "server_url":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @display(description=gettext_lazy("Call-back address, to be given to the provider"))
    def callback(self, provider: IdentityProvider) -> str:
        if not provider.slug:
            return _("Shown once this is saved.")
        return settings.SITE_URL.rstrip("/") + reverse("openid_connect_callback", args=[provider.slug])

    def get_readonly_fields(self, request: HttpRequest, obj: IdentityProvider | None = None) -> list[str]:
        """People are known by both for good: another issuer is another provider."""
        return ["callback", "slug", "server_url"] if obj else ["callback"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: IdentityProvider | None = None) -> dict:
        return {} if obj else self.prepopulated_fields

    def save_model(self, request: HttpRequest, obj: IdentityProvider, form: Any, change: bool) -> None:
        services.keep_provider(
            provider=obj, actor=cast(User, request.user), changed=form.changed_data, now=timezone.now()
        )

    def delete_model(self, request: HttpRequest, obj: IdentityProvider) -> None:
        services.remove_provider(provider=obj, actor=cast(User, request.user), now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[IdentityProvider]) -> None:
        for provider in queryset:
            self.delete_model(request, provider)


@admin.action(description=gettext_lazy("Revoke"), permissions=["view"])
def revoke(modeladmin: ModelAdmin, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
    for key in keys:
        services.revoke_key(actor=cast(User, request.user), key_id=key.pk, now=timezone.now())
    modeladmin.message_user(request, _("These keys open nothing any more."))


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    list_display = [
        "name",
        "user",
        "start",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    ]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter), "created_at", "expires_at"]
    list_select_related = ["user"]
    search_fields = ["name", "start", "user__email", "user__last_name"]
    exclude = ["key_hash"]
    actions = [revoke, mail_again]
