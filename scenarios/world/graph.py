"""Everything that can become of a world, as far as it matters for an end: states, and the moves between them.

What does not depend on anything else is left out and counted by itself: who is calling can be asked at any time,
and so can evidence that is always to be had. What no goal and no failure depends on is left out altogether.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from scenarios.world.document import Conditions, World
from scenarios.world.state import IDENTITY_ACTS, State, failed, opening_state, proofs
from scenarios.world.step import hear, use, wait
from scenarios.world.turn import Act, Heard

LIMIT = 6_000
COURTESIES = ("empathise", "thank", "apologise", "paraphrase")  # what builds trust
WAIT = "wait"


class Still(Random):
    """Dice that never let the customer cheat."""

    def random(self) -> float:
        return 1.0


@dataclass
class Node:
    """A state, how many moves away it is, and the move that led there first. `after` lists the moves on from it."""

    state: State
    depth: int
    move: str = ""
    before: "Node | None" = None
    after: list["Node"] = field(default_factory=list)

    @property
    def moves(self) -> tuple[str, ...]:
        return (*self.before.moves, self.move) if self.before else ()


@dataclass
class Graph:
    """`nodes` in the order of their distance. `changing` are the actions that changed something somewhere."""

    nodes: list[Node]
    changing: set[str]
    complete: bool = True


def explore(world: World, moves: list[str]) -> Graph:
    """All that these moves lead to. The customer's patience is as at the start all along."""
    start, key = Node(opening_state(world), 0), _Key(world)
    known = {key(start.state): start}
    graph = Graph([start], set())
    for node in graph.nodes:  # grows meanwhile
        if failed(world, node.state):
            continue
        for move in moves:
            after = _patient(world, apply(world, node.state, move))
            if after is None or after.left:
                continue
            if move != WAIT and (after.vars, after.due) != (node.state.vars, node.state.due):
                graph.changing.add(move)
            told_apart = key(after)
            if told_apart not in known:
                if len(known) >= LIMIT:
                    graph.complete = False
                    continue
                known[told_apart] = Node(after, node.depth + 1, move, node)
                graph.nodes.append(known[told_apart])
            node.after.append(known[told_apart])
    return graph


def apply(world: World, state: State, move: str) -> State | None:
    """The state after a move such as "ask f_when", "use unlock" or "wait"; None where there is nothing to wait for."""
    verb, _, what = move.partition(" ")
    if verb == "ask":
        return hear(world, state, Heard((Act(what),), at=state.heard_s, steps=True), Still()).state
    if verb == "use":
        return use(world, state, what, Still(), state.heard_s)[0].state
    if (minutes := next_change(world, state)) is None:
        return None
    at = max(state.heard_s, (minutes - state.minutes) * 60)
    after = wait(world, replace(state, held_s=at), Still(), at).state
    after.heard_s = at
    return after


def next_change(world: World, state: State) -> float | None:
    """The minute at which the world changes by itself next, None where it stays as it is."""
    beats = [float(b.minute) for name, b in world.beats.items() if b.set and name not in state.happened]
    return min([*beats, *(waiting["at"] for waiting in state.due)], default=None)


def _patient(world: World, state: State | None) -> State | None:
    if state is not None:
        state.patience, state.asked = world.customer.mood.patience, {}
    return state


class _Key:
    """What tells two states of a world apart: enough evidence is enough."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._matters = sorted(variables(world))
        self._evidence = {name for name in world.critical_facts() if not is_free(world, name)}
        self._enough = max(goal.facts_min for goal in world.goals.values())
        self._verified = verification_matters(world)

    def __call__(self, state: State) -> tuple[object, ...]:
        world = self._world
        earned = sorted(self._evidence.intersection(state.earned))
        return (
            tuple(state.vars[name] for name in self._matters),
            "enough" if len(earned) >= self._enough else tuple(earned),
            state.confirmed,
            tuple(sorted(str(waiting["set"]) for waiting in state.due)),
            tuple(sorted(name for name in state.happened if world.beats[name].set)),
            proofs(world, state) if self._verified else (),
        )


# --- What matters


def variables(world: World) -> frozenset[str]:
    """Variables that an end depends on, directly or through what an action needs."""
    ends = [world.fixed, *world.fail]
    ends += [conditions for goal in world.goals.values() for conditions in (goal.all, goal.none)]
    ends += [world.facts[name].when for name in world.critical_facts()]
    found = {name for conditions in ends for name in conditions}
    while more := {name for name in _needed(world, found) if name not in found}:
        found |= more
    return frozenset(found & world.state.keys())


def _needed(world: World, wanted: set[str]) -> Iterator[str]:
    """What the actions and beats that set these variables depend on in turn."""
    for action in world.actions.values():
        if any(effect.set.keys() & wanted for effect in action.effects):
            yield from action.pre
            yield from (name for effect in action.effects for name in effect.when)
    for beat in world.beats.values():
        if beat.set.keys() & wanted:
            yield from beat.when


def verification_matters(world: World) -> bool:
    """Whether anything but a goal depends on who was verified; usually nothing does."""
    return any("verified" in conditions for conditions in _conditions(world))


def _conditions(world: World) -> Iterator[Conditions]:
    yield from (fact.when for fact in world.facts.values())
    yield from (beat.when for beat in world.beats.values())
    yield from world.fail
    yield from (goal.none for goal in world.goals.values())
    for action in world.actions.values():
        yield action.pre
        yield from (effect.when for effect in action.effects)


def needs_trust(world: World) -> bool:
    """Whether a critical fact is told only to someone who is trusted more than at the start."""
    return any(world.facts[name].trust_min > world.customer.mood.trust for name in world.critical_facts())


def is_free(world: World, fact: str) -> bool:
    """Whether it can be had at any time, whatever else was done."""
    what = world.facts[fact]
    if what.when:
        return False
    if what.observe:
        action = world.actions[what.observe]
        return not (action.pre or any(effect.set for effect in action.effects))
    return True


# --- Moves


def free_moves(world: World) -> list[str]:
    """What earns evidence that is always to be had, and the trust that some of it takes."""
    free = [name for name in world.critical_facts() if is_free(world, name)]
    warm = [f"ask {act}" for act in COURTESIES if needs_trust(world)]
    return [*sorted({move for name in free for move in _earning(world, name)}), *warm]


def identity_moves(world: World) -> list[str]:
    """The questions that the policy knows."""
    policy = world.identity.policy
    factors = {factor for rule in (*policy.low, *policy.high) for factor in rule.of}
    return sorted(f"ask {act}" for act, factor in IDENTITY_ACTS.items() if factor in factors)


def useful_moves(world: World) -> list[str]:
    """What earns other evidence or changes what matters, as long as it is not marked as distractor."""
    evidence = [name for name in world.critical_facts() if not is_free(world, name)]
    found = {move for name in evidence for move in _earning(world, name)}
    found |= {move for name, move in changing_moves(world).items() if not world.actions[name].distractor}
    found |= {_move(world, world.retry)} if world.retry else set()
    return [
        *sorted(found),
        *(identity_moves(world) if verification_matters(world) else []),
        *([WAIT] if _changes_by_itself(world) else []),
    ]


def changing_moves(world: World) -> dict[str, str]:
    """Action → move, of those that set a variable that matters."""
    matters = variables(world)
    return {
        name: _move(world, name)
        for name, action in world.actions.items()
        if any(effect.set.keys() & matters for effect in action.effects)
    }


def _earning(world: World, fact: str) -> list[str]:
    what = world.facts[fact]
    if what.observe:
        return [_move(world, what.observe)]
    return [f"use {what.tool}"] if what.tool else [f"ask {act}" for act in what.ask]


def _move(world: World, action: str) -> str:
    what = world.actions[action]
    return f"ask {what.intent or action}" if what.who == "customer" else f"use {action}"


def _changes_by_itself(world: World) -> bool:
    late = any(effect.after for action in world.actions.values() for effect in action.effects)
    return late or any(beat.set for beat in world.beats.values())
