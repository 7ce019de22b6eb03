"""Where a conversation stands: plain data that survives a round trip through JSON."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from scenarios.world.document import LEVELS, Action, Conditions, Effect, Enough, Goal, Level, Scalar, World

# Which directory value each question asks for (acts of the shared list).
IDENTITY_ACTS = {
    "id_name": "name",
    "id_username": "username",
    "id_employee": "employee_id",
    "id_asset": "asset_tag",
    "id_manager": "manager",
    "id_phone": "phone_on_file",
    "id_callback": "callback",
    "id_code": "push_code",
}
FACTORS = (*IDENTITY_ACTS.values(), "department")
POSSESSION = ("callback", "push_code")


@dataclass
class State:
    """All that a turn needs. Patience and trust run from 0 to 100, minutes are those that actions charged."""

    vars: dict[str, Scalar]
    patience: int
    trust: int
    earned: list[str] = field(default_factory=list)
    answered: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)  # identity values the learner gave away
    asked: dict[str, int] = field(default_factory=dict)
    helped: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)  # gates that asked once
    believed: list[str] = field(default_factory=list)  # wrong opinions that were voiced
    due: list[dict[str, Any]] = field(default_factory=list)  # effects to come: {"at": minute, "set": changes}
    happened: list[str] = field(default_factory=list)  # beats whose minute has passed
    news: list[str] = field(default_factory=list)  # beats that the customer has not told yet
    nudged: bool = False  # has asked whether anybody is there since the last word
    voiced: str = ""  # the bad mood that was voiced last, until it is over
    sore: str = ""  # what cost patience in this turn or the one before
    sore_turn: int = 0
    minutes: int = 0
    turn: int = 0
    warmth: int = 0  # empathy since the last new feeling
    anger: int = 0  # insults so far
    pressure: int = 0  # rung of an impostor's ladder
    asking: list[str] = field(default_factory=list)  # acts that the customer's last question offered
    clarified: bool = False  # the last turn asked back what was meant
    puzzled: bool = False  # the last turn made nothing of what was said
    last: str = ""  # last instruction, for "it" and "that"
    heard_s: float = 0.0  # when the customer last heard something, seconds from the start
    held_s: float = 0.0  # until when the customer agreed to wait
    confirmed: bool = False
    left: str = ""  # "", "hangup" or "closed"
    ending: dict[str, Scalar] = field(default_factory=dict)  # declined, reported, escalated
    wordings: dict[str, list[int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def copy(self) -> "State":
        """Its own lists and mappings, so that changing one leaves the other as it was."""
        own: dict[str, Any] = {
            k: v.copy() if isinstance(v, list | dict) else v for k, v in self.__dict__.items()
        }
        return State(**own)


def opening_state(world: World) -> State:
    mood = world.customer.mood
    volunteered = [name for name, fact in world.facts.items() if fact.volunteer]
    return State(dict(world.state), mood.patience, mood.trust, earned=volunteered)


def matches(world: World, factor: str, value: str) -> bool:
    """Whether what the caller gave is what the record says."""
    if factor in POSSESSION:
        return value == "yes"
    on_record = getattr(world.identity.directory, factor, None)
    return bool(on_record) and value.casefold().strip() == str(on_record).casefold().strip()


def proofs(world: World, state: State) -> tuple[int, ...]:
    """For each rule of the policy, low ones first, how many of its factors the caller proved, as far as they count."""
    policy = world.identity.policy
    proved = _proved(world, state)
    return tuple(min(rule.any, len(proved.intersection(rule.of))) for rule in (*policy.low, *policy.high))


def _proved(world: World, state: State) -> set[str]:
    return {f for f, v in state.answered.items() if f not in state.told and matches(world, f, v)}


def level(world: World, state: State) -> Level:
    """Verification reached, from what the caller answered by themselves."""
    return level_by(world, _proved(world, state))


def level_by(world: World, factors: set[str]) -> Level:
    """The level that policy gives to these factors."""
    policy = world.identity.policy

    def enough(rules: list[Enough]) -> bool:
        return bool(rules) and all(len(factors.intersection(rule.of)) >= rule.any for rule in rules)

    return "high" if enough(policy.high) else "low" if enough(policy.low) else "none"


def at_least(reached: str, needed: str) -> bool:
    return LEVELS.index(reached) >= LEVELS.index(needed)  # type: ignore[arg-type]


def holds(world: World, state: State, conditions: Conditions) -> bool:
    """All conditions are true. `verified` means at least that level."""
    return all(_is(world, state, name, wanted) for name, wanted in conditions.items())


def _is(world: World, state: State, name: str, wanted: Scalar) -> bool:
    if name == "verified":
        return at_least(level(world, state), str(wanted))
    if name == "hangup":
        return (state.left == "hangup") == wanted
    if name in ("declined", "reported", "escalated"):
        return state.ending.get(name, False) == wanted
    return state.vars.get(name) == wanted


def fixed(world: World, state: State) -> bool:
    """Whether the customer's trouble is over."""
    return bool(world.fixed) and holds(world, state, world.fixed)


def would_work(world: World, state: State) -> bool:
    """Whether the trouble is over once the customer tries it again."""
    action = world.actions.get(world.retry or "")
    if action is None or not world.fixed or not holds(world, state, action.pre):
        return False
    branch = branch_of(world, state, action)
    return holds(world, replace(state, vars={**state.vars, **branch.set}), world.fixed)


def branch_of(world: World, state: State, action: Action) -> Effect:
    """What the action does now: the first branch whose condition holds."""
    taken = (each for each in action.effects if each.otherwise or holds(world, state, each.when))
    return next(taken, Effect())


def shows(world: World, state: State, fact: str) -> bool:
    """Whether it can be seen or told now."""
    return holds(world, state, world.facts[fact].when)


def critical_earned(world: World, state: State) -> list[str]:
    return [name for name in state.earned if world.facts[name].critical]


def reached(world: World, state: State, goal: Goal, *, justified: bool = True) -> bool:
    """Whether a goal holds; `justified` also asks for its evidence."""
    return (
        holds(world, state, goal.all)
        and not any(holds(world, state, {name: value}) for name, value in goal.none.items())
        and (state.confirmed or not goal.customer_confirmed)
        and (not justified or len(critical_earned(world, state)) >= goal.facts_min)
    )


def goal_reached(world: World, state: State, *, justified: bool = True) -> str:
    """Name of the first goal that holds, or ""."""
    return next((n for n, g in world.goals.items() if reached(world, state, g, justified=justified)), "")


def failed(world: World, state: State) -> bool:
    return any(holds(world, state, conditions) for conditions in world.fail)
