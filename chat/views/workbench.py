"""The workbench: one screen, its panels as fragments."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import Unprocessable
from accounts.requests import PersonRequest
from accounts.services import change_preferences
from chat import services
from chat.canned import canned_replies
from chat.forms import ResolutionForm
from chat.models import Session
from chat.selectors import earlier_tickets
from chat.transcript import page
from chat.views import panels
from chat.views.base import go, own_session
from knowledge.models import Credibility


@require_GET
@own_session
def workbench(request: PersonRequest, session: Session) -> HttpResponse:
    if not session.is_active:
        return redirect("debrief", session_id=session.pk)
    context = {
        "transcript": page(session),
        "history": earlier_tickets(session),
        "canned": canned_replies(session),
        "credibilities": Credibility.choices,
        "is_new_here": _is_new_here(request),
        **panels.ticket_panel(session),
        **panels.verification_panel(session),
        **panels.console_panel(session),
        **panels.hints_panel(session),
        **panels.research_panel(session),
        **panels.resolution_panel(session),
    }
    return render(request, "chat/workbench.html", context)


@require_POST
@own_session
def change_ticket(request: HttpRequest, session: Session) -> HttpResponse:
    fields = {
        name: request.POST[name]
        for name in ("category", "impact", "urgency", "status")
        if name in request.POST
    }
    session = services.change_ticket(session_id=session.pk, now=timezone.now(), **fields)
    return render(request, "chat/_ticket.html", panels.ticket_panel(session))


@require_GET
@own_session
def ticket(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "chat/_ticket.html", panels.ticket_panel(session))


@require_GET
@own_session
def verification(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "chat/_verification.html", panels.verification_panel(session))


@require_POST
@own_session
def verify(request: HttpRequest, session: Session) -> HttpResponse:
    session = services.verify(
        session_id=session.pk,
        factor=request.POST.get("factor", ""),
        outcome=request.POST.get("outcome", ""),
        now=timezone.now(),
    )
    return render(request, "chat/_verification.html", panels.verification_panel(session))


@require_GET
@own_session
def checklist(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "chat/_checklist.html", panels.resolution_panel(session))


@require_POST
@own_session
def draft(request: HttpRequest, session: Session) -> HttpResponse:
    """Saves the resolution as far as written."""
    form = ResolutionForm(session, request.POST)
    now = timezone.now()
    services.save_draft(session_id=session.pk, draft=form.as_typed(), now=now)
    return render(request, "chat/_draft_saved.html", {"saved_at": now})


@require_POST
@own_session
def resolve(request: HttpRequest, session: Session) -> HttpResponse:
    form = ResolutionForm(session, request.POST)
    try:
        services.resolve(session_id=session.pk, resolution=form.as_typed(), now=timezone.now())
    except Unprocessable as refusal:
        form.take_faults(refusal.details or {})
        return render(request, "chat/_resolution.html", panels.resolution_panel(session, form))
    return go(request, reverse("debrief", args=[session.pk]))


@require_POST
@own_session
def abandon(request: HttpRequest, session: Session) -> HttpResponse:
    services.abandon(session_id=session.pk, now=timezone.now())
    return go(request, reverse("tickets"))


@require_POST
@login_required
def end_tour(request: PersonRequest) -> HttpResponse:
    """Seen or skipped: it does not begin by itself again."""
    change_preferences(person=request.user, changes={"toured": True})
    return HttpResponse(status=204)


def _is_new_here(request: PersonRequest) -> bool:
    """The tour begins by itself for somebody who has neither seen it nor finished a ticket."""
    if request.user.preferences.get("toured"):
        return False
    return not Session.objects.of(request.user).completed().exists()
