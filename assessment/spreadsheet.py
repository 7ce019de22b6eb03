"""Tables as files: the same rows, columns and roundings as on the page."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from accounts.templatetags.ui import score
from assessment.selectors import Measure, Performance, Report
from assessment.selectors.callers import Callers

Cell = str | float | datetime | None
# With one of these in front a spreadsheet program would run the rest as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def as_xlsx(name: str, rows: Iterable[list[Cell]]) -> HttpResponse:
    """The same as a workbook: numbers are numbers, times are times, and text is never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(slugify(name)[:31] or "report")
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "report"}.xlsx"'
    return response


def _cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        shown = timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value
        return round(shown, 2) if isinstance(shown, float) else shown
    cell = WriteOnlyCell(sheet, as_text(ILLEGAL_CHARACTERS_RE.sub("", value)))
    cell.data_type = "s"
    return cell


FILES = {"csv": as_csv, "xlsx": as_xlsx}


def as_text(cell: Cell) -> str:
    """Numbers with at most two decimals; times as the person's clock shows them; nothing for what is not there."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
    return score(cell)
