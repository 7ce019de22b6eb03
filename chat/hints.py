"""Which move a hint is about: the next one of the solver's way that still has to be made. Plain Python."""

from collections.abc import Collection, Iterator, Sequence

from chat.proving.guard import Guard
from scenarios.world.document import World
from scenarios.world.graph import WAIT, apply
from scenarios.world.state import IDENTITY_ACTS, POSSESSION, State, at_least, goal_reached, level

LEVELS = 3
COST = 5  # points of the technical dimension, for each hint that was taken
STUCK = "stuck"
WARM = "ask empathise"
Moves = tuple[str, ...]


def next_move(
    world: World, state: State, way: Sequence[str], *, needed: str = "none", tried: Collection[str] = ()
) -> str:
    """Who is calling comes first, whoever it is; then what is left of the way, from where the session stands.

    `needed`: the level of verification that the request asks for; `tried`: factors that were asked about.
    """
    if state.left:
        return way[-1]
    if not _is_settled(world, state, needed, tried) and (asking := _identity_move(world, way, tried)):
        return asking
    if not (left := _left(world, state, tuple(way))):
        return STUCK
    return WARM if _is_withheld(world, state, left[0]) else left[0]


def is_discreet(guard: Guard, state: State, text: str) -> bool:
    """Gives away neither the cause, nor what was not earned yet, nor the record."""
    return not any(slip.kind == "leak" for slip in guard.slips(text, state, ()))


def _is_settled(world: World, state: State, needed: str, tried: Collection[str]) -> bool:
    """Proved as far as needed; a call-back that nobody answered has told enough as well."""
    return at_least(level(world, state), needed) or any(factor in tried for factor in POSSESSION)


def _identity_move(world: World, way: Sequence[str], tried: Collection[str]) -> str:
    """The way's own question, else what proves most; so that the hint does not tell impostors from honest callers."""
    policy = world.identity.policy
    counted = [factor for rule in (*policy.high, *policy.low) for factor in rule.of]
    acts = {factor: act for act, factor in IDENTITY_ACTS.items()}
    own = [move for move in way if move.removeprefix("ask ") in IDENTITY_ACTS]
    usual = [f"ask {acts[factor]}" for factor in counted if factor in acts]
    return next((m for m in own or usual if IDENTITY_ACTS[m.removeprefix("ask ")] not in tried), "")


def _is_withheld(world: World, state: State, move: str) -> bool:
    """The customer would tell it to somebody whom they trust more."""
    asked = world.answers_to(move.removeprefix("ask "))
    return any(name not in state.earned and state.trust < world.facts[name].trust_min for name in asked)


def _left(world: World, state: State, way: Moves) -> Moves:
    """The way without the moves that it no longer needs; nothing where no way leads on."""
    way = next((way[at:] for at in range(len(way)) if _arrives(world, state, way[at:])), ())
    for move in way[:-1]:
        at = way.index(move)
        shorter = way[:at] + way[at + 1 :]
        if _arrives(world, state, shorter):
            way = shorter
    return way


def _arrives(world: World, state: State, moves: Moves) -> bool:
    """Whether these moves lead to a right end on the evidence, with a customer in no worse a mood than at first."""
    state, mood = state.copy(), world.customer.mood
    state.patience, state.trust, state.asked = mood.patience, max(state.trust, mood.trust), {}
    for move in moves[:-1]:
        after = apply(world, state, move)
        if after is None and move == WAIT:
            continue
        if after is None or after.left:
            return False
        state = after
    return any(_ends(world, state, ending) for ending in _endings(world, moves[-1]))


def _ends(world: World, state: State, ending: dict[str, bool | int | str]) -> bool:
    state.ending = ending
    return bool(goal_reached(world, state))


def _endings(world: World, end: str) -> Iterator[dict[str, bool | int | str]]:
    if end == "end escalated":
        yield from ({"escalated": g.all["escalated"]} for g in world.goals.values() if "escalated" in g.all)
    else:
        yield {"declined": True, "reported": True} if end == "end declined" else {}
