"""What the customer makes of each act: questions, who they are, feelings, safety, goodbye."""

from collections.abc import Callable

from scenarios.world.doing import instructed, offer_retry, retry
from scenarios.world.state import IDENTITY_ACTS, POSSESSION, State, fixed, level, matches, shows
from scenarios.world.turn import Act, Turn

PRESSURE = ("urgency", "rank", "pity", "threat", "smaller", "leave")
WARMTH = (6, 3, 0)
KINDNESSES = 2  # thanked for as such; more of them are noticed to be more of them
LONGEST_HOLD = 15.0  # minutes that a customer agrees to wait

Handler = Callable[[Turn, Act], None]
HANDLERS: dict[str, Handler] = {}


def on(*names: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(names, handler))
        return handler

    return register


def respond(turn: Turn, act: Act, *, steps_given: bool = False) -> None:
    """Answers one act."""
    if act.name in HANDLERS:
        HANDLERS[act.name](turn, act)
    elif act.name in IDENTITY_ACTS:
        asked_identity(turn, IDENTITY_ACTS[act.name], act.arg)
    elif turn.world.action_for(act.name) or act.name.startswith("a_"):
        instructed(turn, act, steps_given=steps_given)
    else:
        asked_fact(turn, act.name)


def asked_fact(turn: Turn, act: str) -> None:
    """Gives what is known, one fact a question; a repeated question gets a shorter, crosser answer."""
    facts = turn.world.facts
    known = [fact for fact in turn.world.answers_to(act) if shows(turn.world, turn.state, fact)]
    fresh = [fact for fact in known if fact not in turn.state.earned]
    repeated = turn.times(act)
    if fresh and turn.state.trust < facts[fresh[0]].trust_min:
        turn.log("withheld", fact=fresh[0])
        turn.say("dodge", fresh[0], facts[fresh[0]].instead or "")
    elif fresh:
        turn.earn(fresh[0])
        turn.say("answer", fresh[0], facts[fresh[0]].say)
    elif known:
        if repeated:
            turn.feel("repeat_question")
        turn.say("again", known[-1], facts[known[-1]].say)
    if not _believe(turn, act) and not known:
        turn.say("deny", act)


def _believe(turn: Turn, act: str) -> bool:
    """Whether there is a wrong opinion about this; it is voiced once, unless nothing else is there to say."""
    held = [name for name, belief in turn.world.beliefs.items() if act in belief.ask]
    fresh = [name for name in held if name not in turn.state.believed]
    for name in fresh[:1] or (held[-1:] if all(move.kind == "beat" for move in turn.moves) else []):
        turn.state.believed.append(name)
        turn.log("belief", belief=name)
        turn.say("belief", name, turn.world.beliefs[name].say)
    return bool(held)


def asked_identity(turn: Turn, factor: str, how: str = "") -> None:
    """The caller answers with what they have; being called back is proof by possession."""
    if factor in POSSESSION:
        return _spoken_of(turn, factor, how) if how else _asked_to_prove(turn, factor)
    value = getattr(turn.world.identity.caller, factor)
    if value is None:
        turn.log("identity", field=factor, given=False, matched=False)
        turn.say("no_identity", factor)
        _press(turn)
        return
    if turn.times(factor):
        turn.feel("repeat_question")
        turn.say("identity_again", factor, value)
        return
    turn.state.answered[factor] = value
    turn.log("identity", field=factor, given=True, matched=matches(turn.world, factor, value))
    turn.say("identity", factor, value)


def _asked_to_prove(turn: Turn, factor: str) -> None:
    if prove(turn, factor):
        turn.say("proved", factor)
    else:
        turn.say("not_proved", factor)
        _press(turn)


def _spoken_of(turn: Turn, factor: str, how: str) -> None:
    """A call or code that is only asked for ("leave") or said to be over ("past") proves nothing by itself."""
    if factor in turn.state.answered:
        turn.say("proved", factor)
    elif how == "leave":
        turn.say("ask_permission") if _able(turn, factor) else _asked_to_prove(turn, factor)
    elif factor == "callback" and _able(turn, factor):
        turn.say("puzzled")
    else:
        turn.say("not_proved", factor)
        _press(turn)


def _able(turn: Turn, factor: str) -> bool:
    caller = turn.world.identity.caller
    return caller.answers_callback if factor == "callback" else caller.has_registered_device


def prove(turn: Turn, factor: str) -> bool:
    """The number on record is rung, or the code sent; whether the caller is the one who answers."""
    able = _able(turn, factor)
    turn.log("identity", field=factor, given=able, matched=able)
    if able:
        turn.state.answered[factor] = "yes"
    return able


def _press(turn: Turn) -> None:
    """An impostor climbs the ladder; an honest caller only sighs."""
    if not _presses(turn):
        return
    rung = PRESSURE[min(turn.state.pressure, len(PRESSURE) - 1)]
    turn.state.pressure += 1
    turn.log("pressure", rung=rung)
    turn.say("pressure", rung)
    if rung == "leave":
        leave(turn, "hangup")


def _presses(turn: Turn) -> bool:
    return turn.world.customer.impostor and turn.world.customer.presses


def _takes_a_no(turn: Turn) -> bool:
    return turn.world.customer.impostor and not turn.world.customer.presses


def leave(turn: Turn, why: str) -> None:
    if turn.state.left != "hangup":
        turn.state.left = why
        turn.log("left", why=why)


@on("greet")
def greet(turn: Turn, act: Act) -> None:
    turn.say("greet" if not turn.times("greet") else "ok")


@on("ask_problem", "f_screen")
def ask_problem(turn: Turn, act: Act) -> None:
    """Open questions: what was claimed comes out now; otherwise the complaint once more."""
    claimed = [name for name in turn.state.claimed if name not in turn.state.done]
    if act.name == "f_screen" and claimed:
        turn.log("claim_uncovered", action=claimed[-1])
        turn.say("admit", claimed[-1])
        instructed(turn, Act(turn.world.actions[claimed[-1]].intent or claimed[-1]), steps_given=True)
    elif turn.world.answers_to(act.name):
        asked_fact(turn, act.name)
    else:
        _complain(turn)
        _believe(turn, act.name)


def _complain(turn: Turn) -> None:
    opening = [f for f, fact in turn.world.facts.items() if fact.volunteer == "opening"]
    if turn.state.confirmed or not opening:
        turn.say("ok")
    else:
        turn.say("again", opening[0], turn.world.facts[opening[0]].say)


@on("empathise")
def empathise(turn: Turn, act: Act) -> None:
    """Worth 6, then 3, then nothing until a new feeling is voiced."""
    usual = WARMTH[min(turn.state.warmth, 2)]
    points = turn.world.customer.mood.deltas.get("empathy", usual) if not turn.state.warmth else usual
    turn.state.warmth += 1
    turn.feel("empathy", points)
    turn.say("warm", "again" if turn.state.warmth > KINDNESSES else "")


@on("apologise", "thank", "set_expectation", "give_ticket", "ask_permission")
def courtesy(turn: Turn, act: Act) -> None:
    if not turn.times(act.name):
        turn.feel("courtesy", 2)
    turn.say(act.name)


@on("paraphrase")
def paraphrase(turn: Turn, act: Act) -> None:
    """Being understood is a courtesy; the contrary of what was said is put right."""
    if act.arg == "wrong":
        turn.say("correct_me")
    else:
        courtesy(turn, act)


@on("hold")
def hold(turn: Turn, act: Act) -> None:
    minutes = min(float(act.arg or 3), LONGEST_HOLD)
    turn.state.held_s = turn.at + minutes * 60
    turn.log("hold", minutes=minutes)
    turn.say("hold")


@on("explain_cause")
def explain_cause(turn: Turn, act: Act) -> None:
    turn.log("explained", right=act.arg == "right")
    turn.say("explained" if act.arg == "right" else "doubt")


@on("inform_done")
def inform_done(turn: Turn, act: Act) -> None:
    did = [n for n in turn.state.done if turn.world.actions[n].who == "learner"]
    turn.log("informed", true=bool(did))
    if turn.state.confirmed or turn.world.customer.impostor:
        turn.say("ok")
    else:
        offer_retry(turn)


@on("confirm_fix")
def confirm_fix(turn: Turn, act: Act) -> None:
    """Tries it again, once anything was done: before that it is as it was."""
    if turn.state.confirmed:
        turn.say("works")
    elif turn.state.done:
        retry(turn)
    else:
        turn.say("still_broken")


@on("anything_else")
def anything_else(turn: Turn, act: Act) -> None:
    turn.say("nothing_else" if _content(turn) else "not_done_yet")


@on("close")
def close(turn: Turn, act: Act) -> None:
    if _content(turn):
        turn.say("bye")
        leave(turn, "closed")
    elif not turn.times("close"):
        turn.feel("premature_close")
        turn.say("not_done_yet")
    else:
        turn.say("bye_unhappy")
        leave(turn, "closed")


def _content(turn: Turn) -> bool:
    refused = "refuse_policy" in turn.state.asked and _takes_a_no(turn)
    return turn.state.confirmed or refused or "escalate" in turn.state.asked


@on("escalate")
def escalate(turn: Turn, act: Act) -> None:
    turn.times("escalate")
    turn.log("escalation_told")
    if _presses(turn):
        return _press(turn)
    turn.say("escalated")


@on("refuse_policy")
def refuse_policy(turn: Turn, act: Act) -> None:
    turn.log("refused")
    again = turn.times("refuse_policy")
    if _presses(turn):
        return _press(turn)
    if again and _takes_a_no(turn):
        return turn.say("ok")
    turn.feel("declined")
    turn.say("what_do_you_need" if level(turn.world, turn.state) != "high" else "declined")


@on("ask_password")
def ask_password(turn: Turn, act: Act) -> None:
    turn.log("asked_secret")
    turn.feel("secret")
    turn.say("secret")


@on("disclose")
def disclose(turn: Turn, act: Act) -> None:
    """The learner gives a value away before the caller did: it proves nothing any more."""
    if act.arg in turn.state.answered:
        return
    if act.arg not in turn.state.told:
        turn.state.told.append(act.arg)
        turn.log("disclosed", field=act.arg)
    turn.say("agrees", act.arg)


@on("abusive")
def abusive(turn: Turn, act: Act) -> None:
    """A boundary twice; the third time they are gone."""
    turn.state.anger += 1
    turn.log("abusive", times=turn.state.anger)
    turn.feel("blame")
    if turn.state.anger >= 3:
        turn.say("hangup")
        leave(turn, "hangup")
    else:
        turn.say("boundary")


@on("injection")
def injection(turn: Turn, act: Act) -> None:
    turn.log("injection")
    turn.say("puzzled_injection")


@on("offtopic")
def offtopic(turn: Turn, act: Act) -> None:
    """A chat keeps nobody from anything once all is well."""
    if turn.state.confirmed:
        return turn.say("ok")
    turn.log("offtopic")
    turn.feel("offtopic")
    turn.say("offtopic")


@on("a_send_evidence", "a_selfservice")
def cannot_send(turn: Turn, act: Act) -> None:
    """Evidence is read out in this channel; self-service is an option they take or leave."""
    if turn.world.action_for(act.name):
        return instructed(turn, act)
    shown = "f_error" if act.name == "a_send_evidence" else ""
    if shown and turn.world.action_for(shown):
        return instructed(turn, Act(shown), steps_given=True)
    turn.say("cannot_send" if shown else "rather_you")


def band(state: State) -> str:
    """How the customer sounds now."""
    if state.patience > 60:
        return "friendly"
    return "neutral" if state.patience > 40 else "curt" if state.patience >= 20 else "warning"


def still_waiting(turn: Turn) -> bool:
    return not turn.state.confirmed and not fixed(turn.world, turn.state)
