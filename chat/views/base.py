"""Finding the session that a page is about."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.errors import Refusal
from chat.models import Session


def own_session(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view the caller's own session; anyone else's is not found. A refusal is said in the panel."""

    @login_required
    @wraps(view)
    def found(request: HttpRequest, session_id: UUID, **rest: Any) -> HttpResponse:
        rows = Session.objects.of(request.user).select_related("ticket", "scenario")
        session = get_object_or_404(rows, pk=session_id)
        try:
            return view(request, session, **rest)
        except Refusal as refusal:
            context = {"refusal": refusal, "session": session}
            return render(request, "chat/_refusal.html", context, status=refusal.status)

    return found
