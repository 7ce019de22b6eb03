"""Reads the table: what each person is answered, address by address."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.authorisation.world import WHO, World

TABLE = Path(__file__).with_name("matrix.yaml")
SIGN_IN = ("/accounts/login/", "/admin/login/")
API = "/api/v1/"


@dataclass(frozen=True)
class Row:
    """`cells`: for each of WHO `+`, `in`, a status or a redirect; `answer`: what those get who may."""

    method: str
    address: str
    cells: tuple[str, ...]
    answer: str
    sends: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def is_api(self) -> bool:
        return self.address.startswith(API)

    def expected(self, world: World) -> dict[str, str]:
        """By person: a status, or `>` and where the redirect leads."""
        return {who: self._expected(cell, world) for who, cell in zip(WHO, self.cells, strict=True)}

    def _expected(self, cell: str, world: World) -> str:
        if cell == "in":
            return "401" if self.is_api else "in"
        return str(world.fill(self.answer if cell == "+" else cell))


def said(response: Any, expected: str) -> str:
    """What a response says in the words of the table; a redirect may lead further than expected."""
    place = response.headers.get("Location", "")
    if not place or expected == str(response.status_code):
        return str(response.status_code)
    if expected.startswith(">") and place.startswith(expected[1:]):
        return expected
    return "in" if place.startswith(SIGN_IN) else f">{place}"


@cache
def rows() -> list[Row]:
    whole = yaml.load(TABLE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    audiences = {name: tuple(cells.split()) for name, cells in whole.pop("audiences").items()}
    found = []
    for section in whole.values():
        for what, said_of_it in section.items():
            method, _, address = what.partition(" ")
            said_of_it = said_of_it if isinstance(said_of_it, dict) else {"who": said_of_it}
            audience, _, answer = said_of_it["who"].partition(" ")
            sends = said_of_it.get("sends", {})
            found.append(Row(method, address, audiences[audience], answer or "200", sends))
    return found
