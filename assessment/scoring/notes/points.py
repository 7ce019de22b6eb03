"""Points that a scenario wants written: whether the log bears out what the notes say of one."""

import re
from collections.abc import Callable

from assessment.scoring.deeds import action_words, done, harm, stems, told_security, towards_goal
from assessment.scoring.deeds import leading as leading_to_goal
from assessment.scoring.record import Record
from assessment.scoring.words import bare, contains, contains_any
from scenarios.world.document import Mention
from scenarios.world.state import critical_earned

ENDS = ("escalated", "declined")
END = re.compile(
    r"declin|refus|escalat|hand|pass|team|-l2|\bno(?:t|thing)?\b", re.IGNORECASE
)  # words of an end
SAME = 4  # letters: the point "link" and the variable "linked" are one thing


def is_true(record: Record, point: Mention, text: str) -> bool:
    """`text`: all that was written."""
    if point.fact:
        return point.fact in record.state.earned or _was_shown(record, point, text)
    return BY_ID.get(point.id or "", _is_known)(record, point, text)


def was_made(record: Record, point: Mention, text: str) -> bool:
    """The change that the notes describe, or the end that they tell."""
    written, made = _written(point, text), {e.data["action"] for e in towards_goal(record)}
    if _wanted_ends(record) and (not written or any(map(END.search, written))):
        return _is_ended(record)
    meant = _meant(record, written)
    return bool(meant & made if meant else made)


def is_ending(record: Record, wording: str) -> bool:
    """Whether words for what was done tell of declining or handing over, where that is the right end."""
    return bool(_wanted_ends(record)) and END.search(wording) is not None


def _written(point: Mention, text: str) -> list[str]:
    return [wording for wording in point.any if contains(bare(text), bare(wording))]


def _meant(record: Record, written: list[str]) -> set[str]:
    """The right actions that share a word with what was written; none where it is put in other words."""
    said = stems(" ".join(written))
    return {name for name in leading_to_goal(record.world) if said & stems(action_words(record, name))}


def _wanted_ends(record: Record) -> set[str]:
    return {end for goal in record.world.goals.values() for end in ENDS if end in goal.all}


def _is_ended(record: Record) -> bool:
    """The ticket came to the end that the goal wants; what was declined was not granted beside it."""
    ends = _wanted_ends(record)
    if "declined" in ends and (record.kind == "declined" or record.events("refused")):
        return not record.unverified
    return record.kind in ends


def _cause(record: Record, point: Mention, text: str) -> bool:
    """Without any evidence it is a guess."""
    return bool(critical_earned(record.world, record.state))


def _verification(record: Record, point: Mention, text: str) -> bool:
    return bool(record.events("identity") if record.impostor else record.events("identity", matched=True))


def _confirmation(record: Record, point: Mention, text: str) -> bool:
    """Where nothing is confirmed, the end is that somebody was told: security, or the team that takes over."""
    if record.wants_confirmation:
        return bool(record.events("confirmed"))
    if any(goal.all.get("reported") for goal in record.world.goals.values()):
        return told_security(record)
    return record.kind in _wanted_ends(record)


def _reported(record: Record, point: Mention, text: str) -> bool:
    return told_security(record)


def _handover(record: Record, point: Mention, text: str) -> bool:
    return record.kind == "escalated"


def _is_known(record: Record, point: Mention, text: str) -> bool:
    """What goes by the name of an action or of what it changes was done; anything else was told or seen."""
    actions, state = record.world.actions, record.state
    for goal in record.world.goals.values():
        for name, bad in goal.none.items():
            if _bears(point, name):
                return state.vars.get(name) != bad
    fair = {e.data["action"] for e in done(record)} - {e.data["action"] for e in harm(record)}
    named = {
        n
        for n, a in actions.items()
        if not a.distractor and any(_bears(point, x) for x in (n, *(v for b in a.effects for v in b.set)))
    }
    written = stems(" ".join(_written(point, text)))
    if named & fair or any(written & stems(action_words(record, name)) for name in fair):
        return True
    for_the_console = any(actions[name].who == "learner" for name in named)
    return not for_the_console and contains_any(_known(record), point.any)


def _bears(point: Mention, name: str) -> bool:
    return any(part[:SAME] == (point.id or "")[:SAME] for part in name.split("_"))


def _was_shown(record: Record, point: Mention, text: str) -> bool:
    """Whether the words that were written stood in another answer or result, though the fact itself was not had."""
    shown = _shown(record)
    return any(contains(text, wording) and contains(shown, wording) for wording in point.any)


def _shown(record: Record) -> str:
    facts = record.world.facts
    return "\n".join([*(x.text for x in record.customer), *(facts[f].say for f in record.state.earned)])


def _known(record: Record) -> str:
    ticket = record.world.ticket
    return f"{ticket.subject}\n{ticket.opening}\n{_shown(record)}"


BY_ID: dict[str, Callable[[Record, Mention, str], bool]] = {
    "cause": _cause,
    "fix": was_made,
    "verification": _verification,
    "confirmation": _confirmation,
    "reported": _reported,
    "handover": _handover,
}
