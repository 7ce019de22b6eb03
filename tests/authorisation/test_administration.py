"""The pages of every model in the administration × everybody."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory

from tests.authorisation.table import said
from tests.authorisation.world import WHO, World

pytestmark = pytest.mark.django_db
TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("administration.yaml").read_text("utf-8")
)
STAFF = ("trainer", "admin")
# Page, with what is sent to it, and the right that it needs.
PAGES = {
    ("GET", ""): "view",
    ("GET", "add/"): "add",
    ("POST", "add/"): "add",
    ("GET", "{pk}/"): "",
    ("GET", "{pk}/change/"): "view",
    ("POST", "{pk}/change/"): "change",
    ("GET", "{pk}/history/"): "view",
    ("GET", "{pk}/delete/"): "delete",
    ("POST", "{pk}/delete/"): "delete",
}


@pytest.mark.parametrize("name", TABLE)
def test_a_model_is_open_as_the_table_says(name: str, world: World, ask: Callable[..., Any]) -> None:
    model = apps.get_model(name)
    row = model._default_manager.first()
    assert row is not None, "there is something to be refused"
    start = f"/admin/{name.replace('.', '/')}/"
    wrong = []
    for (method, page), right in PAGES.items():
        for who in WHO:
            answer = said(ask(who, method, start + page.format(pk=row.pk)), "in")
            if not _fits(answer, who, right, TABLE[name]):
                wrong.append((who, method, page, answer))
    assert not wrong


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if "actions" in row])
def test_actions_need_their_right(name: str, world: World, ask: Callable[..., Any]) -> None:
    model = apps.get_model(name)
    start, one = f"/admin/{name.replace('.', '/')}/", model._default_manager.values_list("pk", flat=True)[0]
    for action, right in TABLE[name]["actions"].items():
        for who in WHO:
            sends = {"action": action, "_selected_action": str(one), "index": "0"}
            answer = said(ask(who, "POST", start, sends), "in")
            assert _fits(answer, who, right, TABLE[name]), (who, action, answer)


def _fits(answer: str, who: str, right: str, row: dict[str, Any]) -> bool:
    if who not in STAFF:
        return answer == "in"
    may = not right or right in row.get(who, "").split()
    return answer == "403" if not may else answer == "200" or answer.startswith(">/admin/")


def test_every_model_and_every_action_has_a_row(world: World) -> None:
    request = RequestFactory().get("/admin/")
    request.user = world.people["admin"]
    registered = {model._meta.label_lower: each for model, each in admin.site._registry.items()}
    assert sorted(registered) == sorted(TABLE)
    for name, each in registered.items():
        offered = {action for action in each.get_actions(request) if action != "delete_selected"}
        assert offered == set(TABLE[name].get("actions", {})), name
