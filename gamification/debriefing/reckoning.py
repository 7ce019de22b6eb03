"""The formula with the numbers in it, as a table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import DIMENSIONS, Assessment
from assessment.scoring.rubric import WEIGHTS

TITLES = {
    "verification": gettext_lazy("Verification"),
    "technical": gettext_lazy("Technical"),
    "communication": gettext_lazy("Communication"),
    "documentation": gettext_lazy("Documentation"),
    "response_time": gettext_lazy("Response time"),
    "research": gettext_lazy("Research"),
}


def title_of(dimension: str) -> str:
    return str(TITLES[dimension])


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
    if limit is None or assessment.dimensions[name] != limit:
        return ""
    return _("at most %(points)g %(why)s") % {"points": limit, "why": why}
