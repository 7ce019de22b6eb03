"""`manage.py check_model`: what the configured endpoint can do, how long it takes, and how it sounds."""

import asyncio
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chat.proving.guard import Guard
from chat.services import place
from chat.voices.model import Line, Place, Plan, ReplyGuard, Wording, habits_of, hang_up, word
from chat.voices.scripted import speak
from scenarios.models import Scenario
from scenarios.world.document import World
from scenarios.world.state import opening_state
from scenarios.world.step import hear
from scenarios.world.turn import Act, Heard

MISSING = (
    "No model is set up. Set OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL (docs/operators.md says how)."
)
SAMPLES = (
    ("Good morning, this is the service desk. How can I help?", Act("greet")),
    ("Could you give me your employee number, please?", Act("id_employee")),
    ("How does this affect your work today?", Act("f_impact")),
)


class Command(BaseCommand):
    help = "Asks the configured model for three replies, as customers would, and tells what it can do."

    def handle(self, *args: Any, **options: Any) -> None:
        endpoint = place()
        if endpoint is None:
            raise CommandError(MISSING)
        scenario = Scenario.objects.published().in_learning_order().first()
        if scenario is None or scenario.current_version is None:
            raise CommandError("There is no scenario to speak of. Run: manage.py prepare")
        print(f"{endpoint.model} at {endpoint.base_url}")
        plans = list(_plans(scenario.current_version.world()))
        taken = asyncio.run(_ask_all(endpoint, plans))
        for (lines, plan), wording in zip(plans, taken, strict=True):
            self._tell(lines[-1].text, plan, wording)
        if not any(wording.texts for wording in taken):
            raise CommandError("No reply could be used: customers would speak in scripted words.")

    def _tell(self, asked: str, plan: Plan, wording: Wording) -> None:
        print(f"\nAnalyst:  {asked}")
        for text in wording.texts or plan.texts:
            print(f"Customer: {text}")
        said = "the model's words" if wording.texts else f"scripted words, because: {wording.cause}"
        print(f"  ({said})")
        for call in wording.calls:
            counted = "" if call.is_counted else " reckoned"
            print(
                f"  {call.result} in {call.seconds:.2f} s by {call.way}, "
                f"{call.tokens_in} and {call.tokens_out} tokens{counted}"
            )


def _plans(world: World) -> Any:
    """(conversation so far, plan) of each sample, one after the other."""
    state, dice = opening_state(world), Random(1)
    lines = [Line("customer", world.ticket.opening)]
    for number, (asked, act) in enumerate(SAMPLES, start=1):
        outcome = hear(world, state, Heard((act,), 20.0 * number), dice)
        state = outcome.state
        texts, state.wordings = speak(world, state, outcome.moves, dice)
        lines = [*lines, Line("analyst", asked)]
        yield lines, Plan(world, state, outcome.moves, tuple(texts))
        lines = [*lines, *(Line("customer", text) for text in texts)]


async def _ask_all(endpoint: Place, plans: list[tuple[list[Line], Plan]]) -> list[Wording]:
    try:
        guard = ReplyGuard(Guard(plans[0][1].world))
        found = [await word(plan, lines, guard, endpoint) for lines, plan in plans]
        print(f"It is asked by: {habits_of(endpoint).way}")
        return found
    finally:
        await hang_up()
