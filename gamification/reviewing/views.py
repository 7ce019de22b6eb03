"""Pages: a learner contests a row of the score; a person looks at it and decides."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.errors import Missing, Refusal
from accounts.requests import PersonRequest, shown_or_sent
from assessment import services
from assessment.models import Assessment, Contest
from assessment.rules import decides_on_contests, looks_at_scores
from assessment.selectors.reviews import Kind, review_queue
from chat.services import note_read
from gamification.reviewing.forms import ContestForm, DecisionForm, PointsForm
from gamification.reviewing.items import Item, contested_item
from scenarios.models import Scenario

PER_PAGE = 20
RELATED = ("session__learner", "session__version", "session__scenario", "session__ticket")


@login_required
@shown_or_sent
def contest(request: PersonRequest, session_id: UUID, criterion_id: str) -> HttpResponse:
    """One's own criterion or cap: what it rests on, and why it should count differently; or what was decided."""
    rows = Assessment.objects.done().of(request.user).select_related(*RELATED)
    assessment = get_object_or_404(rows, session=session_id)
    made = assessment.contests.filter(criterion_id=criterion_id).first()
    row = made.point if made else assessment.point(criterion_id)
    if row is None:
        raise Missing(_("There is no such criterion in this score."))
    form = ContestForm(request.POST or None)
    if request.method == "POST" and _is_done(
        request,
        form,
        lambda known: services.contest(
            session_id=session_id,
            learner=request.user,
            criterion_id=criterion_id,
            now=timezone.now(),
            **known,
        ),
    ):
        messages.success(request, _("Sent. A person looks at it, and you hear what they decide."))
        return redirect(request.path)
    context = {"item": Item(assessment, row, is_known=True, is_mine=True, contest=made), "form": form}
    return render(request, "gamification/contest.html", context, status=_status(form))


@login_required
@require_safe
def show_queue(request: PersonRequest) -> HttpResponse:
    """Filters and page live in the address; one that makes no sense is left out."""
    user = _reviewer(request)
    kind, scenario = request.GET.get("kind", ""), request.GET.get("scenario", "")
    kind = kind if kind in Kind.values else ""
    rows = review_queue(user, kind=kind, scenario=scenario)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": Kind.choices if looks_at_scores(user) else [],
        "scenario": scenario,
        "scenarios": Scenario.objects.order_by("title").values_list("slug", "title"),
    }
    return render(request, "gamification/reviews.html", context)


@login_required
@shown_or_sent
def show_contest(request: PersonRequest, contest_id: UUID) -> HttpResponse:
    """What a learner contests, as the reviewer may see it; deciding it."""
    user = _reviewer(request)
    rows = Contest.objects.reviewable_by(user).select_related(
        "decided_by", *(f"assessment__{name}" for name in RELATED)
    )
    made = get_object_or_404(rows, pk=contest_id)
    item = contested_item(made, user)
    if request.method == "POST" and not made.is_open:
        messages.warning(request, _("Somebody has decided this already."))
        return redirect(request.path)
    form = DecisionForm(item, request.POST or None)
    if request.method == "POST" and _is_done(
        request,
        form,
        lambda known: services.decide(contest_id=made.pk, reviewer=user, now=timezone.now(), **known),
    ):
        messages.success(request, _("Decided. The learner is told."))
        return redirect("reviews")
    note_read(session=item.session, reader=user, now=timezone.now())
    return render(
        request, "gamification/review_contest.html", {"item": item, "form": form}, status=_status(form)
    )


@login_required
@shown_or_sent
def show_score(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """A whole score: why it is looked at, each row with a way to decide otherwise; or it looks right."""
    assessment = _whole(request, session_id)
    if request.method == "POST":
        services.let_stand(assessment_id=assessment.pk, reviewer=request.user, now=timezone.now())
        messages.success(request, _("Noted: it looks right."))
        return redirect("reviews")
    rows = sorted(assessment.criteria, key=lambda row: not row["misread"])
    context = {
        "assessment": assessment,
        "session": assessment.session,
        "rows": rows,
        "contests": assessment.contests.select_related("decided_by"),
        "revisions": assessment.revisions.select_related("revised_by"),
        "review": getattr(assessment, "review", None),
    }
    return render(request, "gamification/review_score.html", context)


@login_required
@shown_or_sent
def show_point(request: PersonRequest, session_id: UUID, criterion_id: str) -> HttpResponse:
    """One row of a score, and other points for it."""
    assessment = _whole(request, session_id)
    row = assessment.point(criterion_id)
    if row is None:
        raise Missing(_("There is no such criterion in this score."))
    item = Item(assessment, row, is_known=True)
    form = PointsForm(item, request.POST or None)
    if request.method == "POST" and _is_done(
        request,
        form,
        lambda known: services.override(
            assessment_id=assessment.pk,
            reviewer=request.user,
            criterion_id=criterion_id,
            now=timezone.now(),
            **known,
        ),
    ):
        messages.success(request, _("Changed. The learner is told."))
        return redirect("review_score", session_id=session_id)
    return render(
        request, "gamification/review_point.html", {"item": item, "form": form}, status=_status(form)
    )


def _reviewer(request: PersonRequest) -> Any:
    if not decides_on_contests(request.user):
        raise Missing(_("There is nothing for you to review."))
    return request.user


def _whole(request: PersonRequest, session_id: UUID) -> Assessment:
    rows = Assessment.objects.reviewable_by(_reviewer(request)).select_related(
        *RELATED, "review__reviewed_by"
    )
    assessment = get_object_or_404(rows, session=session_id)
    note_read(session=assessment.session, reader=request.user, now=timezone.now())
    return assessment


def _is_done(request: PersonRequest, form: forms.Form, act: Any) -> bool:
    """Hands what was filled in to a service; a refusal is said at its field, or above the form."""
    if not form.is_valid():
        return False
    try:
        act(getattr(form, "given", form.cleaned_data))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        for field, problems in (refusal.details or {None: [refusal.message]}).items():
            form.add_error(field if field in form.fields else None, problems)
        return False
    return True


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200
