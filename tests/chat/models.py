"""A model in a test: its endpoint on this machine, and turns to put into words."""

from collections.abc import Iterator
from random import Random

from chat.customer.library import phrases
from chat.proving.guard import Guard
from chat.proving.walks import _act, _moves
from chat.voices.model import Line, Place, Plan, ReplyGuard
from chat.voices.scripted import speak
from scenarios.world.document import World
from scenarios.world.state import opening_state
from scenarios.world.step import hear
from scenarios.world.turn import Heard

MODEL = "played-1"


def place_of(url: str, **changes) -> Place:
    return Place(
        **{"base_url": url, "api_key": "a-key", "model": MODEL, "temperature": 0.7, "stream": False} | changes
    )


def use(settings, url: str) -> None:
    settings.HAS_MODEL, settings.CUSTOMER_VOICE = True, "model"
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY, settings.OPENAI_MODEL = url, "a-key", MODEL


def guard_of(world: World) -> ReplyGuard:
    return ReplyGuard(Guard(world))


def turns_in(
    world: World, dice: Random, *, most: int = 10, said: str = ""
) -> Iterator[tuple[Plan, list[Line]]]:
    """A conversation from acts, as the scripted voice has it: each turn's plan and what was said before it.

    `said`: what the analyst types each time, else one of the phrases for the act.
    """
    state, at, lines = opening_state(world), 0.0, [Line("customer", world.ticket.opening)]
    own, general, _console = _moves(world)
    for _ in range(most):
        name = dice.choice(own if dice.random() < 0.7 else general)
        examples = [*world.nlu.extra_phrases.get(name, []), *phrases().get(name, [])] or ["ok"]
        lines.append(Line("analyst", said or str(dice.choice(examples))))
        at += 20
        outcome = hear(world, state, Heard((_act(name, dice),), at, steps=dice.random() < 0.5), dice)
        state = outcome.state
        texts, state.wordings = speak(world, state, outcome.moves, dice)
        if not texts:
            return
        yield Plan(world, state, outcome.moves, tuple(texts)), list(lines)
        lines += [Line("customer", text) for text in texts]
        if state.left:
            return
