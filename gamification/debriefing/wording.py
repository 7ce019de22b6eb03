"""Moves and log events in words."""

import re
from collections.abc import Callable
from typing import Any

from chat.customer.library import acts, asked_as
from chat.selectors import FACTOR_WORDS
from scenarios.world.document import World
from scenarios.world.state import IDENTITY_ACTS, POSSESSION

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
# What wins the trust of a customer who holds something back.
COURTESIES = {
    "empathise": "Say that you see what it means for them.",
    "thank": "Thank them for what they tell you.",
    "apologise": "Say that you are sorry for the trouble.",
    "paraphrase": "Put what they told you in your own words.",
}
LEFT = {"hangup": "The customer hung up.", "closed": "The customer said goodbye."}
ASKING = ("what", "what's", "which", "who", "whose", "whether", "how", "when", "where", "why", "since")
NAMING = ("the", "a", "an", "my")
# The library puts acts as the customer would say them.
THEIRS = {"I'm": "they are", "I": "they", "my": "their", "me": "them", "myself": "themselves"}


def move_in_words(world: World, move: str) -> str:
    """A move of the shortest path, e.g. "ask f_changes", "use reissue_cert", "end resolved"."""
    verb, _, name = move.partition(" ")
    if verb == "end":
        return ENDS[name]
    if verb == "wait":
        return "Say how long it takes, and wait for it."
    return _use(world, name) if verb == "use" else _ask(world, name)


def items_are_enough(world: World, way: list[str]) -> bool:
    """Whether the low level, by values that can be asked for, is all that this way needs."""
    used = [world.actions[name].gate for move in way if (name := move.partition(" ")[2]) in world.actions]
    wanted = [str(goal.all.get("verified", "none")) for goal in world.goals.values()]
    return "high" not in (*used, *wanted) and bool(_items(world))


def items_in_words(world: World) -> str:
    needed, items = max(rule.any for rule in world.identity.policy.low), _items(world)
    some = f"{'one' if needed == 1 else 'two'} of " if len(items) > needed else ""
    return f"Ask for {some}{', '.join(items[:-1])} and {items[-1]}, and compare with the record."


def _items(world: World) -> list[str]:
    """What the low level takes, in words, where there is enough of it without a call-back."""
    rules = world.identity.policy.low
    items = [f for rule in rules for f in rule.of if f in FACTOR_WORDS and f not in POSSESSION]
    enough = len(items) >= max([2, *(rule.any for rule in rules)])
    return [FACTOR_WORDS[factor].lower() for factor in dict.fromkeys(items)] if enough else []


def _use(world: World, name: str) -> str:
    if name in PROOFS:
        return PROOFS[name]
    found = world.tools.get(name) or world.actions.get(name)
    return f"Use the console: {(found and found.label) or name.replace('_', ' ')}."


def _ask(world: World, act: str) -> str:
    if act == "confirm_fix":
        return "Have them try it, and hear that it works."
    if act in COURTESIES:
        return COURTESIES[act]
    if factor := IDENTITY_ACTS.get(act):
        return PROOFS.get(factor) or f"Ask for this proof: {FACTOR_WORDS[factor].lower()}."
    action = world.action_for(act)
    if action and action == world.retry:
        return "Have them try again what did not work."
    words = asked_as(world, act)
    if act not in acts():
        return f"{_verb(words)} {theirs(words)}."
    return f"{'Have them' if action else 'Find out'} {theirs(words)}."


def _verb(words: str) -> str:
    """For an act of a scenario's own, which is a question, a thing or something to do: its first word tells."""
    first = words.split()[0]
    return "Find out" if first in ASKING else "Ask for" if first in NAMING else "Have them"


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
    "article": lambda data: f"Read the article “{data.get('title') or data['slug'].replace('-', ' ')}”.",
    "gate_warning": lambda data: "Was warned: policy asks for more proof of who is calling.",
    "left": lambda data: LEFT.get(data.get("why", ""), "The customer left the conversation."),
    "resolved": lambda data: f"Closed the ticket as {data['type']}.",
    "abandoned": lambda data: "The session was abandoned.",
}
