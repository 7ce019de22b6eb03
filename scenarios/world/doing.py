"""Actions: what the customer does when told, and what the learner does in the console."""

from scenarios.world.document import Action, Effect
from scenarios.world.passing import minute
from scenarios.world.state import branch_of, fixed, holds, level, shows, would_work
from scenarios.world.turn import Act, Turn

TECH = ("novice", "intermediate", "advanced")
LONG_MINUTES = 2


def instructed(turn: Turn, act: Act, *, steps_given: bool = False) -> None:
    """The customer is told to do something."""
    state = turn.state
    name = turn.world.action_for(act.name)
    if name is None:
        turn.log("action", action=act.name, who="customer", known=False, changed=False, distractor=True)
        turn.feel("wrong_fix", -3)
        turn.say("no_use", act.name)
        return
    action = turn.world.actions[name]
    state.last = act.name
    if _needs_help(turn, action, name) and not steps_given:
        state.helped.append(name)
        turn.say("ask_help", name, action.help or "")
        return
    if _only_claims(turn, act, name):
        state.claimed.append(name)
        turn.log("claim", action=name)
        turn.say("claim", name)
        return
    if action.cost.minutes > LONG_MINUTES:
        turn.say("agree", name)
    do(turn, name)


def retry(turn: Turn) -> None:
    """The customer tries again what did not work."""
    if turn.world.retry:
        do(turn, turn.world.retry)
    elif fixed(turn.world, turn.state):
        confirm(turn)
        turn.say("works")
    else:
        turn.say("still_broken")


def do(turn: Turn, name: str) -> None:
    """Carries an action out: preconditions, effects, costs, what is seen; says the result."""
    world, state = turn.world, turn.state
    action = world.actions[name]
    was_fixed, would_have = fixed(world, state), would_work(world, state)
    branch, changed = _apply(turn, name, action)
    state.minutes += action.cost.minutes
    if action.cost.patience:
        turn.feel("effort", action.cost.patience)
    seen = [
        f
        for f, fact in world.facts.items()
        if fact.holder == "device" and fact.observe == name and shows(world, state, f)
    ]
    if branch is None:
        turn.say("cannot", name, action.on_pre_fail or "")
        return
    words = branch.say or action.say
    if words:
        turn.say("declines" if action.declines else "result", name, words)
    for fact in seen:
        before = fact in state.earned
        turn.earn(fact)
        turn.say("again" if before else "answer", fact, world.facts[fact].say)
    if not words and not seen:
        turn.say("did", name)
    if action.who == "customer":
        if action.distractor and not changed:
            turn.feel("wrong_fix", -4)
        elif action.harmful:
            turn.feel("wrong_fix")
    if fixed(world, state) and not was_fixed:
        turn.log("fixed", action=name)
    if name == world.retry:
        if fixed(world, state):
            confirm(turn)
    elif would_work(world, state) and not would_have:
        offer_retry(turn)


def offer_retry(turn: Turn) -> None:
    """The customer offers to try it again; a "yes" is then the instruction."""
    turn.say("shall_i_try")
    if turn.world.retry:
        turn.state.asking = [turn.world.actions[turn.world.retry].intent or turn.world.retry]


def operate(turn: Turn, name: str) -> str:
    """The learner uses the console. Returns the result in words. The gate has asked already."""
    world, state = turn.world, turn.state
    if tool := world.tools.get(name):
        facts = [f for f, fact in world.facts.items() if fact.tool == name and shows(world, state, f)]
        for fact in facts:
            turn.earn(fact)
        turn.log("tool", tool=name, facts=facts)
        return "\n".join(world.facts[f].say for f in facts) or tool.empty
    action = world.actions[name]
    was_fixed = fixed(world, state)
    branch, _ = _apply(turn, name, action)
    state.minutes += action.cost.minutes
    if fixed(world, state) and not was_fixed:
        turn.log("fixed", action=name)
    if branch is None:
        return action.on_pre_fail or "Nothing changed: this does not apply here."
    return branch.say or action.say or "Done."


def confirm(turn: Turn) -> None:
    if not turn.state.confirmed:
        turn.state.confirmed = True
        turn.log("confirmed")
        turn.feel("fixed")


def _apply(turn: Turn, name: str, action: Action) -> tuple[Effect | None, bool]:
    """(branch taken or None where a precondition failed, whether anything changed)."""
    world, state = turn.world, turn.state
    reached = level(world, state)
    possible = holds(world, state, action.pre)
    branch = branch_of(world, state, action) if possible else None
    changed = branch is not None and _take_effect(turn, branch)
    if possible and name not in state.done:
        state.done.append(name)
    turn.log(
        "action",
        action=name,
        who=action.who,
        known=True,
        possible=possible,
        changed=changed,
        gate=action.gate,
        level=reached,
        harmful=action.harmful or "",
        distractor=action.distractor,
        minutes=action.cost.minutes,
    )
    return branch, changed


def _take_effect(turn: Turn, branch: Effect) -> bool:
    """At once, or when its minutes are over; whether that changes anything."""
    state = turn.state
    changes = any(state.vars.get(name) != value for name, value in branch.set.items())
    if not branch.after:
        state.vars.update(branch.set)
    elif changes and all(waiting["set"] != branch.set for waiting in state.due):
        state.due.append({"at": minute(state, turn.at) + branch.after, "set": branch.set})
    return changes


def _needs_help(turn: Turn, action: Action, name: str) -> bool:
    limit = action.needs_help_if.get("tech")
    tech = turn.world.customer.persona.tech
    return bool(limit) and TECH.index(tech) <= TECH.index(limit) and name not in turn.state.helped


def _only_claims(turn: Turn, act: Act, name: str) -> bool:
    """Some say that they did what they were told; nobody says so when asked what they see."""
    chance = turn.world.customer.persona.claims_without_doing
    told = not act.name.startswith("f_")
    once = name not in turn.state.claimed and name != turn.world.retry
    return told and once and turn.dice.random() < chance
