"""From attempt to scorecard: a pure function, the same bytes for the same attempt."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assessment.scoring.advice.feedback import feedback
from assessment.scoring.attempt import Attempt
from assessment.scoring.caller import Verdict, caller
from assessment.scoring.caps import Cap, caps
from assessment.scoring.criterion import Finding
from assessment.scoring.overrides import Overrides, check, overridden, standing
from assessment.scoring.reckoning import Dimensions, Limits, Weights, percent, possible, reckon
from assessment.scoring.record import Record
from assessment.scoring.rubric import RULES_VERSION, WEIGHTS, judged

NOTHING: Overrides = MappingProxyType({})


@dataclass(frozen=True)
class Scorecard:
    """Scores from 0 to 100 with two decimals; None where a dimension does not apply.

    `weights` are as the scenario has them, also of dimensions that do not apply; `limits` and `is_at_edge` as in
    `Reckoning`.
    """

    rules_version: str
    overall: float
    dimensions: Dimensions
    efficiency: float | None
    research: float | None
    criteria: tuple[Finding, ...]
    caps: tuple[Cap, ...]
    caller: Verdict
    formula: str
    weights: Weights
    limits: Limits
    is_at_edge: bool
    feedback: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "criteria": [finding.as_json() for finding in self.criteria],
            "caps": [cap.as_json() for cap in self.caps],
        }


def score(attempt: Attempt, overrides: Overrides = NOTHING) -> Scorecard:
    """`overrides`: a person's points by criterion, and 0 by the id of a cap that is lifted.

    ValueError for an unknown name, or points that the criterion does not have.
    """
    check(overrides)
    record = Record(attempt)
    findings = tuple(overridden(finding, overrides) for finding in judged(record))
    found = standing(caps(record), overrides)
    weights = WEIGHTS | {str(name): each for name, each in record.world.assessment.weights.items()}
    made = reckon(findings, found, weights)
    worth = {name: share / possible(findings, name) for name, share in made.shares.items()}
    return Scorecard(
        rules_version=RULES_VERSION,
        overall=made.overall,
        dimensions=made.dimensions,
        efficiency=percent(findings, "efficiency"),
        research=percent(findings, "right_article"),
        criteria=findings,
        caps=found,
        caller=caller(record, found),
        formula=made.formula,
        weights=weights,
        limits=made.limits,
        is_at_edge=made.is_at_edge,
        feedback=feedback(record, findings, found, lambda f: worth.get(f.dimension, 0.0)),
    )
