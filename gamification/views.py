"""Pages of gamification: dashboard, achievements, leaderboard; the debrief has its own folder."""

from typing import Any

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
from assessment.selectors.skills import practice, skill_profile
from gamification import selectors

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
        "streak": selectors.streak_of(user, now),
        "recent": list(selectors.recent_sessions(user)),
        "practice": practice(skill_profile(user, now=now), now=now),
        "badges": selectors.next_badges(selectors.badges_of(user)),
    }


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
