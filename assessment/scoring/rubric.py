"""The rubric: every criterion in the order in which a learner reads them, and what each dimension weighs."""

from assessment.scoring import communication, documentation, manners, response, technical, verification
from assessment.scoring.criterion import Criterion

RULES_VERSION = "2"
WEIGHTS = {
    "verification": 25,
    "technical": 30,
    "communication": 20,
    "documentation": 15,
    "response_time": 10,
}
CRITERIA: tuple[Criterion, ...] = (
    *verification.CRITERIA,
    *technical.CRITERIA,
    *communication.CRITERIA,
    *manners.CRITERIA,
    *documentation.CRITERIA,
    *response.CRITERIA,
)
