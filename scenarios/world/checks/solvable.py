"""What the search for a way shows: that there is one, that it takes evidence, and that nothing is there for nothing."""

from collections.abc import Iterable

from scenarios.world import graph
from scenarios.world.checks.possible import ENDINGS
from scenarios.world.checks.problem import Problem, Problems
from scenarios.world.document import World
from scenarios.world.solver import Path, Search
from scenarios.world.state import at_least, holds

SHOWN = 3  # moves of a way to a dead end


def there_is_a_justified_way(search: Search) -> Problems:
    """A goal can be reached with its evidence, and a lucky guess is shorter but lacks it."""
    way, bare = search.path(), search.path(justified=False)
    if bare is None:
        yield Problem("goals", "none can be reached: check that actions lead to it and who can be verified")
    elif way is None:
        yield Problem(
            "goals", "none can be reached with its evidence: check that so many critical facts can be had"
        )
    elif len(way.moves) <= len(bare.moves):
        yield Problem(
            f"goals.{way.goal}.facts_min",
            "a lucky guess gets there with as much evidence: ask for more critical facts than it shows anyway",
        )


def who_is_calling_matters(search: Search) -> Problems:
    """Only a refusal is right without knowing who is calling."""
    for name, goal in search.world.goals.items():
        if not (goal.all.get("declined") or at_least(str(goal.all.get("verified", "none")), "low")):
            yield Problem(
                f"goals.{name}.all", "can be reached whoever is calling: add verified: low, or high"
            )


def the_caller_can_be_verified(search: Search) -> Problems:
    """An impostor never as far as the high level; an honest caller as far as the actions on the way want it."""
    world, way = search.world, search.path()
    highest = list(search.levels)[-1]
    if world.customer.impostor and highest == "high":
        yield Problem("identity.caller", "an impostor could be verified to the high level: take a proof away")
    if not world.customer.impostor:
        for name in _actions(world, way):
            if not at_least(highest, gate := world.actions[name].gate):
                yield Problem(
                    f"actions.{name}.gate", f"wants '{gate}'; this caller can reach '{highest}' at most"
                )


def failures_can_happen(search: Search) -> Problems:
    """One that cannot tests nothing. A customer can always be driven away."""
    world = search.world
    for i, conditions in enumerate(world.fail):
        own = {name: value for name, value in conditions.items() if name not in ENDINGS}
        if own and not any(holds(world, node.state, own) for node in search.everything.nodes):
            yield Problem(f"fail.{i}", "cannot happen: no action leads there, so it tests nothing")


def idle_actions_are_marked(search: Search) -> Problems:
    """What changes nothing and shows nothing is a distractor, and has to say so."""
    world, moves = search.world, graph.changing_moves(search.world)
    showing = {fact.observe for fact in world.facts.values()}
    for name, action in world.actions.items():
        if action.distractor or name in showing or name == world.retry:
            continue
        changes = any(effect.set for effect in action.effects)
        if not changes or (name in moves and moves[name] not in search.everything.changing):
            yield Problem(
                f"actions.{name}", "changes nothing here and shows no fact: mark it with distractor: true"
            )


def nothing_ends_nowhere(search: Search) -> Problems:
    """From wherever one gets, a goal is still in reach, or the document calls it a failure."""
    if not search.everything.complete:
        message = (
            f"has more than {graph.LIMIT} combinations that matter: use fewer variables for what goals ask"
        )
        yield Problem("state", message)
        return
    dead = search.dead_ends()
    if dead and (first := dead[0]).moves:
        after = ", ".join(move.partition(" ")[2] or move for move in first.moves[-SHOWN:])
        changed = {n: v for n, v in first.state.vars.items() if v != search.world.state.get(n)}
        state = ", ".join(f"{name}: {str(value).lower()}" for name, value in changed.items()) or "as at first"
        yield Problem(
            "fail", f"after {after} no goal can be reached ({state}): leave a way out, or add it here"
        )


def _actions(world: World, way: Path | None) -> Iterable[str]:
    """Actions on the way."""
    for verb, _, what in (move.partition(" ") for move in (way.moves if way else ())):
        name = world.action_for(what) if verb == "ask" else what
        if name in world.actions:
            yield name


CHECKS = (
    there_is_a_justified_way,
    who_is_calling_matters,
    the_caller_can_be_verified,
    failures_can_happen,
    idle_actions_are_marked,
    nothing_ends_nowhere,
)
