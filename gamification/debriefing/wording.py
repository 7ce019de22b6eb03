"""Moves and log events in words."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat.customer.library import acts, asked_as
from chat.models import Weight
from chat.selectors import FACTOR_WORDS
from knowledge.models import Category
from scenarios.world.document import World
from scenarios.world.state import IDENTITY_ACTS, POSSESSION

Data = dict[str, Any]
ENDS = {
    "resolved": gettext_lazy("Close the ticket as resolved, with notes."),
    "escalated": gettext_lazy("Escalate it to the right team, with all that was found."),
    "declined": gettext_lazy("Decline the request, and report it to security."),
}
PROOFS = {
    "callback": gettext_lazy("Call back on the number on record."),
    "push_code": gettext_lazy("Send a code to the enrolled device."),
}
CLOSED = {
    "resolved": gettext_lazy("Closed the ticket as resolved."),
    "escalated": gettext_lazy("Closed the ticket as escalated."),
    "declined": gettext_lazy("Closed the ticket as declined."),
}
# What wins the trust of a customer who holds something back.
COURTESIES = {
    "empathise": gettext_lazy("Say that you see what it means for them."),
    "thank": gettext_lazy("Thank them for what they tell you."),
    "apologise": gettext_lazy("Say that you are sorry for the trouble."),
    "paraphrase": gettext_lazy("Put what they told you in your own words."),
}
CHOICES = {"category": Category, "impact": Weight, "urgency": Weight}
SET = {
    "category": gettext_lazy("Set the category to %(value)s."),
    "impact": gettext_lazy("Set the impact to %(value)s."),
    "urgency": gettext_lazy("Set the urgency to %(value)s."),
}
STATUSES = {
    "pending": gettext_lazy("Set the ticket to waiting for the customer."),
    "open": gettext_lazy("Set the ticket to open again."),
}
LEFT = {"hangup": gettext_lazy("The customer hung up."), "closed": gettext_lazy("The customer said goodbye.")}
HAVE_THEM, FIND_OUT, ASK_FOR = (
    gettext_lazy("Have them %(what)s."),
    gettext_lazy("Find out %(what)s."),
    gettext_lazy("Ask for %(what)s."),
)
ASKING = ("what", "what's", "which", "who", "whose", "whether", "how", "when", "where", "why", "since")
NAMING = ("the", "a", "an", "my")
# The library puts acts as the customer would say them.
THEIRS = {"I'm": "they are", "I": "they", "my": "their", "me": "them", "myself": "themselves"}


def move_in_words(world: World, move: str) -> str:
    """A move of the shortest path, e.g. "ask f_changes", "use reissue_cert", "end resolved"."""
    verb, _space, name = move.partition(" ")
    if verb == "end":
        return str(ENDS[name])
    if verb == "wait":
        return _("Say how long it takes, and wait for it.")
    return _use(world, name) if verb == "use" else _ask(world, name)


def items_are_enough(world: World, way: list[str]) -> bool:
    """Whether the low level, by values that can be asked for, is all that this way needs."""
    used = [world.actions[name].gate for move in way if (name := move.partition(" ")[2]) in world.actions]
    wanted = [str(goal.all.get("verified", "none")) for goal in world.goals.values()]
    return "high" not in (*used, *wanted) and bool(_items(world))


def items_in_words(world: World) -> str:
    needed, items = max(rule.any for rule in world.identity.policy.low), _items(world)
    named = {"most": ", ".join(items[:-1]), "last": items[-1]}
    if len(items) <= needed:
        return _("Ask for %(most)s and %(last)s, and compare with the record.") % named
    if needed == 1:
        return _("Ask for one of %(most)s and %(last)s, and compare with the record.") % named
    return _("Ask for two of %(most)s and %(last)s, and compare with the record.") % named


def _items(world: World) -> list[str]:
    """What the low level takes, in words, where there is enough of it without a call-back."""
    rules = world.identity.policy.low
    items = [f for rule in rules for f in rule.of if f in FACTOR_WORDS and f not in POSSESSION]
    enough = len(items) >= max([2, *(rule.any for rule in rules)])
    return [FACTOR_WORDS[factor].lower() for factor in dict.fromkeys(items)] if enough else []


def _use(world: World, name: str) -> str:
    if name in PROOFS:
        return str(PROOFS[name])
    found = world.tools.get(name) or world.actions.get(name)
    label = (found and found.label) or name.replace("_", " ")
    return _("Use the console: %(label)s.") % {"label": label}


def _ask(world: World, act: str) -> str:
    if act == "confirm_fix":
        return _("Have them try it, and hear that it works.")
    if act in COURTESIES:
        return str(COURTESIES[act])
    if factor := IDENTITY_ACTS.get(act):
        if factor in PROOFS:
            return str(PROOFS[factor])
        return _("Ask for this proof: %(proof)s.") % {"proof": FACTOR_WORDS[factor].lower()}
    action = world.action_for(act)
    if action and action == world.retry:
        return _("Have them try again what did not work.")
    words = asked_as(world, act)
    said = _kind(words) if act not in acts() else HAVE_THEM if action else FIND_OUT
    return said % {"what": theirs(words)}


def _kind(words: str) -> Promise:
    """For an act of a scenario's own, which is a question, a thing or something to do: its first word tells."""
    first = words.split()[0]
    return FIND_OUT if first in ASKING else ASK_FOR if first in NAMING else HAVE_THEM


def theirs(words: str) -> str:
    """From the customer's mouth to the analyst's ear: "what I see" to "what they see"."""
    return re.sub(r"\b(I'm|I|myself|my|me)\b", lambda found: THEIRS[found[0]], words)


def _lookup(data: Data) -> str:
    if data["where"] == "assets":
        said = (
            _("Searched the asset register for “%(query)s”.")
            if data["query"]
            else _("Opened the asset register.")
        )
    else:
        said = _("Searched the directory for “%(query)s”.") if data["query"] else _("Opened the directory.")
    return said % data


def _triage(data: Data) -> str:
    said = [
        str(SET[name]) % {"value": choices(data[name]).label}
        for name, choices in CHOICES.items()
        if name in data
    ]
    return " ".join([*said, *([str(STATUSES[data["status"]])] if "status" in data else [])])


def _verification(data: Data) -> str:
    factor = FACTOR_WORDS.get(data["factor"], data["factor"].replace("_", " "))
    if data["outcome"] == "match":
        said = _("Recorded %(factor)s as a match.")
    else:
        said = _("Recorded %(factor)s as a mismatch.")
    said %= {"factor": factor.lower()}
    return said if data["right"] else " ".join([said, _("That was not so.")])


# What the learner did beside talking; other kinds of events follow from a message and are not told by themselves.
TOLD: dict[str, Callable[[Data], str]] = {
    "lookup": _lookup,
    "triage": _triage,
    "verification": _verification,
    "search": lambda data: _("Searched the knowledge base for “%(query)s”.") % data,
    "article": lambda data: (
        _("Read the article “%(title)s”.") % {"title": data.get("title") or data["slug"].replace("-", " ")}
    ),
    "gate_warning": lambda data: _("Was warned: policy asks for more proof of who is calling."),
    "left": lambda data: str(LEFT.get(data.get("why", ""), _("The customer left the conversation."))),
    "resolved": lambda data: str(CLOSED[data["type"]]),
    "abandoned": lambda data: _("The session was abandoned."),
}
