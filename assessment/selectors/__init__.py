"""Reads across scenarios, sessions and their scores."""

from assessment.selectors.catalogue import attempts, catalogue
from assessment.selectors.numbers import zone_of
from assessment.selectors.performance import Performance, Point, Timeframe, performance
from assessment.selectors.recommendation import Recommendation, recommended
from assessment.selectors.report import Report, cohort_report
from assessment.selectors.runs import Measure, Wanted

__all__ = [
    "Measure",
    "Performance",
    "Point",
    "Recommendation",
    "Report",
    "Timeframe",
    "Wanted",
    "attempts",
    "catalogue",
    "cohort_report",
    "performance",
    "recommended",
    "zone_of",
]
