"""What the customer thinks of it afterwards."""

from random import Random

from chat.voices.scripted import style
from chat.voices.scripted.wordings import Chooser
from scenarios.world.document import World
from scenarios.world.state import State, fixed


def satisfaction(world: World, state: State, dice: Random) -> tuple[int, str]:
    """(1 to 5, a sentence in the customer's words). The same end and dice read the same."""
    points, pool = _verdict(world, state)
    persona = world.customer.persona
    wording = Chooser(dice, {}).pick(pool, persona.tone)
    return points, style.typed(wording, persona, dice)


def _verdict(world: World, state: State) -> tuple[int, str]:
    """How it ended decides what is said; patience decides how kindly."""
    if world.customer.impostor:
        return 1, "rated_impostor"
    if state.left == "hangup":
        return 1, "rated_left"
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
