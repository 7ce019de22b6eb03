"""What is stored about a person, and its end. Each app says for itself what it keeps of people."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from accounts.models import User

Export = Callable[[User], dict[str, Any]]
Erase = Callable[[User, datetime], None]


class Kept(NamedTuple):
    export: Export
    erase: Erase


_kept: list[Kept] = []


def keeps(*, export: Export, erase: Erase) -> None:
    """To be called by each app when it is ready, lower apps first.

    `export` gives parts of the file by name. `erase` takes a person's words away and leaves numbers without a name.
    """
    _kept.append(Kept(export, erase))


def everything_about(person: User) -> dict[str, Any]:
    return {name: part for kept in _kept for name, part in kept.export(person).items()}


def take_everything_away(person: User, now: datetime) -> None:
    """From the top down: what builds on something goes before it."""
    for kept in reversed(_kept):
        kept.erase(person, now)


def rows(found: QuerySet[Any], *columns: str) -> list[dict[str, Any]]:
    """Rows for the file, each column under its name without the way to it."""
    names = [column.rpartition("__")[2] for column in columns]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in found.values_list(*columns)]


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
