"""Scoring: a finished attempt as data in, a scorecard out. Plain Python, without clock or chance."""

from assessment.scoring.attempt import Attempt, Happening, Line
from assessment.scoring.overrides import bounds
from assessment.scoring.rubric import RULES_VERSION
from assessment.scoring.scorecard import Scorecard, score

__all__ = ["RULES_VERSION", "Attempt", "Happening", "Line", "Scorecard", "bounds", "score"]
