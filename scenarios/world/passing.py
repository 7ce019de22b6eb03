"""What time brings by itself: effects that took a while, beats of the story, a customer who has waited too long."""

from scenarios.world.document import Conditions, World
from scenarios.world.state import State, fixed, holds
from scenarios.world.turn import Turn

SILENCES = 2  # so many times the usual reply, and the customer has waited too long


def pass_time(turn: Turn) -> None:
    """Brings about all that came due since the last turn, in the order of its time."""
    while due := _next(turn.world, turn.state, minute(turn.state, turn.at)):
        _, kind, name = due
        if kind == "effect":
            _make_true(turn, turn.state.due.pop(int(name))["set"])
        else:
            _play(turn, name)


def minute(state: State, at: float) -> float:
    """Minutes into the ticket: the wall's and those that actions charged."""
    return at / 60 + state.minutes


def next_event(world: World, state: State) -> float | None:
    """When the customer does something without being spoken to, in seconds from the start; None: never."""
    if state.left:
        return None
    beats = [beat.minute for name, beat in world.beats.items() if beat.say and name not in state.happened]
    moments = [max(0.0, (beat - state.minutes) * 60) for beat in beats]
    if not (state.nudged or state.confirmed):
        moments.append(impatient_at(world, state))
    return min(moments, default=None)


def impatient_at(world: World, state: State) -> float:
    """From when on the customer has waited too long for a word, in seconds from the start."""
    return max(state.heard_s, state.held_s) + SILENCES * world.time.reply_s


def tell_news(turn: Turn) -> None:
    """What happened on the customer's side while nobody asked; it matters no more once the trouble is over."""
    if not turn.state.confirmed:
        for name in turn.state.news:
            turn.say("beat", name, turn.world.beats[name].say or "")
    turn.state.news = []


def _next(world: World, state: State, now: float) -> tuple[float, str, str] | None:
    """(minute, kind, name) of the earliest that is due."""
    effects = [(float(waiting["at"]), "effect", str(i)) for i, waiting in enumerate(state.due)]
    beats = [(float(b.minute), "beat", name) for name, b in world.beats.items() if name not in state.happened]
    return min((each for each in (*effects, *beats) if each[0] <= now), default=None)


def _play(turn: Turn, name: str) -> None:
    beat = turn.world.beats[name]
    turn.state.happened.append(name)
    if not holds(turn.world, turn.state, beat.when):
        return
    turn.log("beat", beat=name)
    _make_true(turn, beat.set)
    if beat.say:
        turn.state.news.append(name)


def _make_true(turn: Turn, changes: Conditions) -> None:
    was_fixed = fixed(turn.world, turn.state)
    turn.state.vars.update(changes)
    if fixed(turn.world, turn.state) and not was_fixed:
        turn.log("fixed", action="")
