"""Reads across scenarios, sessions and their scores."""

from assessment.selectors.catalogue import ORDERS, attempts, catalogue, in_order
from assessment.selectors.numbers import zone_of
from assessment.selectors.performance import Performance, Point, Timeframe, performance
from assessment.selectors.recommendation import Recommendation, recommended
from assessment.selectors.report import Report, cohort_report
from assessment.selectors.runs import Measure, Wanted

__all__ = [
    "ORDERS",
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
    "in_order",
    "performance",
    "recommended",
    "zone_of",
]
