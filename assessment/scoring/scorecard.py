"""From attempt to scorecard: a pure function, the same bytes for the same attempt."""

from dataclasses import dataclass
from typing import Any

from assessment.scoring.attempt import Attempt
from assessment.scoring.caps import Cap, caps
from assessment.scoring.criterion import Finding
from assessment.scoring.documentation import SECRET_LIMIT
from assessment.scoring.feedback import feedback
from assessment.scoring.notes import Notes
from assessment.scoring.record import Record
from assessment.scoring.response import NOTHING_ACHIEVED_LIMIT
from assessment.scoring.rubric import CRITERIA, RULES_VERSION, WEIGHTS

Dimensions = dict[str, float | None]


@dataclass(frozen=True)
class Scorecard:
    """Scores from 0 to 100 with two decimals; None where a dimension does not apply."""

    rules_version: str
    overall: float
    dimensions: Dimensions
    efficiency: float | None
    research: float | None
    criteria: tuple[Finding, ...]
    caps: tuple[Cap, ...]
    formula: str
    feedback: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "criteria": [finding.as_json() for finding in self.criteria],
            "caps": [cap.as_json() for cap in self.caps],
        }


def score(attempt: Attempt) -> Scorecard:
    record = Record(attempt)
    findings = tuple(criterion.judge(record) for criterion in CRITERIA)
    found = caps(record)
    limits = _limits(record, found)
    dimensions = _dimensions(findings, limits)
    weights = _weights(record, dimensions)
    overall, formula = _overall(dimensions, weights, found, limits)
    possible = {name: _possible(findings, name) for name in WEIGHTS}
    return Scorecard(
        rules_version=RULES_VERSION,
        overall=overall,
        dimensions=dimensions,
        efficiency=_percent(findings, "efficiency"),
        research=_percent(findings, "right_article"),
        criteria=findings,
        caps=found,
        formula=formula,
        feedback=feedback(
            record, findings, lambda f: weights.get(f.dimension, 0) / (possible[f.dimension] or 1)
        ),
    )


def _limits(record: Record, found: tuple[Cap, ...]) -> dict[str, tuple[float, str]]:
    """What a dimension counts at most, whatever its rows earned, and why."""
    limits: dict[str, tuple[float, str]] = {}
    if any(cap.critical for cap in found):
        limits["verification"] = (0.0, "after a critical fail")
    if Notes(record).secrets:
        limits["documentation"] = (SECRET_LIMIT, "with a secret in the notes")
    if not record.goal:
        limits["response_time"] = (NOTHING_ACHIEVED_LIMIT, "where nothing was achieved")
    return limits


def _dimensions(findings: tuple[Finding, ...], limits: dict[str, tuple[float, str]]) -> Dimensions:
    """100 × earned / possible, less the penalties, within the limits."""
    return {name: _dimension(findings, name, limits.get(name, (100.0, ""))[0]) for name in WEIGHTS}


def _dimension(findings: tuple[Finding, ...], name: str, limit: float) -> float | None:
    possible = _possible(findings, name)
    if not possible:
        return None
    earned = sum(f.earned for f in findings if f.dimension == name and f.points)
    lost = sum(f.earned for f in findings if f.dimension == name and not f.points)
    return round(max(0.0, min(limit, 100 * earned / possible + lost)), 2)


def _possible(findings: tuple[Finding, ...], name: str) -> float:
    return sum(f.points for f in findings if f.dimension == name)


def _weights(record: Record, dimensions: Dimensions) -> dict[str, float]:
    """Shares of 1 for the dimensions that apply; a scenario's own weights replace the usual ones."""
    own: dict[str, int] = dict(WEIGHTS)
    own.update((str(name), weight) for name, weight in record.world.assessment.weights.items())
    applying = {name: own[name] for name in WEIGHTS if dimensions[name] is not None}
    total = sum(applying.values())
    return {name: weight / total for name, weight in applying.items()} if total else {}


def _overall(
    dimensions: Dimensions,
    weights: dict[str, float],
    found: tuple[Cap, ...],
    limits: dict[str, tuple[float, str]],
) -> tuple[float, str]:
    """The weighted sum under the lowest cap, and how it was reckoned, in words."""
    total = round(sum(share * (dimensions[name] or 0.0) for name, share in weights.items()), 2)
    terms = [f"{share:.2f} × {dimensions[name]:g} {_spoken(name)}" for name, share in weights.items()]
    at_most = "".join(
        f"; {_spoken(name)} counts at most {limit:g} {why}"
        for name, (limit, why) in limits.items()
        if dimensions[name] == limit
    )
    formula = f"{' + '.join(terms)} = {total:g}{at_most}"
    lowest = min(found, key=lambda cap: cap.limit, default=None)
    if lowest is None or lowest.limit >= total:
        return total, formula
    kind = " (critical)" if lowest.critical else ""
    return float(lowest.limit), f"{formula}, capped at {lowest.limit:g}{kind}: {lowest.why}"


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _percent(findings: tuple[Finding, ...], criterion: str) -> float | None:
    found = next(f for f in findings if f.id == criterion)
    return round(100 * found.earned / found.points, 2) if found.points else None
