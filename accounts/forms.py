"""What people fill in."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import ApiKey, Notice, User
from accounts.names import plain_name
from accounts.services.people import FLAGS

HEARD = [("page", _("On the page")), ("email", _("On the page and by e-mail")), ("none", _("Not at all"))]
ADDRESS = _("E-mail")


@cache
def zones() -> list[str]:
    """Read once: the list is hundreds of files on disk."""
    return sorted(available_timezones())


class ZoneField(forms.CharField):
    """Typed, with suggestions: of six hundred nobody wants to scroll. Small letters and spaces are understood."""

    widget = forms.TextInput(
        attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
    )

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip().replace(" ", "_").casefold()
        exact = next((zone for zone in zones() if zone.casefold() == typed), None)
        cities = [zone for zone in zones() if zone.casefold().endswith(f"/{typed}")]
        found = exact or (cities[0] if len(cities) == 1 else None)
        if found is None:
            raise forms.ValidationError(_("There is no such time zone. Type a city, such as Europe/Berlin."))
        return found


class SignupForm(AllauthSignupForm):
    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=80,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    field_order = ["first_name", "last_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One line for the four that the validators say; they still explain what they refuse.
        self.fields["password1"].help_text = _(
            "At least 8 characters. A few words in a row are easy to keep."
        )

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # takes as long as for a new one
        return super().try_save(request)


class ChangePasswordForm(AllauthChangePasswordForm):
    """Whoever has keys is asked what becomes of them: a new password need not mean that the old one was known."""

    revoke_keys = forms.BooleanField(
        required=False,
        label=_("Revoke my API keys too"),
        help_text=_("If somebody else may know your password. What uses the keys stops working at once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ApiKey.objects.working(timezone.now()).filter(user=self.user).exists():
            del self.fields["revoke_keys"]

    def save(self) -> None:
        super().save()
        if self.cleaned_data.get("revoke_keys"):
            services.revoke_keys(person=self.user, actor=self.user, now=timezone.now())


class SettingsForm(forms.ModelForm):
    """Profile and preferences. `profile` and `preferences` are what `change_settings` takes."""

    timezone = ZoneField(
        max_length=64,
        label=_("Time zone"),
        help_text=_("Times on every page are shown in this zone. Type a city and choose."),
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[("system", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    text_size = forms.ChoiceField(
        label=_("Text size"),
        choices=[("normal", _("Normal")), ("large", _("Large")), ("larger", _("Very large"))],
        widget=forms.RadioSelect,
    )
    reduced_motion = forms.BooleanField(required=False, label=_("Keep movement on the page to a minimum"))
    no_pacing = forms.BooleanField(
        required=False,
        label=_("Show the customer's answers at once"),
        help_text=_("Otherwise customers type at a human pace. It never counts against you."),
    )
    leaderboard = forms.BooleanField(
        required=False,
        label=_("Show me on the leaderboard"),
        help_text=_("Others see your name and points. Off unless you turn it on."),
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "timezone"]
        labels = {"first_name": _("First name"), "last_name": _("Last name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.preferences
        for name in ("theme", "text_size", *FLAGS):
            self.fields[name].initial = kept.get(name)
        for kind in Notice.Kind:
            self.fields[f"notify_{kind}"] = forms.ChoiceField(
                label=kind.label, choices=HEARD, initial=kept.get("notify", {}).get(kind, "page")
            )

    @property
    def profile(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def preferences(self) -> dict[str, Any]:
        chosen = {name: self.cleaned_data[name] for name in ("theme", "text_size", *FLAGS)}
        return chosen | {"notify": {kind.value: self.cleaned_data[f"notify_{kind}"] for kind in Notice.Kind}}

    @property
    def notice_fields(self) -> list[forms.BoundField]:
        return [self[f"notify_{kind}"] for kind in Notice.Kind]


class CohortForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For example: Service desk, spring intake")
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(
        required=False,
        label=ADDRESS,
        help_text=_("With an address we mail the link, and it works once. Without, copy the link yourself."),
    )
    days = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        initial=14,
        choices=[(1, _("1 day")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days"))],
    )


class HelperForm(forms.Form):
    part = forms.ChoiceField(label=_("As"), choices=[("coaches", _("Coach")), ("managers", _("Manager"))])
    email = forms.EmailField(label=ADDRESS)


class EraseForm(forms.Form):
    """Asked again, so that nobody else can do it at a screen left open."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    sure = forms.BooleanField(label=_("I understand that this cannot be undone"))
