"""How I do, and the same as a file."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.templatetags.ui import ChartPoint
from assessment.forms import PerformanceForm
from assessment.models import Assessment
from assessment.selectors import Measure, Performance, Point, Timeframe, performance, recommended
from assessment.selectors.skills import practice
from assessment.self_assessment import see_scores
from assessment.spreadsheet import as_csv, performance_rows
from knowledge.models import Category
from scenarios.models import Difficulty

PER_PAGE = 20


@login_required
@require_safe
def show_performance(request: HttpRequest) -> HttpResponse:
    seen, now = _seen(request), timezone.now()
    context = {
        "seen": seen,
        "points": [_drawn(point, request) for point in seen.series],
        "tiles": [(each, seen.averages[each], seen.trends[each]) for each in Measure],
        "page": Paginator(seen.runs, PER_PAGE).get_page(request.GET.get("page")),
        "practice": practice(seen.skills, now=now),
        "next": recommended(request.user, now=now),
        "timeframes": Timeframe,
        "measures": Measure,
        "difficulties": Difficulty.choices,
        "categories": Category.choices,
        "verdicts": Assessment.Caller.choices,
    }
    return render(request, "assessment/performance.html", context)


def _drawn(point: Point, request: HttpRequest) -> ChartPoint:
    """One run opens its debrief; several open the history of those days."""
    if len(point.runs) == 1:
        url = reverse("debrief", args=[point.runs[0].session_id])
        return ChartPoint(point.label, point.value, url, point.runs[0].scenario)
    query = request.GET.copy()
    query.pop("page", None)
    query["since"], query["until"] = point.start.isoformat(), point.end.isoformat()
    return ChartPoint(
        point.label,
        point.value,
        f"?{query.urlencode()}#history",
        ngettext("%(n)s run", "%(n)s runs", len(point.runs)) % {"n": len(point.runs)},
    )


@login_required
@require_safe
def performance_csv(request: HttpRequest) -> HttpResponse:
    seen = _seen(request)
    return as_csv(f"performance {seen.timeframe}", performance_rows(seen))


def _seen(request: HttpRequest) -> Performance:
    now = timezone.now()
    see_scores(learner=request.user, now=now)
    return performance(request.user, now=now, **PerformanceForm(request.GET).asked)
