"""Proof that a scenario can be solved: breadth-first search with the engine's own step.

The searcher is a perfect learner: every act is understood, the customer never only claims to have done something.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from scenarios.world.document import Scalar, World
from scenarios.world.state import (
    IDENTITY_ACTS,
    State,
    critical_earned,
    goal_reached,
    level,
    opening_state,
    proofs,
)
from scenarios.world.step import hear, use, wait
from scenarios.world.turn import Act, Heard

LIMIT = 60_000
COURTESIES = ("empathise", "thank", "apologise", "paraphrase")  # what builds trust
Ending = dict[str, Scalar]


@dataclass(frozen=True)
class Path:
    """Moves to a goal, e.g. ("ask f_changes", "use issue_cert", "end resolved")."""

    goal: str
    moves: tuple[str, ...]


class Still(Random):
    """Dice that never let the customer cheat."""

    def random(self) -> float:
        return 1.0


def shortest_path(world: World, *, justified: bool = True) -> Path | None:
    """The least number of moves to a goal; `justified` also earns the goal's evidence. None if there is no way."""
    start = opening_state(world)
    seen = {_key(world, start)}
    queue: deque[tuple[State, tuple[str, ...]]] = deque([(start, ())])
    while queue and len(seen) < LIMIT:
        state, path = queue.popleft()
        for ending in ({}, *_endings(world)):
            closed = State(**{**state.__dict__, "ending": ending})
            if goal := goal_reached(world, closed, justified=justified):
                return Path(goal, (*path, f"end {_ending_name(ending)}"))
        for name, after in _moves(world, state):
            key = _key(world, after)
            if key not in seen and not after.left:
                seen.add(key)
                queue.append((after, (*path, name)))
    return None


def _endings(world: World) -> list[Ending]:
    teams = {str(g.all["escalated"]) for g in world.goals.values() if "escalated" in g.all}
    handed_over: list[Ending] = [{"escalated": team} for team in sorted(teams)]
    return [{"declined": True, "reported": True}, *handed_over]


def _ending_name(ending: Ending) -> str:
    return "declined" if "declined" in ending else "escalated" if ending else "resolved"


def _moves(world: World, state: State) -> Iterator[tuple[str, State]]:
    """Every move that could matter, as (name, state after)."""
    for act in _useful_acts(world):
        heard = Heard((Act(act),), at=state.heard_s, steps=True)
        yield f"ask {act}", hear(world, state, heard, Still()).state
    for name in _useful_tools(world):
        yield f"use {name}", use(world, state, name, Still(), state.heard_s)[0].state
    if (minutes := _next_change(world, state)) is not None:
        at = max(state.heard_s, (minutes - state.minutes) * 60)
        after = wait(world, replace(state, held_s=at), Still(), at).state
        yield "wait", replace(after, heard_s=at)


def _next_change(world: World, state: State) -> float | None:
    """The minute at which the world changes by itself next, None where it stays as it is."""
    beats = [float(b.minute) for name, b in world.beats.items() if b.set and name not in state.happened]
    return min([*beats, *(waiting["at"] for waiting in state.due)], default=None)


def _useful_acts(world: World) -> list[str]:
    """Acts that can earn a critical fact, prove who is calling, or change the world."""
    facts = {act for name in world.critical_facts() for act in world.facts[name].ask}
    told = {
        action.intent or name
        for name, action in world.actions.items()
        if action.who == "customer" and (not action.distractor or _shows_critical(world, name))
    }
    factors = {
        f for rules in (world.identity.policy.low, world.identity.policy.high) for r in rules for f in r.of
    }
    identity = {act for act, factor in IDENTITY_ACTS.items() if factor in factors}
    warm = COURTESIES if _needs_trust(world) else ()
    return [*sorted(facts), *sorted(identity), *sorted(told - facts), "confirm_fix", *warm]


def _needs_trust(world: World) -> bool:
    """Whether a critical fact is told only to someone who is trusted more than at the start."""
    return any(world.facts[name].trust_min > world.customer.mood.trust for name in world.critical_facts())


def _shows_critical(world: World, action: str) -> bool:
    return any(world.facts[f].observe == action for f in world.critical_facts())


def _useful_tools(world: World) -> list[str]:
    tools = {world.facts[f].tool for f in world.critical_facts()} - {None}
    actions = {n for n, a in world.actions.items() if a.who == "learner" and not a.distractor}
    return [*sorted(t for t in tools if t), *sorted(actions)]


def _key(world: World, state: State) -> tuple[object, ...]:
    """What tells two states apart for the search: enough evidence is enough, full proof is full proof."""
    earned = critical_earned(world, state)
    needed = max(goal.facts_min for goal in world.goals.values())
    return (
        tuple(sorted(state.vars.items())),
        "all" if level(world, state) == "high" else proofs(world, state),
        "enough" if len(earned) >= needed else tuple(sorted(earned)),
        state.confirmed,
        tuple(sorted(str(waiting["set"]) for waiting in state.due)),
        tuple(sorted(name for name in state.happened if world.beats[name].set)),
        (state.trust, state.warmth) if _needs_trust(world) else (),
    )
