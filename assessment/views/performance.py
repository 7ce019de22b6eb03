"""How I do, and the same as a file."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessment.forms import PerformanceForm
from assessment.selectors import Measure, Performance, Timeframe, performance
from assessment.spreadsheet import as_csv, performance_rows

PER_PAGE = 20


@login_required
def show_performance(request: HttpRequest) -> HttpResponse:
    seen = _seen(request)
    context = {
        "seen": seen,
        "points": [(point.label, point.value) for point in seen.series],
        "tiles": [(each, seen.averages[each], seen.trends[each]) for each in Measure],
        "page": Paginator(seen.runs, PER_PAGE).get_page(request.GET.get("page")),
        "timeframes": Timeframe,
        "measures": Measure,
    }
    return render(request, "assessment/performance.html", context)


@login_required
def performance_csv(request: HttpRequest) -> HttpResponse:
    seen = _seen(request)
    return as_csv(f"performance {seen.timeframe}", performance_rows(seen))


def _seen(request: HttpRequest) -> Performance:
    return performance(request.user, now=timezone.now(), **PerformanceForm(request.GET).asked)
