"""Tables as CSV: the same rows, columns and roundings as on the page."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.templatetags.ui import score
from assessment.selectors import Measure, Performance, Report
from assessment.selectors.callers import Callers

Cell = str | float | datetime | None
# With one of these in front a spreadsheet program would run the rest as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def performance_rows(seen: Performance) -> Iterator[list[Cell]]:
    measures = [str(measure.label) for measure in Measure]
    yield [_("Finished"), _("Scenario"), _("Ticket"), *measures, _("Satisfaction")]
    for run in seen.runs:
        yield [run.finished_at, run.scenario, run.ticket, *run.scores, run.satisfaction]
    yield [_("Average"), None, None, *seen.averages.values(), seen.satisfaction]


def report_rows(report: Report) -> Iterator[list[Cell]]:
    titles = [scenario.title for scenario in report.scenarios]
    callers = [_("Impostors let in"), _("Honest turned away")]
    yield [_("Person"), *titles, _("Average"), _("Trend"), _("Exams"), _("Last exam"), *callers]
    for row in report.rows:
        best = [cell.overall if cell else None for cell in row.best]
        numbers = [row.average, row.trend, row.exams, row.last_at]
        yield [row.person.display_name, *best, *numbers, *rates(row.callers)]
    numbers = [report.average, report.trend, report.exams, None]
    yield [_("Average"), *report.averages, *numbers, *rates(report.callers)]


def rates(callers: Callers) -> list[Cell]:
    return [str(rate) if rate.total else None for rate in callers]


def as_csv(name: str, rows: Iterable[list[Cell]]) -> HttpResponse:
    """A download called after `name`. The mark at its start tells spreadsheet programs that it is UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "report"}.csv"'
    csv.writer(response).writerows([as_text(cell) for cell in row] for row in rows)
    return response


def as_text(cell: Cell) -> str:
    """Numbers with at most two decimals; times as the person's clock shows them; nothing for what is not there."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
    return score(cell)
