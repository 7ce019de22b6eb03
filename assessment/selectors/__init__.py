"""Reads across scenarios, sessions and their scores."""

from assessment.selectors.catalogue import Recommendation, attempts, catalogue, recommended
from assessment.selectors.numbers import zone_of
from assessment.selectors.performance import Measure, Performance, Timeframe, performance
from assessment.selectors.report import Report, cohort_report

__all__ = [
    "Measure",
    "Performance",
    "Recommendation",
    "Report",
    "Timeframe",
    "attempts",
    "catalogue",
    "cohort_report",
    "performance",
    "recommended",
    "zone_of",
]
