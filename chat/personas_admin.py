"""The personas in the admin: who they are, how they sound, who casts them. They are files, so there is nothing to edit."""

from dataclasses import dataclass
from random import Random
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chat.voices.scripted import speak
from scenarios.models import Scenario, world_of
from scenarios.personas import cast, manner_of, personas
from scenarios.world.document import Customer, World
from scenarios.world.state import opening_state
from scenarios.world.turn import Move

CROSS = 30  # patience of somebody who pushes


@dataclass(frozen=True)
class Sheet:
    """One persona as the page shows it."""

    name: str
    customer: Customer
    typing: str
    lines: list[str]
    scenarios: list[Scenario]

    @property
    def title(self) -> str:
        return self.name.replace("-", " ").capitalize()


def personas_page(request: HttpRequest) -> HttpResponse:
    """Every persona with five lines in one scenario, the first of the catalogue."""
    if not request.user.has_perm("scenarios.view_scenario"):  # type: ignore[union-attr]
        raise PermissionDenied
    published = list(Scenario.objects.published().select_related("current_version").in_learning_order())
    sample = published[0] if published else None
    context = {
        **admin.site.each_context(request),
        "title": _("Personas"),
        "sheets": [_sheet(name, sample, published) for name in personas()],
        "sample": sample,
    }
    return render(request, "admin/scenarios/personas.html", context)


def sample_lines(world: World, name: str) -> list[str]:
    """A greeting, an answer, a gap, a push and a success, as this persona would say them there."""
    world = world.model_copy(update={"customer": customer_of(name, world.customer.name)})
    fact = next((n for n, each in world.facts.items() if each.holder == "customer"), "")
    moves = {
        "greet": (Move("greet"), 100),
        "answer": (Move("answer", fact, world.facts[fact].say) if fact else Move("ok"), 100),
        "deny": (Move("deny"), 100),
        "push": (Move("push"), CROSS),
        "works": (Move("works"), 100),
    }
    state = opening_state(world)
    lines = []
    for kind, (move, state.patience) in moves.items():
        said, state.wordings = speak(world, state, [move], Random(f"{name}:{kind}"))
        lines.append(" ".join(said))
    return lines


def customer_of(name: str, called: str) -> Customer:
    return Customer.model_validate(cast({"name": called, "persona": name}))


def _sheet(name: str, sample: Scenario | None, published: list[Scenario]) -> Sheet:
    customer = customer_of(name, _("Somebody"))
    return Sheet(
        name,
        customer,
        manner_of(customer.persona).typing,
        sample_lines(world_of(sample.current_version_id), name)
        if sample and sample.current_version_id
        else [],
        [scenario for scenario in published if _casts(scenario, name)],
    )


def _casts(scenario: Scenario, name: str) -> bool:
    """Whether the document's customer, as usual or in a variant, is like this persona."""
    assert scenario.current_version
    document: dict[str, Any] = scenario.current_version.document
    customers = [
        document["customer"],
        *(v.get("customer", {}) for v in document.get("variants", {}).values()),
    ]
    return any(_like(customer.get("persona")) == name for customer in customers)


def _like(persona: Any) -> str:
    return str(persona.get("like", "")) if isinstance(persona, dict) else str(persona)
