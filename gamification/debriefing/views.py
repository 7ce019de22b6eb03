"""The debrief as a page: first what the learner expects, then the wait, then how it went."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Conflict
from accounts.requests import PersonRequest
from assessment.self_assessment import may_rate, rate_oneself, see_score
from chat.models import Session
from gamification.debriefing.access import note_seen, visible_session
from gamification.debriefing.forms import SelfAssessmentForm
from gamification.debriefing.story import debrief_of


@login_required
@require_safe
def show_debrief(request: PersonRequest, session_id: UUID) -> HttpResponse:
    session, shows_work = visible_session(request.user, session_id, now=timezone.now())
    is_mine = session.belongs_to(request.user)
    if session.is_active and is_mine:
        return redirect("workbench", session_id=session.pk)
    if request.htmx:
        return _look_again(session)
    if is_mine and may_rate(session):
        return _ask(request, session, SelfAssessmentForm())
    context: dict[str, Any] = {"session": session, "is_mine": is_mine}
    if not _is_scored(session):
        return render(request, "gamification/debrief_pending.html", context)
    note_seen(request.user, session, now=timezone.now())
    context["debrief"] = debrief_of(session, shows_work=shows_work)
    return render(request, "gamification/debrief.html", context)


@login_required
@require_POST
def expect(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """Keeps what the learner expects of the score, and shows it."""
    session = _own(request, session_id)
    form = SelfAssessmentForm(request.POST)
    if not form.is_valid():
        return _ask(request, session, form, status=422)
    try:
        rate_oneself(session_id=session.pk, ratings=form.cleaned_data, now=timezone.now())
    except Conflict as refusal:
        messages.warning(request, refusal.message)
    return redirect("debrief", session_id=session.pk)


@login_required
@require_POST
def skip(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """Shows the score without an estimate."""
    session = _own(request, session_id)
    try:
        see_score(session_id=session.pk, now=timezone.now())
    except Conflict as refusal:
        messages.warning(request, refusal.message)
    return redirect("debrief", session_id=session.pk)


def _own(request: PersonRequest, session_id: UUID) -> Session:
    rows = Session.objects.of(request.user).select_related("ticket", "scenario")
    return get_object_or_404(rows, pk=session_id)


def _ask(
    request: PersonRequest, session: Session, form: SelfAssessmentForm, *, status: int = 200
) -> HttpResponse:
    context = {"session": session, "form": form}
    return render(request, "gamification/debrief_expect.html", context, status=status)


def _look_again(session: Session) -> HttpResponse:
    """Asked by a page that waits for the score or the XP: nothing new, or load afresh."""
    if _is_scored(session) and hasattr(session.assessment, "reward"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return HttpResponse(status=204)


def _is_scored(session: Session) -> bool:
    return hasattr(session, "assessment") and session.assessment.is_done
