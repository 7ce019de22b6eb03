"""What notes claim of the console: that something was looked at, or done, which the log would know."""

import re
from collections.abc import Iterator

from assessment.scoring.deeds import action_words, done, stems
from assessment.scoring.notes.claims import ASIDE, Denied
from assessment.scoring.notes.sentences import stated
from assessment.scoring.record import Record
from assessment.scoring.terms import IRREGULAR, label, past

LOOKED = (
    r"(?:checked|chkd|read|viewed|reviewed|opened|studied|looked (?:at|into|up)|consulted|examined|searched)"
)
THE_TICKET = frozenset({"ticke"})  # goes without saying: "linked to the incident"


def denied_uses(record: Record, text: str) -> Iterator[Denied]:
    """Tools that were never used and actions that were never taken, by their names in the console."""
    yield from _unread(record, text)
    yield from _undone(record, text)


def _unread(record: Record, text: str) -> Iterator[Denied]:
    used = {e.data["tool"] for e in record.events("tool")}
    for name, tool in record.world.tools.items():
        phrase = re.escape(tool.label.split(":")[0].strip())
        if name in used or len(re.findall(r"\w+", phrase)) < 2:
            continue
        active = rf"\b{LOOKED}\s+(?:the |his |her |their )?{phrase}\b"
        pattern = re.compile(rf"{active}|\b{phrase}\s+(?:was |were |has been )?{LOOKED}\b", re.IGNORECASE)
        yield from (
            Denied("looked", x.clause, f"“{tool.label}” was never opened") for x in stated(pattern, text)
        )


def _undone(record: Record, text: str) -> Iterator[Denied]:
    """By verb and object: "account unlocked" for "Unlock account", where nothing of the sort was done."""
    taken = {e.data["action"] for e in done(record)}
    happened = stems(" ".join(action_words(record, name) for name in taken))
    for name, action in record.world.actions.items():
        verb, *rest = (action.label or "").casefold().split()[:6] or [""]
        object_ = stems(" ".join(rest))
        object_ = object_ - THE_TICKET or object_
        if action.who != "learner" or name in taken or not object_ or stems(verb) & happened:
            continue
        pattern = re.compile(rf"\b(?:{_past(verb)})\b", re.IGNORECASE)
        yield from (
            Denied("done", x.clause, f"“{label(record, name)}” was not done")
            for x in stated(pattern, text)
            if object_ <= stems(x.clause) and not ASIDE.search(x.clause)
        )


def _past(verb: str) -> str:
    """The ways in which a verb stands in notes."""
    doubled = rf"{verb}(?:{verb[-1]})?ed"
    return IRREGULAR.get(verb) or (past(verb).casefold() if verb[-1] in "ey" else doubled)
