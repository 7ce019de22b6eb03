"""The administrator's page of what is owed, and its count on the start page."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from helpdesk_sim.owed import KINDS, debts, try_again

FRESH_S = 15  # as often as the sweeps look


def owed_work_page(request: HttpRequest) -> HttpResponse:
    _for_administrators(request)
    context = admin.site.each_context(request) | {"title": _("Owed work"), "debts": debts()}
    return render(request, "admin/owed_work.html", context)


@require_POST
def retry(request: HttpRequest, name: str) -> HttpResponse:
    person = _for_administrators(request)
    kind = next((kind for kind in KINDS if kind.name == name), None)
    if kind is None:
        raise Http404
    rows = try_again(kind=kind, actor=person, now=timezone.now())
    told = ngettext(
        "%(rows)s is tried again within seconds.", "%(rows)s are tried again within seconds.", rows
    )
    messages.success(request, told % {"rows": rows})
    return HttpResponseRedirect(reverse("owed_work"))


def on_start_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """For `templates/admin/index.html`."""
    if not cast(User, request.user).is_admin:
        return context
    owed, given_up = cache.get_or_set("owed-work", _sums, FRESH_S)
    return context | {"owed": owed, "given_up": given_up}


def _sums() -> tuple[int, int]:
    """(owed, given up), of all kinds together; looking through all of history for it takes a moment."""
    found = debts()
    return sum(debt.count for debt in found), sum(debt.given_up for debt in found)


def _for_administrators(request: HttpRequest) -> User:
    person = cast(User, request.user)
    if not person.is_admin:
        raise PermissionDenied
    return person
