"""The page for those who connect a program: keys, and how to begin."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import services
from accounts.errors import Conflict
from accounts.models import ApiKey, Scope, User
from accounts.requests import PersonRequest, shown_or_sent
from accounts.services.api_keys import TERMS

SHOWN = 50


class KeyForm(forms.Form):
    name = forms.CharField(
        max_length=80,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What uses it, so that you know it again: “Course reports”."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"), widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    days = forms.TypedChoiceField(
        coerce=int, label=gettext_lazy("It ends after"), widget=forms.RadioSelect, initial=90
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = self.fields
        offered["scopes"].choices = [(scope.value, scope.label) for scope in services.scopes_for(person)]
        offered["days"].choices = [(days, _("%(days)s days") % {"days": days}) for days in TERMS]


@login_required
@shown_or_sent
@never_cache
@reauthentication_required(allow_get=True)
def keys(request: PersonRequest) -> HttpResponse:
    """A new key is shown in the answer itself, and is kept nowhere."""
    form, secret = KeyForm(request.POST or None, person=request.user), ""
    if request.method == "POST" and form.is_valid():
        try:
            _key, secret = services.make_key(person=request.user, now=timezone.now(), **form.cleaned_data)
        except Conflict as refusal:
            form.add_error("name" if refusal.details else None, refusal.message)
        else:
            form = KeyForm(person=request.user)
    return render(request, "accounts/developer.html", _shown(request, form, secret))


@login_required
@require_POST
def revoke(request: PersonRequest, key_id: UUID) -> HttpResponse:
    key = services.revoke_key(actor=request.user, key_id=key_id, now=timezone.now())
    messages.success(request, _("“%(name)s” is revoked. It opens nothing any more.") % {"name": key.name})
    return redirect("developer")


def _shown(request: PersonRequest, form: KeyForm, secret: str) -> dict[str, Any]:
    now = timezone.now()
    mine = ApiKey.objects.filter(user=request.user)
    return {
        "form": form,
        "secret": secret,
        "working": mine.working(now),
        "ended": mine.exclude(pk__in=mine.working(now))[:SHOWN],
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "token_minutes": settings.API_TOKEN_MINUTES,
    }
