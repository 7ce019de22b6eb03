"""A debrief as one reads it."""

from dataclasses import dataclass, field
from typing import Any

from assessment.models import DIMENSIONS, Assessment
from chat.models import Session
from gamification.debriefing.evidence import Proof, proofs
from gamification.debriefing.log import Line, Log
from gamification.debriefing.paths import Move, Step, best_path, own_path
from gamification.models import Achievement, Reward

RESULTS = {"met": "met", "part": "partly", "not": "missed", "na": "na"}
HEADLINES = (
    (80, "Well handled"),
    (60, "Handled, with something to gain"),
    (40, "Not there yet"),
    (0, "This one went wrong"),
)


@dataclass(frozen=True)
class Criterion:
    """A row of the scorecard; `points` of 0 are a rule that can only cost."""

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


@dataclass(frozen=True)
class Dimension:
    name: str
    score: float | None
    criteria: list[Criterion]

    @property
    def title(self) -> str:
        return title_of(self.name)


@dataclass(frozen=True)
class Cap:
    id: str
    limit: float
    critical: bool
    why: str
    proofs: list[Proof]


@dataclass
class Debrief:
    """`shows_work`: transcript, notes and one's own path may be read, not only the assessment."""

    session: Session
    shows_work: bool
    assessment: Assessment
    reward: Reward | None
    achievements: list[Achievement]
    dimensions: list[Dimension]
    caps: list[Cap]
    best_path: list[Move]
    own_path: list[Step] = field(default_factory=list)
    transcript: list[Line] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def scores(self) -> dict[str, float | None]:
        return {title_of(name): score for name, score in self.assessment.dimensions.items()}

    @property
    def seconds(self) -> float:
        """How long the session took."""
        return self.session.seconds_at(self.session.finished_at or self.session.last_activity_at)

    @property
    def criteria(self) -> list[Criterion]:
        return [criterion for dimension in self.dimensions for criterion in dimension.criteria]

    @property
    def satisfaction(self) -> dict[str, Any]:
        """The customer's: 1 to 5, and in their words."""
        return {"score": self.assessment.satisfaction, "words": self.assessment.satisfaction_words}

    @property
    def headline(self) -> str:
        if self.assessment.is_critical_fail:
            return "One mistake decided this ticket"
        overall = self.assessment.overall or 0
        return next(words for least, words in HEADLINES if overall >= least)


def title_of(dimension: str) -> str:
    return dimension.replace("_", " ").capitalize()


def debrief_of(session: Session, *, shows_work: bool) -> Debrief:
    """Of a session that is scored."""
    assessment, log = session.assessment, Log(session)
    made = Debrief(
        session=session,
        shows_work=shows_work,
        assessment=assessment,
        reward=getattr(assessment, "reward", None),
        achievements=list(Achievement.objects.filter(earned__session=session)),
        dimensions=_dimensions(assessment, log),
        caps=[
            Cap(c["id"], c["limit"], c["critical"], c["why"], proofs(log, c["evidence"]))
            for c in assessment.caps
        ],
        best_path=best_path(log),
    )
    if shows_work:
        made.own_path, made.transcript, made.notes = own_path(log), log.lines, log.notes
    return made


def _dimensions(assessment: Assessment, log: Log) -> list[Dimension]:
    """In the order of the score, then what is reported beside it."""
    research = None if assessment.research is None else float(assessment.research)
    scores = assessment.dimensions | {"research": research}
    return [
        Dimension(name, scores[name], rows)
        for name in (*DIMENSIONS, "research")
        if (rows := [_criterion(c, log) for c in assessment.criteria if c["dimension"] == name])
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
    )
