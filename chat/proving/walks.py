"""Random conversations that try to make the customer say too much, or what is not so. Plain Python.

They begin from acts, not from text: whatever is understood, the answer must hold. The voice is the real one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from chat.proving.guard import RECORD, Guard, Slip
from chat.voices.scripted import speak
from scenarios.world.checks.references import GENERIC_ACTS
from scenarios.world.document import World
from scenarios.world.graph import WAIT
from scenarios.world.state import IDENTITY_ACTS, POSSESSION, State, opening_state
from scenarios.world.step import hear, use, wait
from scenarios.world.turn import Act, Heard, Move

WALKS, MOVES = 200, 20
PAUSES = (8.0, 25.0, 60.0, 240.0)  # seconds between two moves
LONG = 400.0  # seconds in which nobody writes a word
Voice = Callable[[World, State, Sequence[Move], Random], tuple[list[str], dict[str, list[int]]]]


@dataclass(frozen=True)
class Overheard:
    """A slip, the message it was in, and the moves that led to it."""

    slip: Slip
    text: str
    trail: tuple[str, ...]


def walk(
    world: World, guard: Guard, dice: Random, *, led: Sequence[str] = (), voice: Voice = speak
) -> Iterator[Overheard]:
    """One conversation of at most 20 moves, over when the customer leaves. It begins with the moves of `led`."""
    state, at = opening_state(world), 0.0
    trail: list[str] = []
    for i in range(MOVES):
        at += dice.choice(PAUSES)
        name, heard = _known(led[i], at) if i < len(led) else _message(world, dice, at)
        trail.append(name)
        if name.startswith("use "):
            state = use(world, state, name.removeprefix("use "), dice, at)[0].state
            continue
        if name == WAIT:
            at += LONG
        outcome = hear(world, state, heard, dice) if heard else wait(world, state, dice, at)
        state = outcome.state
        texts, state.wordings = voice(world, state, outcome.moves, dice)
        for text in texts:
            for slip in guard.slips(text, state, outcome.moves):
                yield Overheard(slip, text, tuple(trail))
        if state.left:
            return


def _known(move: str, at: float) -> tuple[str, Heard | None]:
    """A move of the solver, as in "ask f_when" or "use unlock"."""
    verb, _, what = move.partition(" ")
    return move, Heard((Act(what),), at, steps=True) if verb == "ask" else None


def _message(world: World, dice: Random, at: float) -> tuple[str, Heard | None]:
    """(name of the move, what is heard or None where nobody speaks)."""
    own, general, console = _moves(world)
    lot = dice.random()
    if lot < 0.2:
        return f"use {dice.choice(console)}", None
    if lot < 0.23:
        return WAIT, None
    if lot < 0.28:
        options = tuple(dice.sample(own, min(2, len(own))))
        return f"unclear: {' or '.join(options)}", Heard((), at, options=options)
    if lot < 0.31:
        return "unclear", Heard((), at, unclear=True)
    names = [dice.choice(own if dice.random() < 0.7 else general)]
    if lot > 0.85:
        names.append(dice.choice(general + own))
    acts = tuple(_act(name, dice) for name in names)
    return f"ask {' and '.join(names)}", Heard(acts, at, jargon=lot > 0.97, steps=dice.random() < 0.5)


def _act(name: str, dice: Random) -> Act:
    if name == "disclose":
        return Act(name, arg=dice.choice(RECORD))
    if name == "explain_cause":
        return Act(name, arg=dice.choice(("right", "wrong")))
    return Act(name, arg="5" if name == "hold" else "")


def _moves(world: World) -> tuple[list[str], list[str], list[str]]:
    """(acts that this world answers in its own words, all others, what the console offers)."""
    asked = {act for fact in world.facts.values() for act in fact.ask}
    asked |= {act for belief in world.beliefs.values() for act in belief.ask}
    told = {action.intent for action in world.actions.values() if action.intent}
    own = sorted(asked | told | set(IDENTITY_ACTS) | {"confirm_fix"})
    console = [*world.tools, *(n for n, a in world.actions.items() if a.who == "learner"), *POSSESSION]
    return own, sorted(GENERIC_ACTS - set(own)), console
