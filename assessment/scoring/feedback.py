"""Feedback: the best moments, the next actions with a better wording, one goal for next time."""

from collections.abc import Callable, Sequence
from typing import Any

from assessment.scoring.criterion import Finding
from assessment.scoring.notes import Notes
from assessment.scoring.quoting import line_of
from assessment.scoring.record import Record
from assessment.scoring.rewriting import rewritten
from assessment.scoring.rubric import CRITERIA
from assessment.scoring.words import quote

MOST = 3
AIMS = {criterion.id: criterion.aim for criterion in CRITERIA}
Worth = Callable[[Finding], float]


def feedback(record: Record, findings: Sequence[Finding], worth: Worth) -> dict[str, Any]:
    """`worth`: what one point of a finding's criterion moves in the overall score."""
    weighed = [f for f in findings if f.dimension != "research" and (record.goal or f.id != "efficiency")]
    best = [f for f in weighed if f.status == "met" and f.earned > 0 and not f.misread]
    best.sort(key=lambda f: -f.earned * worth(f))
    lost = [f for f in weighed if f.points - f.earned > 0.5]
    lost.sort(key=lambda f: -(f.points - f.earned) * worth(f))
    return {
        "best": [_moment(record, f) for f in best[:MOST]],
        "next": [
            _moment(record, f) | {"better": rewritten(record, f, line_of(record, f))} for f in lost[:MOST]
        ],
        "goal": goal([f.id for f in lost]),
    }


def _moment(record: Record, finding: Finding) -> dict[str, Any]:
    line = line_of(record, finding)
    if finding.dimension == "documentation":
        said = quote(" / ".join(text for text in Notes(record).fields.values() if text))
    else:
        said = quote(line.text) if line else ""
    return {
        "criterion": finding.id,
        "title": finding.title,
        "text": finding.why,
        "seq": line.seq if line else None,
        "quote": said,
    }


def goal(lacking: Sequence[str]) -> str:
    """`lacking`: ids of criteria, what would gain most first."""
    if not lacking:
        return "Next time: do the same with a harder ticket."
    return f"Next time: {AIMS[lacking[0]]}."
