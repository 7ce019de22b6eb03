"""The pages of "where you are signed in". Second factors themselves are allauth's, under /accounts/2fa/."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.requests import PersonRequest

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


@login_required
@require_safe
def sign_ins(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    browsers = list(services.browsers_of(request.user, now=now))
    for browser in browsers:
        browser.words = words_for(browser.user_agent)
        browser.is_this = browser.session_key == request.session.session_key
    context = {"browsers": browsers, "clients": services.api_sign_ins_of(request.user, now=now)}
    return render(request, "usersessions/usersession_list.html", context)


@login_required
@require_POST
def end_browser(request: PersonRequest, browser_id: int) -> HttpResponse:
    services.end_browser(person=request.user, browser_id=browser_id, now=timezone.now())
    messages.success(request, _("That browser is signed out."))
    return redirect("sign_ins")


@login_required
@require_POST
def end_client(request: PersonRequest, family: UUID) -> HttpResponse:
    services.end_api_sign_in(person=request.user, family=family, now=timezone.now())
    messages.success(request, _("That program is signed out."))
    return redirect("sign_ins")


@login_required
@require_POST
def end_others(request: PersonRequest) -> HttpResponse:
    here = request.session.session_key
    services.end_sign_ins(person=request.user, actor=request.user, but=here, now=timezone.now())
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("sign_ins")


@login_required
@require_POST
def end_all(request: PersonRequest) -> HttpResponse:
    services.end_sign_ins(person=request.user, actor=request.user, now=timezone.now())
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("landing")


def words_for(user_agent: str) -> str:
    """`Firefox on Linux`, as far as it can be told."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), _("A browser"))
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
