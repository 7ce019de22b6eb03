"""Feedback: the best moments, the next actions with a better wording, one goal for next time."""

from collections.abc import Callable, Sequence
from typing import Any

from assessment.scoring.criterion import Finding
from assessment.scoring.notes import Notes
from assessment.scoring.record import Record
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
        "next": [_moment(record, f) | {"better": f.better} for f in lost[:MOST]],
        "goal": _goal(lost),
    }


def _moment(record: Record, finding: Finding) -> dict[str, Any]:
    line = _line(record, finding)
    return {
        "criterion": finding.id,
        "title": finding.title,
        "text": finding.why,
        "seq": line[0],
        "quote": line[1],
    }


def _line(record: Record, finding: Finding) -> tuple[int | None, str]:
    """The learner's line that the finding is about, else the one where it would have belonged."""
    if finding.dimension == "documentation":
        return None, quote(" / ".join(text for text in Notes(record).fields.values() if text))
    cited = [record.line(e["seq"]) for e in finding.evidence if "seq" in e]
    caused = [
        record.line(record.cause(e)) for e in record.attempt.events if {"event": e.number} in finding.evidence
    ]
    mine = [x for x in (*cited, *caused) if x is not None and x.sender == "user"]
    if not mine and finding.status == "not" and record.replies:
        late = finding.id in ("closing", "fix_confirmed", "cause_explained", "goal_reached")
        mine = [record.replies[-1 if late else 0]]
    return (mine[0].seq, quote(mine[0].text)) if mine else (None, "")


def _goal(lost: list[Finding]) -> str:
    if not lost:
        return "Next time: do the same with a harder ticket."
    return f"Next time: {AIMS[lost[0].id]}."
