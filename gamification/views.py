"""Pages of gamification: dashboard, debrief, achievements, leaderboard."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Cohort
from accounts.requests import PersonRequest
from accounts.services import change_preferences
from assessment.selectors import recommended
from chat.models import Session
from gamification import selectors
from gamification.debriefing import debrief_of, visible_session

PERIODS = {"week": "Last 7 days", "month": "Last 30 days", "all": "All time"}
SCOPES = {"all": "Everybody", "cohort": "My cohorts"}


@login_required
def dashboard(request: PersonRequest) -> HttpResponse:
    """Learners see what to do now; those who look after others see where that is done."""
    user = request.user
    context: dict[str, Any] = {"looks_after": user.is_coach or user.is_cohort_manager or user.is_admin}
    if user.is_learner:
        context |= _learning(request)
    if context["looks_after"]:
        context["cohorts"] = Cohort.objects.visible_to(user).current().with_member_count()[:8]
    if user.is_staff:
        context["desks"] = admin.site.get_app_list(request)
    return render(request, "gamification/dashboard.html", context)


def _learning(request: PersonRequest) -> dict[str, Any]:
    user, now = request.user, timezone.now()
    return {
        "running": list(selectors.running_sessions(user)[:5]),
        "next": recommended(user),
        "ring": selectors.level_ring(user),
        "figures": selectors.key_figures(user, now),
        "streak": selectors.streak_weeks(user, now),
        "recent": list(selectors.recent_sessions(user)),
        "badges": selectors.next_badges(selectors.badges_of(user)),
    }


@login_required
def debrief(request: PersonRequest, session_id: UUID) -> HttpResponse:
    session, shows_work = visible_session(request.user, session_id, now=timezone.now())
    is_mine = session.learner_id == request.user.pk
    if session.is_active and is_mine:
        return redirect("workbench", session_id=session.pk)
    if request.htmx:
        return _look_again(session)
    context: dict[str, Any] = {"session": session, "is_mine": is_mine}
    if not _is_scored(session):
        return render(request, "gamification/debrief_pending.html", context)
    context["debrief"] = debrief_of(session, shows_work=shows_work)
    return render(request, "gamification/debrief.html", context)


def _look_again(session: Session) -> HttpResponse:
    """Asked by a page that waits for the score or the XP: nothing new, or load afresh."""
    if _is_scored(session) and hasattr(session.assessment, "reward"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return HttpResponse(status=204)


def _is_scored(session: Session) -> bool:
    return hasattr(session, "assessment") and session.assessment.is_done


@login_required
def achievements(request: PersonRequest) -> HttpResponse:
    badges = selectors.badges_of(request.user)
    earned = sum(badge.is_earned for badge in badges)
    return render(request, "gamification/achievements.html", {"badges": badges, "earned": earned})


@login_required
def show_leaderboard(request: PersonRequest) -> HttpResponse:
    """Period and scope live in the address; one that makes no sense is the first."""
    period, scope = request.GET.get("period", ""), request.GET.get("scope", "")
    period = period if period in PERIODS else "week"
    scope = scope if scope in SCOPES else "all"
    board = selectors.leaderboard(request.user, now=timezone.now(), period=period, scope=scope)
    context = {
        "board": board,
        "period": period,
        "periods": PERIODS,
        "scope": scope,
        "scopes": SCOPES,
        "is_listed": bool(request.user.preferences.get("leaderboard")),
    }
    return render(request, "gamification/leaderboard.html", context)


@login_required
@require_POST
def change_listing(request: PersonRequest) -> HttpResponse:
    """Joins the leaderboard, or leaves it."""
    joins = request.POST.get("listed") == "yes"
    change_preferences(person=request.user, changes={"leaderboard": joins})
    messages.success(request, "You are listed now." if joins else "You are no longer listed.")
    return redirect("leaderboard")
