"""Pages of gamification: dashboard, achievements, leaderboard; the debrief has its own folder."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import asked
from accounts.models import Cohort
from accounts.requests import PersonRequest
from accounts.rules import looks_after_cohorts
from accounts.services import change_preferences
from assessment.selectors import recommended
from assessment.selectors.skills import practice, skill_profile
from assessment.self_assessment import see_scores
from gamification import selectors
from gamification.models import Achievement

PERIODS = {
    "week": gettext_lazy("Last 7 days"),
    "month": gettext_lazy("Last 30 days"),
    "all": gettext_lazy("All time"),
}
SCOPES = {"all": gettext_lazy("Everybody"), "cohort": gettext_lazy("My cohorts")}
SHOWN = {
    "": gettext_lazy("All"),
    "earned": gettext_lazy("Earned"),
    "open": gettext_lazy("Still open"),
}
ORDERS = {"usual": gettext_lazy("Earned first"), "nearest": gettext_lazy("Nearest first")}


@login_required
@require_safe
def dashboard(request: PersonRequest) -> HttpResponse:
    """Learners see what to do now; those who look after others see where that is done."""
    user = request.user
    context: dict[str, Any] = {"looks_after": looks_after_cohorts(user)}
    if user.is_learner:
        context |= _learning(request)
    if context["looks_after"]:
        context["cohorts"] = Cohort.objects.visible_to(user).current().with_member_count()[:8]
    if user.is_staff:
        context["desks"] = admin.site.get_app_list(request)
    return render(request, "gamification/dashboard.html", context)


def _learning(request: PersonRequest) -> dict[str, Any]:
    user, now = request.user, timezone.now()
    see_scores(learner=user, now=now)
    recent = list(selectors.recent_sessions(user))
    return {
        "running": list(selectors.running_sessions(user)[:5]),
        "next": recommended(user, now=now),
        "ring": selectors.level_ring(user),
        "figures": selectors.key_figures(user, now),
        "streak": selectors.streak_of(user, now),
        "recent": recent,
        "is_new": not recent,
        "practice": practice(skill_profile(user, now=now), now=now),
        "badges": selectors.next_badges(selectors.badges_of(user)),
        "news": list(user.notices.unread()[:3]),
    }


@login_required
@require_safe
def achievements(request: PersonRequest) -> HttpResponse:
    """Filters and order live in the address."""
    shown = asked.choice(request, "show", SHOWN)
    tier = asked.choice(request, "tier", Achievement.Tier.values)
    order = asked.choice(request, "sort", ORDERS, "usual")
    badges = selectors.badges_of(request.user)
    fitting = [badge for badge in badges if tier in ("", badge.achievement.tier)]
    if shown:
        fitting = [badge for badge in fitting if badge.is_earned == (shown == "earned")]
    if order == "nearest":
        fitting.sort(key=lambda badge: (badge.is_earned, -badge.share))
    context = {
        "badges": fitting,
        "all": len(badges),
        "earned": sum(badge.is_earned for badge in badges),
        "tabs": SHOWN,
        "shown": shown,
        "tier": tier,
        "tiers": Achievement.Tier.choices,
        "order": order,
        "orders": ORDERS,
    }
    return render(request, "gamification/achievements.html", context)


@login_required
@require_safe
def show_leaderboard(request: PersonRequest) -> HttpResponse:
    """Period and scope live in the address."""
    period = asked.choice(request, "period", PERIODS, "week")
    scope = asked.choice(request, "scope", SCOPES, "all")
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
    """Joins the leaderboard, or leaves it; back to the same period and scope."""
    joins = request.POST.get("listed") == "yes"
    change_preferences(person=request.user, changes={"leaderboard": joins})
    messages.success(request, _("You are listed now.") if joins else _("You are no longer listed."))
    query = request.GET.urlencode()
    return redirect(reverse("leaderboard") + (f"?{query}" if query else ""))
