"""A harmful step: what it was, what it causes, and what would have done instead."""

import re

from assessment.scoring.advice.quoting import part_of
from assessment.scoring.attempt import Happening
from assessment.scoring.record import Record
from assessment.scoring.terms import first_name, label


def harm(record: Record) -> Happening | None:
    """The step that did most harm, lasting before passing."""
    for kind in ("major", "minor"):
        if found := record.first("action", harmful=kind, possible=True):
            return found
    return None


def harm_in_words(record: Record) -> str:
    """What was done, and what it causes."""
    step = harm(record)
    if step is None:
        return ""
    action, lasts = record.world.actions[step.data["action"]], step.data["harmful"] == "major"
    how = "does lasting harm" if lasts else "cost more than it could bring"
    if step.data.get("who") == "customer":
        said = f": “{part_of(action.say, longest=120)}”" if action.say else "."
        return f"What you had {first_name(record)} do {how}{said}"
    return f"“{label(record, step.data['action'])}” {how}: {_lower(action.about or action.say or '')}."


# What a verb of the console does that a "take it back" would not fit.
NATURES = {
    "told": re.compile(r"\b(?:show|read|tell|reveal|send|e?mail|display|give out|copy)\b", re.IGNORECASE),
    "deleted": re.compile(
        r"\b(?:delete|remove|wipe|erase|purge|clear|empty|discard|overwrite|format|uninstall)\b",
        re.IGNORECASE,
    ),
    "opened": re.compile(
        r"\b(?:add|grant|give|allow|open|admit|let|release|unlock|share|disable|turn off|switch off|bypass|assign)\b",
        re.IGNORECASE,
    ),
}


def nature(record: Record, step: Happening) -> str:
    """What kind of harm a step of the console did, by the verb it goes by: "told", "deleted", "opened" or "changed"."""
    name = label(record, step.data["action"])
    return next((kind for kind, verb in NATURES.items() if verb.match(name)), "changed")


def smaller(record: Record, step: Happening) -> str:
    """An action that has the wanted effect without the harm, as the console calls it; ""."""
    actions = record.world.actions
    effects = {(k, v) for branch in actions[step.data["action"]].effects for k, v in branch.set.items()}
    for name, other in actions.items():
        same = {(k, v) for branch in other.effects for k, v in branch.set.items()}
        if same and same < effects and not (other.harmful or other.distractor):
            return label(record, name)
    return ""


def _lower(text: str) -> str:
    """A sentence as a part of another one; a name keeps its capitals."""
    text = text.rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
