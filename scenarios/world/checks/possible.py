"""What a document promises can happen."""

from collections.abc import Iterable, Iterator

from scenarios.world.checks.problem import Problem, Problems
from scenarios.world.document import LEVELS, Conditions, Scalar, World

ENDINGS = ("declined", "reported", "escalated", "hangup")  # decided by how the session ends, not by an effect


def conditions_can_come_true(world: World, variants: Iterable[World] = ()) -> Problems:
    """Every condition names a variable of the state, and the opening or some effect makes it so.

    What is so in another of the document's variants may be asked for in all of them.
    """
    for path, conditions in _conditions(world):
        for name, wanted in conditions.items():
            if name == "verified":
                if wanted not in LEVELS:
                    yield Problem(path, f"verified is one of {', '.join(LEVELS)}, not '{wanted}'")
            elif name in ENDINGS:
                continue
            elif name not in world.state:
                yield Problem(path, f"'{name}' is not in the state")
            elif not any(_among(wanted, _values(each, name)) for each in (world, *variants)):
                yield Problem(path, f"nothing ever makes '{name}' become '{wanted}'")


def effects_change_known_state(world: World) -> Problems:
    for path, changes in _changes(world):
        for variable in sorted(changes.keys() - world.state.keys()):
            yield Problem(path, f"'{variable}' is not in the state")


def the_end_is_not_the_beginning(world: World) -> Problems:
    endings = [("fixed", world.fixed), *((f"fail.{i}", c) for i, c in enumerate(world.fail))]
    for path, conditions in endings:
        if conditions and all(_among(v, [world.state.get(n)]) for n, v in conditions.items()):
            yield Problem(path, "holds already when the ticket opens")


def goals_can_be_judged(world: World) -> Problems:
    """A hand-over names its team, a confirmation needs trouble that can end, evidence must exist."""
    critical = len(world.critical_facts())
    for name, goal in world.goals.items():
        path, team = f"goals.{name}", goal.all.get("escalated")
        if team is not None and (not isinstance(team, str) or not team):
            yield Problem(path, "is a hand-over, so escalated must name the team")
        elif team is not None and team != world.escalation.team:
            yield Problem(path, f"hands over to '{team}', but escalation.team is '{world.escalation.team}'")
        if goal.customer_confirmed and not (world.fixed and world.retry):
            yield Problem(path, "asks for the customer's confirmation, which needs fixed and retry")
        if goal.facts_min > critical:
            yield Problem(path, f"asks for {goal.facts_min} critical facts; there are {critical}")


def beats_do_something(world: World) -> Problems:
    for name, beat in world.beats.items():
        if not (beat.set or beat.say):
            yield Problem(f"beats.{name}", "changes nothing and says nothing: give it set or say")


def _conditions(world: World) -> Iterator[tuple[str, Conditions]]:
    yield "fixed", world.fixed
    for name, goal in world.goals.items():
        yield from ((f"goals.{name}.all", goal.all), (f"goals.{name}.not", goal.none))
    yield from ((f"fail.{i}", conditions) for i, conditions in enumerate(world.fail))
    for name, action in world.actions.items():
        yield f"actions.{name}.pre", action.pre
        yield from ((f"actions.{name}.effects", effect.when) for effect in action.effects)
    yield from ((f"facts.{name}.if", fact.when) for name, fact in world.facts.items())
    yield from ((f"beats.{name}.if", beat.when) for name, beat in world.beats.items())


def _changes(world: World) -> Iterator[tuple[str, Conditions]]:
    for name, action in world.actions.items():
        yield from ((f"actions.{name}.effects", effect.set) for effect in action.effects)
    yield from ((f"beats.{name}.set", beat.set) for name, beat in world.beats.items())


def _values(world: World, variable: str) -> list[Scalar | None]:
    made = [changes[variable] for _, changes in _changes(world) if variable in changes]
    return [world.state.get(variable), *made]


def _among(wanted: Scalar, values: list[Scalar | None]) -> bool:
    """Equal and of the same kind: in Python 1 equals True."""
    return any(wanted == value and type(wanted) is type(value) for value in values)
