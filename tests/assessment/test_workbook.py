"""The cohort's report as a workbook: the same table, with numbers that are numbers and text that is text."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.assessment.tables import csv_rows

FIRST = "prints-vanish"


@pytest.fixture
def export(cohort) -> str:
    return f"cohorts/{cohort.pk}/report/export"


def sheet_of(answer):
    assert answer["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(BytesIO(answer.content)).active


def test_the_workbook_equals_the_table(as_, api_as, manager, learner, open_catalogue, finish, export):
    finish(learner, open_catalogue[FIRST], 82.5, at=timezone.now())
    table = csv_rows(as_(manager).get(f"/{export}/"))
    for answer in (
        as_(manager).get(f"/{export}/?format=xlsx"),
        api_as(manager).get(f"/api/v1/{export}?format=xlsx"),
    ):
        rows = [[cell.value for cell in row] for row in sheet_of(answer).iter_rows()]
        assert [row[0] for row in rows] == [row[0] for row in table]
        assert rows[0] == table[0] and rows[1][table[1].index("82.5")] == 82.5


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\x01=1", "=cmd|' /C calc'!A0"]
)
def test_a_name_is_never_run_as_a_formula(as_, manager, learner, scenarios, export, name):
    learner.first_name = name
    learner.save()

    cell = sheet_of(as_(manager).get(f"/{export}/?format=xlsx"))["A2"]
    assert cell.data_type == "s" and not cell.value.lstrip().startswith("=")
