"""Catalogue and briefing: choosing a ticket and taking it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import asked
from accounts.errors import Conflict, Forbidden
from accounts.requests import PersonRequest
from assessment.filters import CatalogueFilter
from assessment.selectors import ORDERS, attempts, catalogue, in_order, recommended
from assessment.selectors.skills import skill_label, skills_beforehand
from assessment.self_assessment import see_scores
from chat.models import Mode
from chat.services import briefed_world, start_session, voice_offered
from knowledge.models import Category
from scenarios.models import Difficulty

PER_PAGE = 24
COMPLETED = {"false": gettext_lazy("Not yet"), "true": gettext_lazy("Completed")}


@login_required
@require_safe
def show_catalogue(request: PersonRequest) -> HttpResponse:
    """Filters, search, order and page live in the address."""
    wanted = {
        "q": asked.words(request),
        "difficulty": asked.choice(request, "difficulty", Difficulty.values),
        "category": asked.choice(request, "category", Category.values),
        "completed": asked.choice(request, "completed", COMPLETED),
    }
    order = asked.choice(request, "sort", ORDERS, "recommended")
    see_scores(learner=request.user, now=timezone.now())
    first = recommended(request.user)
    cards = in_order(CatalogueFilter(wanted, catalogue(request.user)).qs, order, first and first.scenario)
    context = {
        "page": Paginator(cards, PER_PAGE).get_page(request.GET.get("page")),
        "next": first,
        "asked": wanted,
        "is_filtered": any(wanted.values()),
        "order": order,
        "orders": ORDERS,
        "difficulties": Difficulty.choices,
        "categories": Category.choices,
        "completed": COMPLETED,
    }
    return render(request, "assessment/catalogue.html", context)


@login_required
@require_safe
def briefing(request: PersonRequest, slug: str) -> HttpResponse:
    """What may be said before one begins; nothing of the hidden part is handed to the page.

    A link that promises a mode names it in the address; otherwise it is the exam, which earns what the card says.
    """
    scenario = get_object_or_404(catalogue(request.user).select_related("current_version"), slug=slug)
    see_scores(learner=request.user, now=timezone.now())
    world = briefed_world(request.user, scenario)
    context = {
        "scenario": scenario,
        "subject": world.ticket.subject,
        "opening": world.ticket.opening,
        "requester": world.customer.name,
        "targets": world.time,
        "skills": [skill_label(name) for name in skills_beforehand(scenario)],
        "mode": asked.choice(request, "mode", Mode.values, Mode.EXAM),
        "voice": voice_offered(scenario),
        "page": Paginator(attempts(request.user, scenario), 10).get_page(request.GET.get("page")),
    }
    return render(request, "assessment/briefing.html", context)


@login_required
@require_POST
def start(request: PersonRequest, slug: str) -> HttpResponse:
    """Takes the ticket. One that is running already is continued."""
    scenario = get_object_or_404(catalogue(request.user), slug=slug)
    mode = Mode.PRACTICE if request.POST.get("mode") == Mode.PRACTICE else Mode.EXAM
    try:
        session = start_session(
            learner=request.user,
            scenario=scenario,
            mode=mode,
            voice=request.POST.get("voice", ""),
            now=timezone.now(),
        )
    except Conflict as refusal:
        return redirect("workbench", session_id=refusal.extra["sessionId"])
    except Forbidden as refusal:
        messages.warning(request, refusal.message)
        return redirect("briefing", slug=slug)
    return redirect("workbench", session_id=session.pk)
