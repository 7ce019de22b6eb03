"""What was really done in an attempt, as far as notes speak of it: told to security, done towards the goal, done in harm."""

import re

from assessment.scoring.attempt import Happening
from assessment.scoring.record import Record
from assessment.scoring.terms import asked, label
from assessment.scoring.words import STOCK, normal
from scenarios.world.document import Action, Scalar, World

STEM = 5  # letters: "revoke" and "revoked", "admins" and "admin"
ENOUGH = 2  # words by which something is recognised, where it has that many of its own


def stems(text: str) -> frozenset[str]:
    """Beginnings of the words that say something."""
    found = re.findall(r"[a-z0-9]+", normal(text))
    return frozenset(word[:STEM] for word in found if len(word) >= 3 and word not in STOCK)


def action_words(record: Record, name: str) -> str:
    """All by which people may call an action."""
    action = record.world.actions.get(name)
    said = asked(record, action.intent) if action and action.intent else ""
    return f"{name.replace('_', ' ')} {(action and action.label) or ''} {said}"


def done(record: Record) -> list[Happening]:
    """Actions that took place, of the learner and of the customer."""
    return [e for e in record.events("action", possible=True) if e.data["action"] in record.world.actions]


def told_security(record: Record) -> bool:
    """By the box at the end, by handing over to them, or by an action of the console."""
    handed = record.kind == "escalated" and record.attempt.resolution.get("team") == "security"
    told = any("security" in e.data["action"].split("_") for e in done(record) if e.data["who"] == "learner")
    return handed or told or bool(record.attempt.resolution.get("reported"))


def leading(world: World) -> frozenset[str]:
    """Actions that lead to a goal: they bring about what it wants, or what such an action needs."""
    wanted = {pair for goal in world.goals.values() for pair in goal.all.items()} | set(world.fixed.items())
    found: set[str] = set()
    while more := {n for n, a in world.actions.items() if n not in found and _brings(a, wanted)}:
        found |= more
        for action in (world.actions[name] for name in more):
            wanted |= set(action.pre.items())
            wanted |= {pair for branch in action.effects for pair in branch.when.items()}
    return frozenset(found)


def _brings(action: Action, wanted: set[tuple[str, Scalar]]) -> bool:
    fair = not action.distractor and action.harmful != "major"
    return fair and any(wanted & set(branch.set.items()) for branch in action.effects)


def towards_goal(record: Record) -> list[Happening]:
    """Actions that changed something in the direction of a goal."""
    names = leading(record.world)
    return [e for e in done(record) if e.data["changed"] and e.data["action"] in names]


def harm(record: Record) -> list[Happening]:
    """Actions that did lasting harm, or what a goal forbids."""
    world, state = record.world, record.state
    forbidden = {
        pair
        for goal in world.goals.values()
        for pair in goal.none.items()
        if state.vars.get(pair[0]) == pair[1]
    }
    return [
        e
        for e in done(record)
        if e.data.get("harmful") == "major"
        or any(forbidden & set(b.set.items()) for b in world.actions[e.data["action"]].effects)
    ]


def is_named(record: Record, happened: Happening, text: str) -> bool:
    """Whether the text calls it by words that no right action shares."""
    right = frozenset().union(*(stems(action_words(record, name)) for name in leading(record.world)))
    name = happened.data["action"]
    own = stems(f"{name.replace('_', ' ')} {label(record, name)}") - right
    return len(own & stems(text)) >= min(ENOUGH, len(own))
