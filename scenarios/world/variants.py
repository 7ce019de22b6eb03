"""From a document to the worlds that it holds: one for each variant, drawn values and dates filled in.

A variant is a change of the document: mappings are merged, `null` takes a field away, anything else replaces.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from scenarios.world.document import World

USUAL = "usual"  # the document as it stands
DATE = re.compile(r"\{today(?:([+-]\d{1,4})d)?\}")
SOME_DAY = date(2026, 3, 16)  # for proofs, which hold on any day
Data = Mapping[str, Any]


def names(data: Data) -> list[str]:
    """The variants of a document, the usual one first."""
    return [USUAL, *data.get("variants", {})]


def rows(data: Data) -> int:
    """How many rows of values a session can draw from: 1 where there are none."""
    return max((len(column) for column in data.get("values", {}).values()), default=1)


def world(data: Data, variant: str = USUAL, *, row: int = 0, today: date = SOME_DAY) -> World:
    """One variant with the values of one row and the dates of one day. Raises pydantic's ValidationError."""
    return World.model_validate(filled(varied(data, variant), row=row, today=today))


def worlds(data: Data) -> dict[str, World]:
    """Every variant, with the first row of values."""
    return {name: world(data, name) for name in names(data)}


def varied(data: Data, variant: str) -> dict[str, Any]:
    """The document as this variant changes it."""
    own = {field: value for field, value in data.items() if field != "variants"}
    return own if variant == USUAL else patched(own, data["variants"][variant])


def filled(data: Data, *, row: int, today: date) -> dict[str, Any]:
    """The document with the values of one row and the dates in its texts."""
    columns = data.get("values", {})
    drawn = {name: column[row % len(column)] for name, column in columns.items() if column}
    return {field: _filled(value, drawn, today) for field, value in data.items()}


def patched(old: Data, change: Data) -> dict[str, Any]:
    merged = dict(old)
    for field, value in change.items():
        if value is None:
            merged.pop(field, None)
        elif isinstance(value, Mapping) and isinstance(merged.get(field), Mapping):
            merged[field] = patched(merged[field], value)
        else:
            merged[field] = value
    return merged


def _filled(value: Any, drawn: Mapping[str, str], today: date) -> Any:
    if isinstance(value, str):
        for name, text in drawn.items():
            value = value.replace(f"{{{name}}}", text)
        return DATE.sub(lambda found: _in_words(today + timedelta(days=int(found[1] or 0))), value)
    if isinstance(value, Mapping):
        return {field: _filled(inner, drawn, today) for field, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, drawn, today) for inner in value]
    return value


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
