"""How well a session went, who looked at the score again, and what it says about a learner's skills."""

from assessment.models.assessment import DIMENSIONS, Assessment, AssessmentQuerySet
from assessment.models.owed import OwedByScore, OwedRating
from assessment.models.review import Contest, Override, Review, Revision, SelfAssessment
from assessment.models.skills import LearnerSkill, ScenarioSkill, SkillOutcome

__all__ = [
    "DIMENSIONS",
    "Assessment",
    "AssessmentQuerySet",
    "Contest",
    "LearnerSkill",
    "Override",
    "OwedByScore",
    "OwedRating",
    "Review",
    "Revision",
    "ScenarioSkill",
    "SelfAssessment",
    "SkillOutcome",
]
