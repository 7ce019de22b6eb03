"""What notes claim to have happened, and whether the log bears it out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assessment.scoring.deeds import told_security
from assessment.scoring.notes.claim_words import (
    CALLED_BACK,
    CONFIRMED,
    CUSTOMER,
    DECLINED,
    HANDED_OVER,
    ITEMS,
    MATCHED,
    REPORTED,
    RESTARTED,
    SENT,
    UNCHANGED,
    VERIFIED,
    WORKS,
)
from assessment.scoring.notes.sentences import Statement, stated
from assessment.scoring.record import Record
from assessment.scoring.terms import SPOKEN_FIELDS
from assessment.scoring.words import words
from scenarios.world.state import at_least

RESTARTS = re.compile(r"restart|reboot|router|started again|off and on|switched .* on again", re.IGNORECASE)
SENDS = re.compile(r"send|sent|push|order|mail|forward|link|reserve", re.IGNORECASE)
_TEAM = re.compile(r"\b(network|identity|app(?:lication)?s|workplace|security)\b", re.IGNORECASE)
# Told of somebody else, or of the time before this ticket.
ASIDE = re.compile(
    r"\b(?:had|already|before|earlier|yesterday|previously|ago|last (?:week|month|year|time)|himself|herself|themselves|on (?:his|her|their) own"
    r"|by (?:the )?(?:customer|user|caller|colleague|\w+ shift)|shift had)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\W*(?:$|[.:,]|\b(?:by|via|with|through|using|thru|against|per|over|w/|on|at|as|to|for|from|before|after|ok|low|high|two|2|both|employee|emp"
    r"|staff|ids?|identity|asset|manager|mgr|name|first|successfully|manually|properly|correctly|him|her|them)\b)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:that|whether)\b|^\W*(?:with|in|by|via|on|from|against) (?:the |a |our )?(?:[\w-]+ )?(?:logs?|monitor\w*|calendar|colleagues?|board|tool|console|web|test|ping|history)\b",
    re.IGNORECASE,
)
_CALLER = re.compile(
    r"caller|customer|cust|user|usr|client|requester|requestor|person|pt|identity|ids?|he|she|they|items?|factors|details|data|holder"
    r"|number|no|tag|manager|mgr|level"
)
_LIGHT = re.compile(
    r"was|is|has|been|have|had|were|are|be|being|got|it's|fully|successfully|duly|properly|correctly|now|then|first|already|also"
    r"|i|we|the|a|our|this"
)


@dataclass(frozen=True)
class Denied:
    """A clause that the log denies, the kind of claim it is, and what the log says instead."""

    kind: str
    clause: str
    why: str


Check = Callable[[Record, Statement], str]


def denied(record: Record, text: str) -> Iterator[Denied]:
    """All that the text states and the log denies."""
    for kind, pattern, check in CLAIMS:
        for said in stated(pattern, text):
            if why := check(record, said):
                yield Denied(kind, said.clause, why)


def _is_about_the_caller(record: Record, said: Statement) -> bool:
    """A bare "verified" may be of anything else: the fix, a date, that the printer is on."""
    if " " in said.found[0] or said.found[0].casefold().startswith("id:"):
        return True
    names = record.world.customer.name.casefold().split()
    subject = [w for w in words(said.before) if not _LIGHT.fullmatch(w)][-1:]
    if _ELSEWHERE.search(said.after) or not all(_CALLER.fullmatch(w) or w in names for w in subject):
        return False
    return bool(subject or _OBJECT.match(said.after) or words(said.after)[0] in names)


def _verified(record: Record, said: Statement) -> str:
    """Where the notes name what it was verified by, a colleague sees how much that was: then the items decide."""
    if not _is_about_the_caller(record, said):
        return ""
    if re.search("|".join(ITEMS.values()), said.clause, re.IGNORECASE) and not _unproved(record, said.clause):
        return ""
    if not any(at_least(e.data["level"], "low") for e in record.events("level")):
        return "the caller was not verified"
    return "" if record.was_compared else "the caller was not verified: nobody opened the record to compare"


def _matched(record: Record, said: Statement) -> str:
    """Each item that is named as proof was proved."""
    return _unproved(record, said.found[0])


def _unproved(record: Record, text: str) -> str:
    """Which of the items that are named was not proved, and why."""
    for field, pattern in ITEMS.items():
        named = re.search(pattern, text, re.IGNORECASE)
        if named and not record.events("identity", field=field, matched=True):
            asked = record.events("identity", field=field)
            return f"the {SPOKEN_FIELDS[field]} {'did not match' if asked else 'was never asked for'}"
    return ""


def _confirmed(record: Record, said: Statement) -> str:
    if not record.wants_confirmation:
        return _works(record, said)
    return "" if record.events("confirmed") else "the customer never confirmed that it works"


def _works(record: Record, said: Statement) -> str:
    """Where nothing counts as repaired, any change may have been meant."""
    changed = not record.world.fixed and record.events("action", changed=True)
    was_so = record.is_fixed or record.events("confirmed", "fixed") or changed
    return "" if was_so else "it never worked in this session, and the customer never confirmed it"


def _called_back(record: Record, said: Statement) -> str:
    """Not where the customer did, or where the console rang a line."""
    by_customer = re.search(rf"\b{CUSTOMER}\s*$", said.before, re.IGNORECASE)
    rang = any(re.search(r"line|phone", e.data["tool"]) for e in record.events("tool"))
    rang = rang or bool(record.events("identity", field="callback"))
    return "" if by_customer or rang else "nobody was called back"


def _reported(record: Record, said: Statement) -> str:
    return "" if told_security(record) else "security was not told"


def _declined(record: Record, said: Statement) -> str:
    customers = re.search(
        rf"\b(?:{CUSTOMER}|connection|access|card|bank|system|server|gateway)\s*(?:was |is )?$",
        said.before,
        re.IGNORECASE,
    )
    if customers or record.kind == "declined" or any(record.is_sure(e) for e in record.events("refused")):
        return ""
    return "nothing was declined" if record.impostor else ""


def _handed_over(record: Record, said: Statement) -> str:
    if record.kind != "escalated":
        security = "security" in said.clause.casefold()
        return "" if security and told_security(record) else "the ticket was not handed over"
    team = str(record.attempt.resolution.get("team"))
    named = {found[0].casefold()[:3] for found in _TEAM.finditer(said.found[0] + said.after)}
    return f"it was handed over to {team}" if named and team[:3] not in named else ""


def _restarted(record: Record, said: Statement) -> str:
    tried = any(RESTARTS.search(x.text) for x in record.customer)
    done = any(RESTARTS.search(e.data["action"]) for e in record.events("action", "claim"))
    return "" if tried or done or ASIDE.search(said.clause) else "nothing was restarted"


def _sent(record: Record, said: Statement) -> str:
    actions = record.world.actions
    names = [e.data["action"] for e in record.events("action", who="learner")]
    labels = " ".join(f"{n} {actions[n].label or ''} {actions[n].say or ''}" for n in names if n in actions)
    theirs = re.search(rf"\b(?:{CUSTOMER}|told|phone|laptop|app|server)\b", said.before, re.IGNORECASE)
    return "" if SENDS.search(labels) or theirs or record.kind == "escalated" else "nothing was sent"


def _unchanged(record: Record, said: Statement) -> str:
    changed = [
        e
        for e in record.events("action", changed=True)
        if e.data.get("gate") in ("low", "high") or e.data.get("harmful")
    ]
    return "something was changed" if record.impostor and changed else ""


CLAIMS: tuple[tuple[str, re.Pattern[str], Check], ...] = (
    ("verified", VERIFIED, _verified),
    ("verified", MATCHED, _matched),
    ("called back", CALLED_BACK, _called_back),
    ("works", CONFIRMED, _confirmed),
    ("works", WORKS, _works),
    ("reported", REPORTED, _reported),
    ("declined", DECLINED, _declined),
    ("handed over", HANDED_OVER, _handed_over),
    ("restarted", RESTARTED, _restarted),
    ("sent", SENT, _sent),
    ("unchanged", UNCHANGED, _unchanged),
)
