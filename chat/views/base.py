"""Finding the session that a page is about."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.errors import Refusal
from chat.models import Session


def own_session(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view the caller's own session; anyone else's is not found.

    A refusal is said in the one place for trouble, so that no panel loses what it shows.
    """

    @wraps(view)
    def found(request: HttpRequest, session_id: UUID, **rest: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in_first(request, session_id)
        rows = Session.objects.of(request.user).select_related("ticket", "scenario")
        session = get_object_or_404(rows, pk=session_id)
        try:
            return view(request, session, **rest)
        except Refusal as refusal:
            answer = render(request, "chat/_refusal.html", {"refusal": refusal}, status=refusal.status)
            answer["HX-Retarget"], answer["HX-Reswap"] = "#trouble", "innerHTML"
            return answer

    return found


def go(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that also htmx follows as a whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _sign_in_first(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A panel cannot show the sign-in page; the whole page goes there and comes back."""
    if request.headers.get("HX-Request"):
        return go(request, redirect_to_login(reverse("workbench", args=[session_id])).url)
    return redirect_to_login(request.get_full_path())
