"""The scorecard's rows as they are read: criteria by dimension, and caps, each with its evidence quoted."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.models import DIMENSIONS, Assessment
from gamification.debriefing.evidence import Proof, proofs
from gamification.debriefing.log import Log
from gamification.debriefing.reckoning import Reckoning, title_of

RESULTS = {"met": "met", "part": "partly", "not": "missed", "na": "na"}
IN_WORDS = {"met": _("met"), "partly": _("partly"), "missed": _("missed"), "na": _("not applicable")}


@dataclass(frozen=True)
class Criterion:
    """A row of the scorecard; `points` of 0 are a rule that can only cost. `by_rule`: before a person decided."""

    id: str
    title: str
    dimension: str
    result: str
    earned: float
    points: float
    why: str
    better: str
    misread: bool
    proofs: list[Proof]
    by_rule: float | None = None

    @property
    def result_in_words(self) -> str:
        return str(IN_WORDS[self.result])

    @property
    def fell_short(self) -> bool:
        return self.result in ("partly", "missed")


@dataclass(frozen=True)
class Dimension:
    """`percent`: what it weighs in the overall score; 0 where it did not apply or is only reported.

    `limit`: what it counted at most and why, where that lowered it.
    """

    name: str
    score: float | None
    percent: float
    limit: str
    criteria: list[Criterion]

    @property
    def title(self) -> str:
        return title_of(self.name)

    @property
    def applying(self) -> list[Criterion]:
        return [criterion for criterion in self.criteria if criterion.result != "na"]

    @property
    def beside_the_case(self) -> list[Criterion]:
        return [criterion for criterion in self.criteria if criterion.result == "na"]


@dataclass(frozen=True)
class Cap:
    """`anchor`: on the page; as a criterion's where no criterion says the same."""

    id: str
    anchor: str
    limit: float
    critical: bool
    why: str
    proofs: list[Proof]


def dimensions_of(assessment: Assessment, log: Log, reckoning: Reckoning) -> list[Dimension]:
    """In the order of the score, then what is reported beside it."""
    terms = {term.name: (term.percent, term.limit) for term in reckoning.terms}
    research = None if assessment.research is None else float(assessment.research)
    scores = assessment.dimensions | {"research": research}
    return [
        Dimension(name, scores[name], *terms.get(name, (0.0, "")), rows)
        for name in (*DIMENSIONS, "research")
        if (rows := [_criterion(c, log) for c in assessment.criteria if c["dimension"] == name])
    ]


def caps_of(assessment: Assessment, log: Log) -> list[Cap]:
    rows = {c["id"] for c in assessment.criteria}
    return [
        Cap(
            id=c["id"],
            anchor=f"cap-{c['id']}" if c["id"] in rows else f"c-{c['id']}",
            limit=c["limit"],
            critical=c["critical"],
            why=c["why"],
            proofs=proofs(log, c["evidence"]),
        )
        for c in assessment.caps
    ]


def _criterion(row: dict[str, Any], log: Log) -> Criterion:
    return Criterion(
        id=row["id"],
        title=row["title"],
        dimension=row["dimension"],
        result=RESULTS[row["status"]],
        earned=row["earned"],
        points=row["points"],
        why=row["why"],
        better=row["better"],
        misread=row["misread"],
        proofs=proofs(log, row["evidence"], quotes_notes=row["dimension"] == "documentation"),
        by_rule=row["by_rule"] if row.get("overridden") else None,
    )
