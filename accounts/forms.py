"""What people fill in."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms

from accounts.models import Notice, User
from accounts.services.people import FLAGS

HEARD = [("page", "On the page"), ("email", "On the page and by e-mail"), ("none", "Not at all")]


@cache
def _zones() -> list[tuple[str, str]]:
    """Read once: the list is hundreds of files on disk."""
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class SignupForm(AllauthSignupForm):
    first_name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    field_order = ["first_name", "last_name", "email", "password1"]


class SettingsForm(forms.ModelForm):
    """Profile and preferences. `profile` and `preferences` are what `change_settings` takes."""

    timezone = forms.ChoiceField(
        choices=_zones, label="Time zone", help_text="Times on every page are shown in this zone."
    )
    theme = forms.ChoiceField(
        choices=[("system", "As my device"), ("light", "Light"), ("dark", "Dark")], widget=forms.RadioSelect
    )
    text_size = forms.ChoiceField(
        choices=[("normal", "Normal"), ("large", "Large")], widget=forms.RadioSelect
    )
    reduced_motion = forms.BooleanField(required=False, label="Keep movement on the page to a minimum")
    no_pacing = forms.BooleanField(
        required=False,
        label="Show the customer's answers at once",
        help_text="Otherwise customers type at a human pace.",
    )
    leaderboard = forms.BooleanField(
        required=False,
        label="Show me on the leaderboard",
        help_text="Others see your name and points. Off unless you turn it on.",
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "timezone"]

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
    name = forms.CharField(max_length=120, help_text="For example: Service desk, spring intake")


class InvitationForm(forms.Form):
    email = forms.EmailField(
        required=False,
        label="E-mail",
        help_text="With an address we mail the link, and it works once. Without, copy the link yourself.",
    )
    days = forms.TypedChoiceField(
        label="Works for",
        coerce=int,
        initial=14,
        choices=[(1, "1 day"), (7, "7 days"), (14, "14 days"), (30, "30 days")],
    )


class HelperForm(forms.Form):
    part = forms.ChoiceField(label="As", choices=[("coaches", "Coach"), ("managers", "Manager")])
    email = forms.EmailField(label="E-mail")
