"""The formula with the numbers in it, as a table."""

from dataclasses import dataclass

from assessment.models import DIMENSIONS, Assessment
from assessment.scoring.rubric import WEIGHTS


def title_of(dimension: str) -> str:
    return dimension.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Term:
    """A dimension: `share` of 1 × `score` = `points`; share 0 and no score where it did not apply."""

    name: str
    share: float
    score: float | None
    limit: str

    @property
    def title(self) -> str:
        return title_of(self.name)

    @property
    def percent(self) -> float:
        return round(100 * self.share, 1)

    @property
    def points(self) -> float:
        return self.share * (self.score or 0.0)

    @property
    def missing(self) -> float:
        """Points of the overall score that this dimension did not bring."""
        return self.share * (100.0 - (self.score or 0.0)) if self.share else 0.0


@dataclass(frozen=True)
class Reckoning:
    """`total` is the sum before caps; `cap` the lowest that lowered it, as stored, or None."""

    terms: list[Term]
    total: float
    cap: dict | None
    overall: float


def reckoning_of(assessment: Assessment) -> Reckoning:
    """From what the score was made of then, whatever weights the rules have today."""
    scores = assessment.dimensions
    weights = assessment.basis.get("weights", WEIGHTS)
    whole = sum(weights[name] for name in DIMENSIONS if scores[name] is not None) or 1
    terms = [
        Term(
            name,
            weights[name] / whole if scores[name] is not None else 0.0,
            scores[name],
            _limit(assessment, name),
        )
        for name in DIMENSIONS
    ]
    total = round(sum(term.points for term in terms), 2)
    lowest = min(assessment.caps, key=lambda cap: cap["limit"], default=None)
    decides = lowest is not None and lowest["limit"] < total
    return Reckoning(terms, total, lowest if decides else None, float(assessment.overall or 0))


def _limit(assessment: Assessment, name: str) -> str:
    """What the dimension counted at most, and why, where that lowered it."""
    limit, why = assessment.basis.get("limits", {}).get(name, (None, ""))
    return f"at most {limit:g} {why}" if limit is not None and assessment.dimensions[name] == limit else ""
