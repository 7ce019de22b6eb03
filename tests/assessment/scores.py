"""Looking things up in a scorecard."""

from assessment.scoring import Attempt, score
from assessment.scoring.criterion import Finding


def finding(attempt: Attempt, name: str) -> Finding:
    return next(f for f in score(attempt).criteria if f.id == name)


def status(attempt: Attempt, name: str) -> str:
    return finding(attempt, name).status


def caps_of(attempt: Attempt) -> list[str]:
    return [cap.id for cap in score(attempt).caps]
