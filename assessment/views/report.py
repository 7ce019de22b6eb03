"""The progress report of a cohort, and the same as a file."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import asked
from accounts.models import Cohort
from assessment.selectors import Report, cohort_report
from assessment.selectors.report import ORDERS, in_order, named
from assessment.spreadsheet import FILES, report_rows

PER_PAGE = 50


@login_required
@require_safe
def show_report(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Search, order and page live in the address; the export shares the order, and has everybody."""
    report, sought = _report(request, cohort_id), asked.words(request)
    context = {
        "report": report,
        "page": Paginator(named(report.rows, sought), PER_PAGE).get_page(request.GET.get("page")),
        "sought": sought,
        "order": request.GET.get("sort"),
        "orders": ORDERS,
    }
    return render(request, "assessment/report.html", context)


@login_required
@require_safe
def report_file(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """`?format=xlsx` for a workbook, else CSV."""
    report = _report(request, cohort_id)
    as_file = FILES[asked.choice(request, "format", FILES, "csv")]
    return as_file(f"{report.cohort.name} progress", report_rows(report))


def _report(request: HttpRequest, cohort_id: UUID) -> Report:
    """For those who look after the cohort; for everyone else there is none."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)
    report = cohort_report(cohort, now=timezone.now())
    return in_order(report, asked.choice(request, "sort", ORDERS, "name"))
