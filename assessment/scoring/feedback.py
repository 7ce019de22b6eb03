"""Feedback: the best moments, what to do differently with a better wording, one goal for next time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assessment.scoring.aims import aim, goal
from assessment.scoring.caps import Cap
from assessment.scoring.criterion import Finding
from assessment.scoring.matters import Matter, Worth, matters
from assessment.scoring.mistakes import mistake, reason
from assessment.scoring.praise import best, exposed
from assessment.scoring.quoting import Quote, line_of, quoted
from assessment.scoring.record import Record
from assessment.scoring.rewriting import rewritten
from assessment.scoring.stretch import stretch
from assessment.scoring.terms import first_name

MOST = 3


def feedback(
    record: Record, findings: Sequence[Finding], found: Sequence[Cap], worth: Worth
) -> dict[str, Any]:
    """`worth`: what one point of a finding's criterion moves in the overall score."""
    advice = [_advice(record, matter) for matter in matters(record, findings, found, worth)[:MOST]]
    if not advice:
        further = stretch(record)
        advice = [
            _moment(further.about, further.quote) | {"better": further.better, "aim": further.aim, "also": []}
        ]
    praise = [_moment(finding, quote) for finding, quote in best(record, findings, found)]
    if praise and (seen := exposed(record)):
        praise.insert(0, _exposure(record, seen))
    return {"best": praise[:MOST], "next": advice, "goal": goal(advice)}


def _advice(record: Record, matter: Matter) -> dict[str, Any]:
    lead = matter.lead
    told = replace(lead, title=mistake(record, lead), why=reason(record, lead))
    return _moment(told, quoted(record, lead)) | {
        "better": rewritten(record, lead, line_of(record, lead)),
        "aim": aim(record, lead.id),
        "also": [finding.title for finding in matter.others],
    }


def _moment(finding: Finding, quote: Quote) -> dict[str, Any]:
    return {
        "criterion": finding.id,
        "title": finding.title,
        "text": finding.why,
        "seq": quote.seq,
        "event": quote.event,
        "quote": quote.text,
    }


def _exposure(record: Record, quote: Quote) -> dict[str, Any]:
    """The line that did not believe a "done" and found that it was none."""
    name = first_name(record)
    return {
        "criterion": "critical_facts",
        "title": "Saw through a “done” that was not",
        "text": f"{name} said that it was done. You asked what was to be seen, and it was not.",
        "seq": quote.seq,
        "event": quote.event,
        "quote": quote.text,
    }
