"""Changes that the case did not need: what each did, and why it could not help."""

from assessment.scoring.attempt import Happening
from assessment.scoring.record import Detour, Record
from assessment.scoring.terms import asked, cause_in_words, label


def needless(record: Record) -> list[Happening]:
    """Steps that were taken and are no part of the repair. What only shows something is a look, and no change."""
    looks = {fact.observe for fact in record.world.facts.values()}
    return [
        e
        for e in record.events("action")
        if e.data.get("distractor") and e.data["action"] not in looks and e.data.get("possible", True)
    ]


def behind(record: Record, detour: Detour) -> Happening | None:
    """The needless change that came of a detour."""
    name = record.world.action_for(detour.name) or detour.name
    own = (e for e in needless(record) if e.data["action"] == name)
    if "seq" in detour.evidence:
        return next((e for e in own if any(detour.evidence["seq"] == u.seq for u in record.turn_of(e))), None)
    return next((e for e in own if e.number > detour.evidence["event"]), None)


def in_words(record: Record, steps: list[Happening]) -> str:
    """“restart it” took 4 minutes and changed nothing: nothing in that touches the cause."""
    told = "; ".join(dict.fromkeys(f"“{_named(record, e.data['action'])}” {_effect(e)}" for e in steps))
    return f"{told}: nothing in that touches the cause"


def consequence(record: Record, step: Happening) -> str:
    """took 4 minutes and changed nothing: the certificate expired"""
    clause = cause_in_words(record) if record.goal else ""
    return f"{_effect(step)}{clause and f': {clause}'}"


def _named(record: Record, name: str) -> str:
    action = record.world.actions.get(name)
    told = action.intent if action and not action.label else None if action else name
    return asked(record, told) if told else label(record, name)


def _effect(step: Happening) -> str:
    minutes = step.data.get("minutes", 0)
    took = f"took {minutes} minute{'s' if minutes != 1 else ''} and " if minutes else ""
    return f"{took}changed {'what was not at fault' if step.data['changed'] else 'nothing'}"
