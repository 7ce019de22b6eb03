"""No address without a row: what can be called is what the tables speak of."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver
from django.views.generic import RedirectView
from django.views.generic.edit import ProcessFormView

from tests.authorisation.table import Row, rows
from tests.authorisation.world import WHO, World

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OBJECT = "<path:object_id>/"
OF_A_MODEL = ("", "add/", OBJECT, *(f"{OBJECT}{page}/" for page in ("change", "delete", "history")))


def routes(resolver: URLResolver, start: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each as `resolve` names it, with what answers it."""
    for each in resolver.url_patterns:
        route = start + str(each.pattern).removeprefix("^" if start else "")
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route, each


def of_models() -> set[str]:
    """administration.yaml speaks of these."""
    models = (model._meta for model in admin.site._registry)
    return {f"admin/{each.app_label}/{each.model_name}/{page}" for each in models for page in OF_A_MODEL}


def route_of(row: Row, world: World) -> str:
    """Raises Resolver404 for a row of nothing."""
    return resolve(world.fill(row.address).partition("?")[0]).route


def methods_of(view: Any, known: dict[str, Row], ask: Callable[..., Any]) -> set[str]:
    """What it answers otherwise than with 405 and no row knows; classes say it themselves."""
    unknown = set(METHODS) - set(known)
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind is None:
        row = next(iter(known.values()))
        who = next((who for who, cell in zip(WHO, row.cells, strict=True) if cell == "+"), "owner")
        return {method for method in unknown if ask(who, method, row.address).status_code != 405}
    if issubclass(kind, RedirectView):
        return unknown & {"GET"}
    if issubclass(kind, ProcessFormView):
        unknown -= {"PUT"}  # there it is POST again
    return {method for method in unknown if hasattr(kind, method.lower())}


def test_every_route_and_every_method_has_a_row(
    world: World, doors: dict[str, Any], ask: Callable[..., Any]
) -> None:
    spoken: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows():
        spoken[route_of(row, world)][row.method] = row
    missing: list[str] = []
    answering = dict(reversed(list(routes(get_resolver()))))  # of two for one route the first answers
    for route in answering.keys() - of_models():
        known = spoken[route]
        if not known or route.startswith("admin/"):
            missing += [] if known else [route]
            continue
        missing += [
            f"{method} {route}" for method in sorted(methods_of(answering[route].callback, known, ask))
        ]
    assert not missing, "\n".join(sorted(missing))
