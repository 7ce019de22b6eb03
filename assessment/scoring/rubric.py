"""The rubric: every criterion in the order in which a learner reads them, and what each dimension weighs."""

from assessment.scoring.criteria import (
    communication,
    documentation,
    empathy,
    hints,
    honesty,
    impostor,
    manners,
    questions,
    response,
    technical,
    ticking,
    verification,
)
from assessment.scoring.criterion import Criterion, Finding
from assessment.scoring.record import Record

RULES_VERSION = "7"
WEIGHTS = {
    "verification": 25,
    "technical": 30,
    "communication": 20,
    "documentation": 15,
    "response_time": 10,
}
CRITERIA: tuple[Criterion, ...] = (
    *verification.CRITERIA,
    *impostor.CRITERIA,
    *ticking.CRITERIA,
    *technical.CRITERIA,
    *hints.CRITERIA,
    *communication.CRITERIA,
    *empathy.CRITERIA,
    *questions.CRITERIA,
    *manners.CRITERIA,
    *honesty.CRITERIA,
    *documentation.CRITERIA,
    *response.CRITERIA,
)


def judged(record: Record) -> tuple[Finding, ...]:
    """A finding for each criterion, in their order; a line that we may have misread meant one thing only."""
    findings: list[Finding] = []
    excused: dict[int, tuple[str, ...]] = {}
    for criterion in CRITERIA:
        finding = criterion.judge(record, excused)
        if finding.misread and finding.points:
            excused.update((e["seq"], criterion.acts) for e in finding.evidence)
        findings.append(finding)
    return tuple(findings)
