"""From findings and caps to dimensions, overall and formula: the same for a new scorecard and a revised one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.scoring.caps import Cap
from assessment.scoring.criteria.documentation import SECRET_LIMIT
from assessment.scoring.criteria.response import NOTHING_ACHIEVED_LIMIT
from assessment.scoring.criterion import Finding

Dimensions = dict[str, float | None]
Weights = Mapping[str, float]
Limits = dict[str, tuple[float, str]]
MARKS = (40.0, 60.0, 80.0)  # from here a score is a pass, fair, good
NEAR = 2.0


@dataclass(frozen=True)
class Reckoning:
    """Scores from 0 to 100 with two decimals; None where a dimension does not apply.

    `shares`: of 1, for the dimensions that do. `limits`: what a dimension counts at most, and why.
    `is_at_edge`: two points more or less would count otherwise.
    """

    dimensions: Dimensions
    shares: dict[str, float]
    limits: Limits
    overall: float
    formula: str
    is_at_edge: bool


def reckon(
    findings: Sequence[Finding], found: Sequence[Cap], weights: Weights, known: Limits | None = None
) -> Reckoning:
    """`weights` has all dimensions, in the order of the formula; `known` what limits were once, which holds on."""
    limits = {name: (known or {}).get(name, limit) for name, limit in _limits(findings, found).items()}
    dimensions = {name: _dimension(findings, name, limits.get(name, (100.0, ""))[0]) for name in weights}
    shares = _shares(weights, dimensions)
    total = round(sum(share * (dimensions[name] or 0.0) for name, share in shares.items()), 2)
    lowest = min(found, key=lambda cap: cap.limit, default=None)
    overall = total if lowest is None else min(total, float(lowest.limit))
    formula = _formula(dimensions, shares, limits, total, lowest)
    return Reckoning(dimensions, shares, limits, overall, formula, _is_at_edge(total, lowest))


def possible(findings: Sequence[Finding], name: str) -> float:
    """The points of a dimension."""
    return sum(f.points for f in findings if f.dimension == name)


def percent(findings: Sequence[Finding], criterion: str) -> float | None:
    found = next(f for f in findings if f.id == criterion)
    return round(100 * found.earned / found.points, 2) if found.points else None


def _limits(findings: Sequence[Finding], found: Sequence[Cap]) -> Limits:
    """What a dimension counts at most, whatever its rows earned, and why."""
    limits: Limits = {}
    if critical := next((cap for cap in found if cap.critical), None):
        limits["verification"] = (0.0, f"after a critical fail: {critical.why.rstrip('.')}")
    if any(f.id == "nothing_secret" and f.status == "not" for f in findings):
        limits["documentation"] = (SECRET_LIMIT, "with a secret in the notes")
    nothing = any(f.id == "goal_reached" and f.status == "not" for f in findings)
    if nothing and any(cap.id == "goal_missed" for cap in found):
        limits["response_time"] = (NOTHING_ACHIEVED_LIMIT, "where nothing was settled")
    return limits


def _dimension(findings: Sequence[Finding], name: str, limit: float) -> float | None:
    """100 × earned / possible, less the penalties, within the limit."""
    points = possible(findings, name)
    if not points:
        return None
    earned = sum(f.earned for f in findings if f.dimension == name and f.points)
    lost = sum(f.earned for f in findings if f.dimension == name and not f.points)
    return round(max(0.0, min(limit, 100 * earned / points + lost)), 2)


def _shares(weights: Weights, dimensions: Dimensions) -> dict[str, float]:
    applying = {name: weight for name, weight in weights.items() if dimensions[name] is not None}
    total = sum(applying.values())
    return {name: weight / total for name, weight in applying.items()} if total else {}


def _formula(
    dimensions: Dimensions, shares: dict[str, float], limits: Limits, total: float, lowest: Cap | None
) -> str:
    """How the overall score was reckoned, in words."""
    terms = [f"{share:.2f} × {dimensions[name]:g} {_spoken(name)}" for name, share in shares.items()]
    at_most = "".join(
        f"; {_spoken(name)} counts at most {limit:g} {why.partition(':')[0]}"
        for name, (limit, why) in limits.items()
        if dimensions[name] == limit
    )
    formula = f"{' + '.join(terms)} = {total:g}{at_most}"
    if lowest is None or lowest.limit >= total:
        return formula
    kind = " (critical)" if lowest.critical else ""
    return f"{formula}, capped at {lowest.limit:g}{kind}: {lowest.why}"


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _is_at_edge(total: float, lowest: Cap | None) -> bool:
    """Near a mark, or near the cap that decides; what a cap decides by far is at no edge."""
    if lowest is not None and total > lowest.limit:
        return total - lowest.limit <= NEAR
    return any(abs(total - mark) <= NEAR for mark in MARKS)
