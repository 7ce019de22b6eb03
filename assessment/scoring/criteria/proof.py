"""Proof of who is calling: what was still to be asked for, and the line by which a learner did without it."""

import re

from assessment.scoring.attempt import Line
from assessment.scoring.hearing import CERTAIN
from assessment.scoring.record import Record
from assessment.scoring.terms import SPOKEN_FIELDS, asks, listed
from scenarios.world.state import FACTORS, IDENTITY_ACTS, POSSESSION

WAIVING = re.compile(
    r"\b(?:never ?mind|(?:doesn'?t|does not|don'?t) matter|no matter|not (?:needed|necessary|important|required)|no need"
    r"|needn'?t|don'?t need|(?:that|this|it)(?:'?s| is) (?:fine|ok|okay|enough|all right|alright|good enough)|skip"
    r"|(?:trust|believe) you|(?:take|have) your word|forget (?:about )?(?:the|that|it)|just this once|exception"
    r"|go on without|do without|without (?:it|that|the)\b|don'?t worry|good enough|will do)\b",
    re.IGNORECASE,
)
OF_PROOF = re.compile(
    r"\b(?:verif\w*|identi\w*|who you are|proof|prove|(?:employee|staff|personnel) (?:id|number)|manager|asset tag|call-?back|checks?)\b",
    re.IGNORECASE,
)


def still_open(record: Record) -> list[str]:
    """The fields to ask for next: what policy takes, without what had come and what the caller does not have.

    The ways of possession stand in where too little else is left; empty where nothing is left at all.
    """
    policy = record.world.identity.policy
    first = record.unverified[0].number if record.unverified else None
    had = {e.data["field"] for e in record.proofs if first is None or e.number < first}
    failed = {e.data["field"] for e in record.events("identity", matched=False)}
    fields: list[str] = []
    for rule in policy.high if record.needed == "high" else policy.low:
        left = [f for f in FACTORS if f in rule.of and f not in had | failed]
        wanted = max(0, rule.any - len(had & set(rule.of)))
        fields += left[:wanted]
        if len(left) < wanted:
            ways = [f for high in policy.high for f in high.of if f in POSSESSION and f not in failed]
            return ways[:1]
    return list(dict.fromkeys(fields))


def wanted(record: Record) -> str:
    """In words, what policy takes; once an item has failed, what is left to ask for."""
    left = still_open(record) if record.events("identity", matched=False) else []
    return listed([f"the {SPOKEN_FIELDS[field]}" for field in left]) or asks(record)


def waived(record: Record) -> Line | None:
    """The line that did without proof, before something was done for a caller who had not proved enough; None."""
    if not record.unverified:
        return None
    before = [x for x in record.replies if x.at <= record.unverified[0].at]
    return next((x for x in before if _waives(record, x)), None)


def _waives(record: Record, line: Line) -> bool:
    """It waves proof off by name, or follows an answer that was none; a line that asks for other proof does not."""
    if not WAIVING.search(line.text) or _asks_for_proof(record, line):
        return False
    return bool(OF_PROOF.search(line.text)) or _follows_a_failure(record, line)


def _asks_for_proof(record: Record, line: Line) -> bool:
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    return heard is not None and any(name in IDENTITY_ACTS and sure >= CERTAIN for name, sure in heard.acts)


def _follows_a_failure(record: Record, line: Line) -> bool:
    """The learner's line before it asked for an item that the caller did not have, or had wrong."""
    earlier = [x.seq for x in record.replies if x.seq < line.seq][-1:]
    return any(e.data.get("seq") in earlier for e in record.events("identity", matched=False))
