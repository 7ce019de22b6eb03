"""Names for a learner to read: fields, levels, what the console and the document call things."""

import re
from collections.abc import Sequence

from assessment.scoring.record import Record
from chat.customer import library
from scenarios.world.document import Mention
from scenarios.world.state import FACTORS

NUMBERS = {1: "one", 2: "two", 3: "three"}
# A whole clause: who or what, and what became of it.
CLAUSE = re.compile(
    r"^(?!is|was|are|not|before|after|while|when|because)\w.* (?:(?:is|was|were|are|has been) (?:.* )?\w*(?:ed|en|lost|wrong|stuck)|expired|lapsed)$"
)
RELATIVE = re.compile(r"\b(?:that|who|which)\b|^not\b")
DETERMINED = re.compile(r"(?:the|a|an|your|you|it|nobody|some\w+|\w+ed)\b")
THEIRS = {
    "i'm": "they are",
    "i am": "they are",
    "i was": "they were",
    "i": "they",
    "my": "their",
    "me": "them",
    "myself": "themselves",
}
YOURS = {
    "i'm": "you are",
    "i am": "you are",
    "i was": "you were",
    "i": "you",
    "my": "your",
    "me": "you",
    "myself": "yourself",
}
SELF = re.compile(r"\b(?:i'm|i am|i was|i|myself|my|me)\b", re.IGNORECASE)
# The past of verbs of the console; of two ways the last is the one to write.
IRREGULAR = {
    "send": "sent",
    "make": "made",
    "give": "given|gave",
    "show": "shown|showed",
    "let": "let",
    "set": "set",
    "put": "put",
    "reset": "reset",
    "write": "written|wrote",
    "shut": "shut",
    "end": "ended",
}
TOPICS = {
    "cause": "the cause",
    "fix": "what was done about it",
    "verification": "how the caller was verified",
    "confirmation": "how it ended",
    "link": "the link to the incident",
    "place": "where it is",
    "request": "what was asked for",
    "change": "what was changed",
    "handover": "the hand-over",
    "approval": "who approved it",
    "reported": "who was told",
}
SKIPPED, FAILED = "that nobody was verified", "that the check of who was calling failed"
PARTLY = "that the caller proved too little"
SPOKEN_FIELDS = {
    "name": "full name",
    "username": "user name",
    "employee_id": "employee number",
    "asset_tag": "asset tag",
    "department": "department",
    "manager": "manager",
    "phone_on_file": "phone number on record",
    "callback": "call-back",
    "push_code": "code on the enrolled device",
}


def label(record: Record, name: str) -> str:
    """An action or a tool as the console calls it; what the customer does as its author says it."""
    action, tool = record.world.actions.get(name), record.world.tools.get(name)
    known = (action and action.label) or (tool and tool.label) or SPOKEN_FIELDS.get(name)
    own = action.intent if action and action.intent in record.world.nlu.asked_as else None
    return known or (asked(record, own) if own else name.replace("_", " "))


def to_them(record: Record, act: str) -> str:
    """As `asked`, said to the customer: "the list of rules in your mailbox"."""
    return SELF.sub(
        lambda found: YOURS[found[0].casefold()],
        library.asked_as(record.world, act).replace("read you", "read"),
    )


def past(name: str) -> str:
    """What the console calls an action, as something that was done: "Add to group" is "Added to group"."""
    verb, _, rest = name.partition(" ")
    known = IRREGULAR.get(verb.casefold(), "").rpartition("|")[2]
    regular = f"{verb}d" if verb[-1:] == "e" else f"{verb[:-1]}ied" if verb[-1:] == "y" else f"{verb}ed"
    return f"{known.capitalize() or regular} {rest}".strip()


def asked(record: Record, act: str) -> str:
    """What an act asks for, told of the customer: "where their former phone is", "press it flat"."""
    said = library.asked_as(record.world, act)
    return SELF.sub(lambda found: THEIRS[found[0].casefold()], said)


def unproved(record: Record) -> str:
    """What became of a check that was due and proved nothing: "that nobody was verified"; "" where it did, or none was due."""
    noted = any(point.id == "verification" for point in record.world.documentation.must_mention)
    asked, failed = record.events("identity"), record.events("identity", matched=False)
    if record.impostor:
        return FAILED if failed else "" if asked else SKIPPED
    if record.proved_at or not (noted or record.needed != "none"):
        return ""
    return PARTLY if record.proofs else FAILED if asked else SKIPPED


def topic(record: Record, point: Mention) -> str:
    """A point of the notes in words, without what it says."""
    if point.id == "verification" and (instead := unproved(record)):
        return instead
    if not point.fact or point.fact not in record.world.facts:
        return TOPICS.get(point.id or "", (point.id or point.any[0]).replace("_", " "))
    fact, world = record.world.facts[point.fact], record.world
    if fact.tool:
        return f"“{label(record, fact.tool)}”"
    look = world.actions.get(fact.observe or "")
    act = next(
        (act for act in [*fact.ask, look.intent if look else None] if act and act.startswith("f_")), ""
    )
    return asked(record, act) if act else point.fact.replace("_", " ")


def team(name: str) -> str:
    """As the console lists it: "network, second line"."""
    return name.replace("-l2", ", second line").replace("-", " ")


def asks(record: Record) -> str:
    """The items that policy accepts, in words."""
    policy = record.world.identity.policy
    rules = policy.high if record.needed == "high" else policy.low
    named = [f for f in FACTORS if any(f in rule.of for rule in rules)]
    needed = sum(rule.any for rule in rules)
    names = [SPOKEN_FIELDS[f] for f in named]
    return f"{NUMBERS.get(needed, needed)} of {listed(names)}" if len(names) > needed else listed(names)


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def cause_in_words(record: Record) -> str:
    """One of the author's ways to say the cause that can follow "because", or ""."""
    clauses = (p for p in record.world.root_cause.say_any if CLAUSE.search(p) and not RELATIVE.search(p))
    clause = next(clauses, "")
    return clause if not clause or DETERMINED.match(clause) else f"the {clause}"


def first_name(record: Record) -> str:
    return record.world.customer.name.split()[0]
