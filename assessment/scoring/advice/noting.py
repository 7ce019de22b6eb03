"""What the notes would have needed: what was seen, as it was seen, and what was done, as the log has it."""

from assessment.scoring.advice.asking import sentence
from assessment.scoring.advice.quoting import part_of
from assessment.scoring.attempt import Happening
from assessment.scoring.criteria.documentation import is_falsified
from assessment.scoring.notes.told import Told
from assessment.scoring.record import Record
from assessment.scoring.terms import asked, first_name, label, listed, past, topic
from scenarios.world.document import Mention

MOST = 3  # steps of an attempt that are named


def said_of(record: Record, fact: str) -> str:
    """What the customer or a tool said, in whole sentences."""
    return part_of(record.world.facts[fact].say, longest=140)


def written(record: Record) -> str:
    """What was seen and not written down, in the words in which it was seen; what was never seen is to be found out first."""
    told = Told(record)
    if unsaid := [e for e in told.notes.unsaid_harm if e.data.get("who") == "learner"]:
        done = past(label(record, unsaid[0].data["action"]))
        return f"Write the step as it was: “{done} by mistake; to be put right with the lead.” Only so can a colleague see what was done."
    lacking = told.unwritten()
    seen = [_as_seen(record, p.fact) for p in lacking if p.fact and p.fact in record.state.earned]
    unseen = [p for p in lacking if p.fact and p.fact not in record.state.earned]
    facts = record.world.facts
    tools = list(dict.fromkeys(topic(record, p) for p in unseen if facts[p.fact or ""].tool))
    asked_about = [topic(record, p) for p in unseen if not facts[p.fact or ""].tool]
    rest = [_as_it_was(record, p) for p in lacking if not p.fact]
    parts = [
        f"Write what you saw: “{' '.join(seen)}”" if seen else "",
        f"{'And write' if seen else 'Write'}, as it was: {listed(rest)}." if rest else "",
        f"Open {listed(tools)} first, and write what is shown there." if tools else "",
        f"Find out first, and then write: {listed(asked_about)}." if asked_about else "",
    ]
    return " ".join(part for part in parts if part)


def _as_it_was(record: Record, point: Mention) -> str:
    """A point in words, as far as there was anything of the kind in this attempt."""
    if point.id == "verification" and record.impostor:
        return "which proof failed" if record.events("identity", matched=False) else "that no proof was had"
    if point.id == "verification" and not record.events("identity", matched=True):
        return "that nobody was verified"
    if point.id == "cause" and record.impostor:
        return "what spoke against the caller"
    if point.id == "cause" and record.is_open:
        return "that the cause is still open"
    return topic(record, point)


def _as_seen(record: Record, fact: str) -> str:
    """A customer's words as a sentence; a tool's as it prints them."""
    said = said_of(record, fact)
    return said if record.world.facts[fact].tool else sentence(said)


def true_notes(record: Record) -> str:
    """What the log bears out, instead of what it denies."""
    said = f"Write only what you did yourself and saw happen. Here that is: {_happened(record)}."
    return (
        f"{said} Tell your lead that this record has to be corrected: the next one acts on it."
        if is_falsified(record)
        else said
    )


def _happened(record: Record) -> str:
    """At most three things that were done, what changed something first; else what was told; else nothing."""
    name = first_name(record)
    mine = record.events("console")
    theirs = record.events("action", who="customer", possible=True)
    changed = {e.data["action"] for e in record.events("action", changed=True)}
    steps = sorted([*mine, *theirs], key=lambda e: (e.data["action"] not in changed, e.number))
    chosen = list(dict.fromkeys(e.data["action"] for e in steps))[:MOST]
    order = {e.data["action"]: e.number for e in reversed(steps)}
    used = [_step(record, x) for x in sorted(chosen, key=order.__getitem__) if x not in _of(theirs)]
    had = [_step(record, x) for x in sorted(chosen, key=order.__getitem__) if x in _of(theirs)]
    parts = [
        f"what {name} proved" if record.events("identity", matched=True) else "",
        f"in the console {listed(used)}" if used else "",
        f"by {name}, on your word, {listed(had)}" if had else "",
    ]
    if any(parts):
        return "; ".join(part for part in parts if part)
    if facts := [e.data["fact"] for e in record.events("fact") if e.data["fact"] in record.world.facts]:
        return f"what {name} told you: “{said_of(record, facts[0]).rstrip('.')}”"
    if record.events("article", "search", "lookup"):
        return "what you looked up; nothing was done"
    return f"{name} wrote in, and nothing was checked or done"


def _of(steps: list[Happening]) -> frozenset[str]:
    return frozenset(e.data["action"] for e in steps)


def _step(record: Record, name: str) -> str:
    """As the console calls it; what the customer does in words."""
    if name == record.world.retry:
        return "“try it again”"
    action = record.world.actions.get(name)
    own = action.intent if action and action.who == "customer" and not action.label else None
    return f"“{asked(record, own) if own else label(record, name)}”"
