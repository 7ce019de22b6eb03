"""Feedback: the best moments, what to do differently with a better wording, one goal for next time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assessment.scoring.advice.aims import aim, goal
from assessment.scoring.advice.matters import Matter, Worth, first_of, matters
from assessment.scoring.advice.mistakes import mistake, reason
from assessment.scoring.advice.moments import Moment
from assessment.scoring.advice.praise import best
from assessment.scoring.advice.quoting import Quote, line_of, quoted
from assessment.scoring.advice.rewriting import rewritten
from assessment.scoring.advice.stretch import stretch
from assessment.scoring.caps import Cap
from assessment.scoring.criterion import Finding
from assessment.scoring.record import Record

MOST = 3
TOLD_BESIDE = ("questions", "closing")  # of a talk that went wrong as a whole


def feedback(
    record: Record, findings: Sequence[Finding], found: Sequence[Cap], worth: Worth
) -> dict[str, Any]:
    """`worth`: what one point of a finding's criterion moves in the overall score."""
    advice = [
        _advice(record, matter)
        for matter in first_of(matters(record, findings, found, worth), findings, MOST)
    ]
    if not advice:
        further = stretch(record)
        advice = [
            _moment(further.about, further.quote) | {"better": further.better, "aim": further.aim, "also": []}
        ]
    praise = [_kept(moment) for moment in best(record, findings, found)[:MOST]]
    return {"best": praise, "next": advice, "goal": goal(advice)}


def _advice(record: Record, matter: Matter) -> dict[str, Any]:
    lead = matter.lead
    beside = [f for f in matter.others if matter.is_whole and f.id in TOLD_BESIDE]
    why = " ".join([reason(record, lead), *(f.why for f in beside)])
    told = replace(lead, title=mistake(record, lead), why=why)
    return _moment(told, quoted(record, lead)) | {
        "better": " ".join(
            [
                _better(record, lead),
                *(f"At the end: {_better(record, f)}" for f in beside if f.id == "closing"),
            ]
        ),
        "aim": aim(record, lead.id),
        "also": [finding.title for finding in matter.others],
    }


def _better(record: Record, finding: Finding) -> str:
    return rewritten(record, finding, line_of(record, finding))


def _moment(finding: Finding, quote: Quote) -> dict[str, Any]:
    return _kept(Moment(finding.id, finding.title, finding.why, quote))


def _kept(moment: Moment) -> dict[str, Any]:
    quote = moment.quote
    return {
        "criterion": moment.criterion,
        "title": moment.title,
        "text": moment.text,
        "seq": quote.seq,
        "event": quote.event,
        "quote": quote.text,
    }
