"""Communication: what the customer was told, held against the log. Only what it plainly denies counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assessment.scoring.attempt import Happening, Line
from assessment.scoring.criteria.sights import FROM_HERE, LOOKED, THE_THING_IS_FINE, looked, shown
from assessment.scoring.criterion import Criterion, Penalty, Ruling, not_applicable
from assessment.scoring.deeds import told_security
from assessment.scoring.log import seq
from assessment.scoring.record import Record
from assessment.scoring.words import normal, quote

PER_LINE = 20.0
MOST = 2  # lines that cost
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]*")
# Before a claim these make it a plan, a condition, a denial, or somebody else's doing.
NOT_CLAIMED = re.compile(
    r"\b(?:will|shall|would|should|could|can|may|might|must|going to|once|when|if|after|until|unless|before|as soon as"
    r"|you (?:told|wrote|mean|mentioned)|i (?:understand|hear|see)|(?:glad|good) to (?:hear|know)|make sure|(?:check|see) (?:that|it)"
    r"|let me|let's|try|need|needs|hope|whether|not|never|no|nobody|nothing|cannot|hardly|almost|so|said|say|says"
    r"|last|ago|earlier|previous|previously|yesterday|only)\b|n't\b|'ll\b"
)
MINE = r"\b(?:i|we)(?:'ve| have)?(?: now| just| already)* "
TICKET = r"(?:it|this|that|your (?:case|ticket|request)|the (?:case|ticket|request))"

Log = list[Happening]


@dataclass(frozen=True)
class Claim:
    """A kind of statement. `holds`: whether the log, as far as it had come by then, bears it out."""

    said: re.Pattern[str]
    holds: Callable[[Record, Log, re.Match[str]], bool]
    why: str


def _any(log: Log, *kinds: str, **data: object) -> bool:
    return any(e.kind in kinds and all(e.data.get(k) == v for k, v in data.items()) for e in log)


def _changed(record: Record, log: Log, said: re.Match[str]) -> bool:
    """Anything was changed, by whomever, or the learner did something of the console that may have changed it."""
    return _any(log, "action", changed=True) or _any(log, "action", who="learner", possible=True)


def _settled(record: Record, log: Log, said: re.Match[str]) -> bool:
    changed = _changed(record, log, said) or _any(log, "fixed", "confirmed")
    return changed or _handed_over(record, log, said)


def _handed_over(record: Record, log: Log, said: re.Match[str]) -> bool:
    reported = bool(record.attempt.resolution.get("reported"))
    return record.kind == "escalated" or reported or record.is_fixed or _any(log, "left", why="hangup")


def _reported(record: Record, log: Log, said: re.Match[str]) -> bool:
    done = [e.data["action"] for e in log if e.kind == "action" and e.data.get("possible")]
    return told_security(record) or any("report" in name for name in done)


def _proved(record: Record, log: Log, said: re.Match[str]) -> bool:
    return _any(log, "identity", matched=True)


def _compared(record: Record, log: Log, said: re.Match[str]) -> bool:
    return _any(log, "lookup") or any(_any(log, "identity", field=f) for f in ("callback", "push_code"))


def _worked(record: Record, log: Log, said: re.Match[str]) -> bool:
    return _any(log, "console", "lookup", "search", "article")


def _confirmed(record: Record, log: Log, said: re.Match[str]) -> bool:
    return _any(log, "confirmed")


def _called(record: Record, log: Log, said: re.Match[str]) -> bool:
    return _any(log, "identity", field="callback")


def _sent(record: Record, log: Log, said: re.Match[str]) -> bool:
    return _any(log, "identity", field="push_code") or _any(log, "article") or _changed(record, log, said)


SAID = (
    (
        rf"{MINE}(?:reset|unlocked|re-?enabled|enabled|reactivated|re-?issued|renewed|granted|assigned|extended|installed"
        r"|reinstalled|repaired|fixed|restored|restarted|rebooted|solved|resolved|replaced)\b"
        r"|\byour (?:account|password|licen[cs]e|certificate|access|second factor|mailbox) (?:is|has been) (?:now )?"
        r"(?:reset|unlocked|extended|renewed|reactivated|re-?issued|enabled|restored|granted)\b(?! (?:by|every|each|only|when|once|after)\b)",
        _changed,
        "nothing had been changed by then",
    ),
    (
        r"\b(?:everything|all|it|that|this|(?:the|your) (?:problem|issue|matter|request|fault|trouble))(?:'s| is| are| has been"
        r"| have been)(?: now| all)* (?:fixed|resolved|solved|repaired|taken care of|sorted(?! by))\b"
        r"|^(?:all )?(?:fixed|resolved|solved|sorted|repaired)\W*$"
        r"|\b(?:it|everything|all) (?:works|is working) (?:now|again)\W*$",
        _settled,
        "nothing had been changed by then",
    ),
    (
        rf"\byou(?:'re| are| have been) (?:now )?verified\b|\bidentity (?:is |was |has been )?(?:verified|confirmed)\b"
        rf"|^verified(?:\W*$|,)|{MINE}(?:verified|confirmed|checked) (?:you\b|your identity|who you are)",
        _proved,
        "nothing that proves who is calling had been given",
    ),
    (
        r"\b(?:that|both|they|those|these|it|everything|all)(?: all| both)? match(?:es)?\b",
        _compared,
        "nothing had been looked up to compare it with",
    ),
    (
        r"\b(?:root )?cause (?:was |is |has been )?(?:found|identified)\b|\bevidence collected\b",
        _worked,
        "nothing had been looked up by then",
    ),
    (
        rf"{THE_THING_IS_FINE},? {FROM_HERE}|{THE_THING_IS_FINE}(?=.*{MINE}(?:checked|tested|looked)\b)"
        rf"|{MINE}(?:checked|tested|looked)\b.*?{THE_THING_IS_FINE}|{FROM_HERE}.{{0,20}}?{THE_THING_IS_FINE}",
        shown,
        "nothing that shows it had been looked at by then",
    ),
    (
        rf"(?:{MINE}|^){LOOKED}\b(?! with\b| back\b| (?:at )?what\b)(?!.{{0,20}}\b(?:ticket|history|messages?|notes?|case|request|descriptions?|details|screenshots?|spelling"
        r"|what you|your (?:name|words|mail))\b)",
        looked,
        "nothing that shows it had been looked at by then",
    ),
    (r"\bfix confirmed\b", _confirmed, "nobody had tried it by then"),
    (
        rf"{MINE}(?:called|rung|rang|phoned) (?:you\b|back\b|your (?:number|phone))",
        _called,
        "nobody had been called",
    ),
    (
        rf"{MINE}(?:sent|pushed) (?:you )?(?:an?|the|another) (?:[\w-]+ )?(?:code|push|prompt|notification|e-?mail|mail|link)\b",
        _sent,
        "nothing had been sent",
    ),
    (
        rf"{MINE}(?:reported|informed|told|alerted)\b.{{0,40}}\bsecurity\b|\bsecurity (?:has been|is) (?:informed|told|alerted)\b",
        _reported,
        "security was never told",
    ),
    (
        rf"(?:{MINE}|\bi'm |\bi am )(?:now |just )?(?:pass(?:ed|ing)?|hand(?:ed|ing)?|forward(?:ed|ing)?|escalat(?:e|ed|ing)) {TICKET}\b"
        r".{0,30}?\b(?:on|over|to)\b",
        _handed_over,
        "it was never handed over",
    ),
)
CLAIMS = tuple(Claim(re.compile(said), holds, why) for said, holds, why in SAID)


class FalseAssurance(Penalty):
    """For each message, two at most, that tells the customer of something done, checked, sent or settled that had not happened."""

    id, title, dimension = (
        "false_assurance",
        "Told the customer what had not happened (−20 each)",
        "communication",
    )
    worst = -PER_LINE * MOST
    aim = "tell the customer only what has really been done"

    def rule(self, record: Record) -> Ruling:
        if not record.fair_replies:
            return not_applicable("You told the customer nothing.")
        found = untrue(record)
        if not found:
            looked = (seq(record.fair_replies[0].seq), *record.checked())
            return Ruling(1.0, "Nothing that you told the customer is denied by the log.", looked)
        told = "; ".join(f"“{quote(sentence, 100)}”, and {why}" for _, sentence, why in found[:MOST])
        lines = tuple(seq(line.seq) for line, _, _ in found)
        return Ruling(0.0, f"You told the customer: {told}.", lines, lost=PER_LINE * min(MOST, len(found)))

    def better(self, record: Record) -> str:
        return "Say what you have done and what is still open: “I have not changed anything yet. I am looking at it now.”"


def untrue(record: Record) -> list[tuple[Line, str, str]]:
    """(line, the sentence, what the log says) of each reply with a statement that the log denies."""
    found = []
    for line in record.fair_replies:
        log = _by_then(record, line)
        denied = ((s, why) for s in SENTENCE.findall(line.text) if (why := _denied(record, log, s)))
        if first := next(denied, None):
            found.append((line, first[0].strip(), first[1]))
    return found


def _denied(record: Record, log: Log, sentence: str) -> str:
    """What the log says against a sentence, or ""."""
    text = normal(sentence).strip()
    if "?" in text:
        return ""
    for claim in CLAIMS:
        said = claim.said.search(text)
        if said and not NOT_CLAIMED.search(text[: said.end()]) and not claim.holds(record, log, said):
            return claim.why
    return ""


def _by_then(record: Record, line: Line) -> Log:
    """What had happened when the customer had answered the line: a call-back that it announces is part of it."""
    heard = next((u.number for u in record.understood if u.seq == line.seq), None)
    if heard is None:
        return list(record.attempt.events)
    answered = next((e.number for e in record.events("turn") if e.number > heard), heard)
    return [e for e in record.attempt.events if e.number <= answered]


CRITERIA: tuple[Criterion, ...] = (FalseAssurance(),)
