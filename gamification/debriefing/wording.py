"""Moves and log events in words."""

import re
from collections.abc import Callable
from typing import Any

from chat.customer.library import acts, asked_as
from chat.selectors import FACTOR_WORDS
from scenarios.world.document import World
from scenarios.world.state import IDENTITY_ACTS

Data = dict[str, Any]
ENDS = {
    "resolved": "Close the ticket as resolved, with notes.",
    "escalated": "Escalate it to the right team, with all that was found.",
    "declined": "Decline the request, and report it to security.",
}
PROOFS = {
    "callback": "Call back on the number on record.",
    "push_code": "Send a code to the enrolled device.",
}
# The library puts acts as the customer would say them.
THEIRS = {"I'm": "they are", "I": "they", "my": "their", "me": "them", "myself": "themselves"}


def move_in_words(world: World, move: str) -> str:
    """A move of the shortest path, e.g. "ask f_changes", "use reissue_cert", "end resolved"."""
    verb, _, name = move.partition(" ")
    if verb == "end":
        return ENDS[name]
    return _use(world, name) if verb == "use" else _ask(world, name)


def _use(world: World, name: str) -> str:
    if name in PROOFS:
        return PROOFS[name]
    found = world.tools.get(name) or world.actions.get(name)
    return f"Use the console: {(found and found.label) or name.replace('_', ' ')}."


def _ask(world: World, act: str) -> str:
    if act == "confirm_fix":
        return "Have them try it, and hear that it works."
    if factor := IDENTITY_ACTS.get(act):
        return PROOFS.get(factor) or f"Ask for this proof: {FACTOR_WORDS[factor].lower()}."
    action = world.action_for(act)
    if action and action == world.retry:
        return "Have them try again what did not work."
    words = asked_as(world, act)
    if act not in acts():
        return f"Say: “{words}”."
    return f"{'Have them' if action else 'Find out'} {theirs(words)}."


def theirs(words: str) -> str:
    """From the customer's mouth to the analyst's ear: "what I see" to "what they see"."""
    return re.sub(r"\b(I'm|I|myself|my|me)\b", lambda found: THEIRS[found[0]], words)


def _lookup(data: Data) -> str:
    where = "asset register" if data["where"] == "assets" else "directory"
    return f"Searched the {where} for “{data['query']}”." if data["query"] else f"Opened the {where}."


def _triage(data: Data) -> str:
    if data == {"status": "pending"}:
        return "Set the ticket to waiting for the customer."
    if data == {"status": "open"}:
        return "Set the ticket to open again."
    return f"Set {', '.join(f'{name} to {value}' for name, value in data.items())}."


def _verification(data: Data) -> str:
    factor = FACTOR_WORDS.get(data["factor"], data["factor"].replace("_", " "))
    wrong = "" if data["right"] else " That was not so."
    return f"Recorded {factor.lower()} as a {data['outcome']}.{wrong}"


# What the learner did beside talking; other kinds of events follow from a message and are not told by themselves.
TOLD: dict[str, Callable[[Data], str]] = {
    "lookup": _lookup,
    "triage": _triage,
    "verification": _verification,
    "search": lambda data: f"Searched the knowledge base for “{data['query']}”.",
    "article": lambda data: f"Read the article “{data['slug'].replace('-', ' ')}”.",
    "gate_warning": lambda data: "Was warned: policy asks for more proof of who is calling.",
    "left": lambda data: "The customer left the conversation.",
    "resolved": lambda data: f"Closed the ticket as {data['type']}.",
    "abandoned": lambda data: "The session was abandoned.",
}
