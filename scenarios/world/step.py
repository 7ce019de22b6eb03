"""The world's step: acts and console use in, new state, events and a reply plan out. Pure: clock and dice are given."""

from random import Random

from scenarios.world.answering import band, leave, prove, respond, still_waiting
from scenarios.world.document import World
from scenarios.world.doing import operate
from scenarios.world.passing import impatient_at, pass_time, tell_news
from scenarios.world.state import POSSESSION, State, at_least, level
from scenarios.world.turn import Act, Heard, Outcome, Turn

ANSWERS_AT_ONCE = {"short": 2, "medium": 3, "long": 3}
COURTESIES_ANSWERED = 2
SAFETY = ("injection", "abusive", "ask_password", "disclose")
# What the customer need not say a word about when something else was said too.
SMALL = {
    "greet",
    "thank",
    "apologise",
    "empathise",
    "hold",
    "set_expectation",
    "give_ticket",
    "paraphrase",
    "ask_permission",
    "inform_done",
}


def hear(world: World, state: State, heard: Heard, dice: Random) -> Outcome:
    """One turn of the customer: answers what was heard, within what a person takes in at once."""
    turn = Turn.after(world, state, dice, heard.at)
    turn.state.turn += 1
    if turn.state.left:
        turn.say("gone" if turn.state.left == "hangup" else "bye_again")
        return turn.outcome()
    reached = level(world, turn.state)
    pass_time(turn)
    if all(act.name != "close" for act in heard.acts):
        tell_news(turn)
    news = len(turn.moves)
    if turn.state.sore_turn < turn.state.turn - 1:
        turn.state.sore = ""
    _wear(turn, heard)
    clarified, puzzled = turn.state.clarified, turn.state.puzzled
    turn.state.asking, turn.state.clarified, turn.state.puzzled = [], False, False
    _answer_all(turn, heard)
    if len(turn.moves) == news:
        _unanswered(turn, heard, clarified=clarified, puzzled=puzzled)
    _lose_patience(turn)
    if (now := level(world, turn.state)) != reached:
        turn.log("level", level=now)
    turn.state.heard_s, turn.state.nudged = heard.at, False
    return turn.outcome()


def wait(world: World, state: State, dice: Random, at: float) -> Outcome:
    """Nobody says a word: what happens by itself, and a customer who asks once whether anybody is there."""
    turn = Turn.after(world, state, dice, at)
    if turn.state.left:
        return turn.outcome()
    pass_time(turn)
    tell_news(turn)
    if not (turn.state.nudged or turn.state.confirmed) and at >= impatient_at(world, turn.state):
        turn.state.nudged = True
        turn.log("nudge")
        turn.say("still_there")
    return turn.outcome()


def use(world: World, state: State, name: str, dice: Random, at: float) -> tuple[Outcome, str]:
    """The learner's console: a diagnostic, an action, or proof by call-back or code. (outcome, result in words)."""
    turn = Turn.after(world, state, dice, at)
    reached = level(world, turn.state)
    pass_time(turn)
    if name in POSSESSION:
        result = _proof_in_words(turn, name, proved=prove(turn, name))
    else:
        result = operate(turn, name)
    if (now := level(world, turn.state)) != reached:
        turn.log("level", level=now)
    return turn.outcome(), result


def asks_first(world: World, state: State, name: str) -> bool:
    """Whether policy wants more proof than there is for this action (it asks once, never blocks)."""
    action = world.actions.get(name)
    return action is not None and not at_least(level(world, state), action.gate) and name not in state.warned


def _proof_in_words(turn: Turn, factor: str, *, proved: bool) -> str:
    name = turn.world.identity.directory.name
    if factor == "callback":
        number = turn.world.identity.directory.phone_on_file
        if proved:
            return f"You ring {number}, the number on record. {name} answers and confirms this request."
        return f"You ring {number}, the number on record. It rings out; nobody confirms this request."
    if proved:
        return f"The code went to {name}'s enrolled device and was approved."
    return f"The code went to {name}'s enrolled device. It was not approved."


def _wear(turn: Turn, heard: Heard) -> None:
    """What the turn costs before a word is answered: time, silence, jargon."""
    state, mood = turn.state, turn.world.customer.mood
    if mood.decay_per_turn and not state.confirmed:
        turn.feel("decay", -mood.decay_per_turn)
    if heard.at > impatient_at(turn.world, state) and not state.confirmed:
        turn.feel("long_silence")
    if heard.jargon and turn.world.customer.persona.tech == "novice":
        turn.log("jargon")
        turn.feel("jargon")


def _answer_all(turn: Turn, heard: Heard) -> None:
    """Safety first, then questions and one instruction; what is too much at once is put off."""
    acts = sorted(heard.acts, key=lambda act: act.name not in SAFETY)
    courtesies = [act for act in acts if act.name in SMALL]
    speaking = [act for act in acts if act.name not in SMALL]
    for act in courtesies:
        said = len(turn.moves)
        respond(turn, act)
        if speaking or said >= COURTESIES_ANSWERED:
            del turn.moves[said:]
            turn.state.asking = []
    _answer_each(turn, speaking, steps_given=heard.steps)


def _answer_each(turn: Turn, acts: list[Act], *, steps_given: bool) -> None:
    limit, told, asked = ANSWERS_AT_ONCE[turn.world.customer.persona.verbosity], 0, 0
    for act in acts:
        instruction = act.name.startswith("a_") or bool(turn.world.action_for(act.name))
        told += instruction
        asked += not instruction and act.name not in SAFETY
        if told > 1 or asked > limit:
            turn.say("one_thing")
            break
        respond(turn, act, steps_given=steps_given)
        if turn.state.left:
            break


def _unanswered(turn: Turn, heard: Heard, *, clarified: bool, puzzled: bool) -> None:
    """Nothing to act on: asks back with the best guesses, or "sorry?", never twice in a row; else waits."""
    state = turn.state
    if heard.options and not clarified:
        state.asking, state.clarified = list(heard.options), True
        turn.log("clarify", options=list(heard.options))
        turn.say("clarify", options=heard.options)
    elif (heard.options or heard.unclear) and not puzzled:
        state.puzzled = True
        turn.log("not_understood")
        turn.say("puzzled")
    else:
        turn.say("waiting" if still_waiting(turn) else "ok")


def _lose_patience(turn: Turn) -> None:
    """Voices the mood when it turns, warns once, leaves at the end of it."""
    state = turn.state
    if state.left or state.confirmed:
        return
    if state.patience <= turn.world.customer.mood.hangup_at:
        turn.say("hangup")
        leave(turn, "hangup")
        return
    now = band(state)
    if now in ("friendly", "neutral"):
        state.voiced = ""
    elif state.voiced not in (now, "warning"):
        state.voiced = now
        state.warmth = 0  # a new feeling: empathy counts again
        turn.log("feeling", band=now)
        turn.say("push" if now == "curt" else "warn", state.sore)
