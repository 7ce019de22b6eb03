"""Every address × everybody: what the table says, and nothing without a row."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.authorisation.table import Row, rows, said
from tests.authorisation.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", rows(), ids=str)
def test_each_is_answered_as_the_table_says(row: Row, world: World, ask: Callable[..., Any]) -> None:
    expected = row.expected(world)
    answered = {
        who: said(ask(who, row.method, row.address, row.sends, is_api=row.is_api), cell)
        for who, cell in expected.items()
    }
    wrong = {
        who: f"{answered[who]} instead of {cell}" for who, cell in expected.items() if answered[who] != cell
    }
    assert not wrong, str(wrong)
