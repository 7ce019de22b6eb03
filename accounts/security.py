"""The pages of "where you are signed in". Second factors themselves are allauth's, under /accounts/2fa/."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.requests import PersonRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The first that is named in what a browser says of itself; most name others after themselves.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class SignIn(NamedTuple):
    """A row of the page."""

    name: str
    is_this: bool
    seen_at: datetime
    address: str
    end_url: str
    end_label: str


@login_required
@require_safe
def sign_ins(request: PersonRequest) -> HttpResponse:
    now, here = timezone.now(), request.session.session_key
    browsers = [_browser(row, here) for row in services.browsers_of(request.user, now=now)]
    clients = [_client(row) for row in services.api_sign_ins_of(request.user, now=now)]
    context = {"browsers": browsers, "clients": clients}
    return render(request, "usersessions/usersession_list.html", context)


def _browser(row: UserSession, here: str | None) -> SignIn:
    name, end = words_for(row.user_agent), reverse("end_browser", args=[row.pk])
    label = _("Sign out %(what)s at %(address)s") % {"what": name, "address": row.ip}
    return SignIn(name, row.session_key == here, row.last_seen_at, row.ip, end, label)


def _client(row: Any) -> SignIn:
    """`since`: see `api_sign_ins_of`."""
    name, end = date_format(localtime(row.since), "j M Y, H:i"), reverse("end_client", args=[row.family])
    label = _("Sign out the program of %(since)s") % {"since": name}
    return SignIn(name, False, row.created_at, row.address or "", end, label)


def _ending(
    end: Callable[..., None], told: "_StrPromise", *, there: str = "sign_ins"
) -> Callable[..., HttpResponse]:
    """A view that ends something: `end(request, **what)` does it, `told` says it on the page `there`."""

    @login_required
    @require_POST
    def view(request: PersonRequest, **what: Any) -> HttpResponse:
        end(request, **what)
        messages.success(request, told)
        return redirect(there)

    return view


def _end_browser(request: PersonRequest, browser_id: int) -> None:
    services.end_browser(person=request.user, browser_id=browser_id, now=timezone.now())


def _end_client(request: PersonRequest, family: UUID) -> None:
    services.end_api_sign_in(person=request.user, family=family, now=timezone.now())


def _end_others(request: PersonRequest) -> None:
    here = request.session.session_key
    services.end_sign_ins(person=request.user, actor=request.user, but=here, now=timezone.now())


def _end_all(request: PersonRequest) -> None:
    services.end_sign_ins(person=request.user, actor=request.user, now=timezone.now())
    logout(request)


end_browser = _ending(_end_browser, gettext_lazy("That browser is signed out."))
end_client = _ending(_end_client, gettext_lazy("That program is signed out."))
end_others = _ending(_end_others, gettext_lazy("You are signed out everywhere but here."))
end_all = _ending(_end_all, gettext_lazy("You are signed out everywhere."), there="landing")


def words_for(user_agent: str) -> str:
    """`Firefox on Linux`, as far as it can be told."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), _("A browser"))
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
