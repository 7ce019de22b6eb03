"""Proof that a scenario can be solved, by search with the engine's own step, and what else the search shows.

The searcher is a perfect learner: every act is understood, the customer never only claims to have done something.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from scenarios.world import graph
from scenarios.world.document import LEVELS, Goal, Level, Scalar, World
from scenarios.world.state import (
    State,
    at_least,
    critical_earned,
    failed,
    goal_reached,
    level,
    opening_state,
    reached,
)

MOST_TRIED = 50  # ways that promise well but fail when they are played
Ending = dict[str, Scalar]
Moves = tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """Moves to a goal, e.g. ("ask f_changes", "use issue_cert", "end resolved")."""

    goal: str
    moves: Moves


def shortest_path(world: World, *, justified: bool = True) -> Path | None:
    """The least number of moves to a goal; `justified` also earns the goal's evidence. None if there is no way."""
    return Search(world).path(justified=justified)


class Search:
    """One world, searched once for all that a proof asks."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._joint = graph.verification_matters(world)
        self._free = {name for name in world.critical_facts() if graph.is_free(world, name)}
        self._endings = _endings(world)
        self._paths: dict[bool, Path | None] = {}
        self._bare = {name: self._stripped(goal) for name, goal in world.goals.items()}

    def path(self, *, justified: bool = True) -> Path | None:
        """The shortest way that holds when it is played."""
        if justified not in self._paths:
            promising = sorted(self._promising(justified), key=lambda found: len(found[0]))
            played = (
                Path(goal, (*moves, f"end {_name(ending)}"))
                for moves, ending in promising[:MOST_TRIED]
                if (goal := _played(self.world, moves, ending, justified))
            )
            self._paths[justified] = next(played, None)
        return self._paths[justified]

    @cached_property
    def levels(self) -> dict[Level, Moves]:
        """The fewest questions that verify the caller to each level that can be reached."""
        found: dict[Level, Moves] = {}
        for state, moves in _spread(
            self.world, graph.identity_moves(self.world), lambda state: state.answered
        ):
            for name in LEVELS:
                if at_least(level(self.world, state), name):
                    found.setdefault(name, moves)
        return found

    @cached_property
    def reachable(self) -> graph.Graph:
        """What useful moves lead to."""
        return graph.explore(self.world, graph.useful_moves(self.world))

    @cached_property
    def everything(self) -> graph.Graph:
        """What all moves lead to, those that nobody should make as well."""
        useful = graph.useful_moves(self.world)
        others = set(graph.changing_moves(self.world).values()) - set(useful)
        return graph.explore(self.world, [*useful, *sorted(others)]) if others else self.reachable

    def dead_ends(self) -> list[graph.Node]:
        """States from which no goal can be reached any more, although nothing failed; nearest first."""
        nodes = self.everything.nodes
        before: dict[int, list[graph.Node]] = {}
        for node in nodes:
            for after in node.after:
                before.setdefault(id(after), []).append(node)
        waiting = [node for node in nodes if any(self._at_goal(node.state))]
        alive = {id(node) for node in waiting}
        while waiting:
            for earlier in before.get(id(waiting.pop()), []):
                if id(earlier) not in alive:
                    alive.add(id(earlier))
                    waiting.append(earlier)
        return [node for node in nodes if id(node) not in alive and not failed(self.world, node.state)]

    @cached_property
    def _evidence(self) -> list[Moves]:
        """For 0, 1, 2 ... critical facts of those that are always to be had, the fewest moves to so many."""
        found: list[Moves] = []
        most = max(goal.facts_min for goal in self.world.goals.values())
        trust = graph.needs_trust(self.world)
        for state, moves in _spread(
            self.world,
            graph.free_moves(self.world),
            lambda state: [*state.earned, (state.trust, state.warmth) if trust else ()],
        ):
            while len(found) <= len(self._free.intersection(state.earned)):
                found.append(moves)
            if len(found) > most:
                break
        return found

    def _promising(self, justified: bool) -> Iterator[tuple[Moves, Ending]]:
        """Where a goal holds but for who is calling and what is known, with the moves that are missing for those."""
        for node in self.reachable.nodes:
            for goal, who, ending in self._at_goal(node.state):
                known = len(set(critical_earned(self.world, node.state)) - self._free)
                missing = max(0, goal.facts_min - known) if justified else 0
                if missing < len(self._evidence):
                    yield (*self._evidence[missing], *who, *node.moves), ending

    def _at_goal(self, state: State) -> Iterator[tuple[Goal, Moves, Ending]]:
        """Goals that would hold, given the evidence, with the questions that verify the caller as far as they ask."""
        for ending in self._endings:
            closed = State(**{**state.__dict__, "ending": ending})
            for name, goal in self.world.goals.items():
                who = () if self._joint else self.levels.get(_level(goal))
                if who is not None and reached(self.world, closed, self._bare[name]):
                    yield goal, who, ending

    def _stripped(self, goal: Goal) -> Goal:
        """Without what can be had at any time."""
        wanted = {name: value for name, value in goal.all.items() if self._joint or name != "verified"}
        return goal.model_copy(update={"all": wanted, "facts_min": 0})


def _level(goal: Goal) -> Level:
    return next((name for name in LEVELS if name == goal.all.get("verified")), "none")


def _endings(world: World) -> list[Ending]:
    teams = {str(g.all["escalated"]) for g in world.goals.values() if "escalated" in g.all}
    handed_over: list[Ending] = [{"escalated": team} for team in sorted(teams)]
    return [{}, {"declined": True, "reported": True}, *handed_over]


def _name(ending: Ending) -> str:
    return "declined" if "declined" in ending else "escalated" if ending else "resolved"


def _spread(
    world: World, moves: list[str], told_apart: Callable[[State], Iterable[object]]
) -> Iterator[tuple[State, Moves]]:
    """(state, moves to it) of all that these moves lead to, nearest first."""
    found: list[tuple[State, Moves]] = [(opening_state(world), ())]
    seen = {frozenset(told_apart(found[0][0]))}
    for state, path in found:  # grows meanwhile
        yield state, path
        for move in moves:
            after = graph.apply(world, state, move)
            if after and not after.left and (key := frozenset(told_apart(after))) not in seen:
                seen.add(key)
                found.append((after, (*path, move)))


def _played(world: World, moves: Moves, ending: Ending, justified: bool) -> str:
    """The goal that the moves lead to when they are played, with a customer who loses patience; "" if to none."""
    state = opening_state(world)
    for move in moves:
        after = graph.apply(world, state, move)
        if after is None or after.left:
            return ""
        state = after
    state.ending = ending
    return goal_reached(world, state, justified=justified)
