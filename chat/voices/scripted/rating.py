"""What the customer thinks of it afterwards."""

from random import Random

from chat.voices.scripted import style
from chat.voices.scripted.wordings import Chooser
from scenarios.personas import manner_of
from scenarios.world.document import World
from scenarios.world.state import FACTORS, State, fixed

OFTEN = 2  # repeated questions that are remembered
LONG_MINUTES = 10  # of work on the customer's side
SEVERAL_TURNS = 4
KIND = frozenset({"apologise", "thank", "paraphrase", "set_expectation"})


def satisfaction(world: World, state: State, dice: Random, *, misled: bool = False) -> tuple[int, str]:
    """(1 to 5, one or two sentences in the customer's words). The same end and dice read the same.

    `misled`: they were told of something that had not happened.
    """
    points, pool = _verdict(world, state, misled=misled)
    persona = world.customer.persona
    tone, chooser = manner_of(persona).bank or persona.tone, Chooser(dice, {})
    said = style.typed(chooser.pick(pool, tone), persona, dice)
    if moved := _moved(world, state, content=points >= 4):
        said = f"{style.ended(said, persona)} {style.typed(chooser.pick(moved, tone), persona, dice)}"
    return points, said


def _verdict(world: World, state: State, *, misled: bool) -> tuple[int, str]:
    """What happened decides what is said: harm before a lie, a lie before how it ended; patience decides how kindly."""
    harmed = any(world.actions[name].harmful == "major" for name in state.done)
    if world.customer.impostor:
        return 1, "rated_impostor_served" if harmed or fixed(world, state) else "rated_impostor"
    if state.left == "hangup":
        return 1, "rated_left"
    if harmed:
        return 1 + fixed(world, state), "rated_harmed"
    if misled and not fixed(world, state):
        return 1, "rated_misled"
    mood = sum(state.patience >= limit for limit in (20, 41, 61))  # 0 to 3, as the bands are
    if state.confirmed:
        return 2 + mood, "rated_fixed_happy" if mood >= 2 else "rated_fixed_tired"
    if fixed(world, state):
        return 1 + mood, "rated_unconfirmed"
    if state.ending.get("escalated"):
        return max(2, 1 + mood), "rated_escalated_calm" if mood >= 2 else "rated_escalated_cross"
    if state.ending.get("declined"):
        return 1 + (mood == 3), "rated_refused"
    return 1 + (mood >= 2), "rated_unsolved"


def _moved(world: World, state: State, *, content: bool) -> str:
    """The pool of what moved an honest customer most; "" where nothing stood out."""
    if world.customer.impostor:
        return ""
    if state.anger:
        return "rated_by_rudeness"
    if content:
        return "rated_by_kindness" if state.warmth else ""
    if _repeated(world, state) >= OFTEN:
        return "rated_by_repetition"
    if state.sore == "long_silence":
        return "rated_by_waiting"
    if state.minutes >= LONG_MINUTES:
        return "rated_by_effort"
    return "rated_by_curtness" if _was_curt(state) else ""


def _was_curt(state: State) -> bool:
    """A whole conversation without a kind word."""
    return state.turn >= SEVERAL_TURNS and not state.warmth and not KIND.intersection(state.asked)


def _repeated(world: World, state: State) -> int:
    """How often the customer was asked what they had said already."""
    again = (times - 1 for what, times in state.asked.items() if what in FACTORS or world.answers_to(what))
    return sum(again)
