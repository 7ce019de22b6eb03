"""A debrief as one reads it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import Assessment, Revision, SelfAssessment
from chat.models import Session
from gamification.debriefing.expectation import Expectation, expectation_of
from gamification.debriefing.log import Line, Log
from gamification.debriefing.moments import moments
from gamification.debriefing.mood import Chart, Feeling, chart, feelings
from gamification.debriefing.paths import Move, Step, best_path, own_path
from gamification.debriefing.reckoning import Reckoning, reckoning_of
from gamification.debriefing.rows import Cap, Criterion, Dimension, caps_of, dimensions_of
from gamification.models import Achievement, Reward

HEADLINES = (
    (80, gettext_lazy("Well handled")),
    (60, gettext_lazy("Handled, with something to gain")),
    (40, gettext_lazy("Not there yet")),
    (0, gettext_lazy("Not passed")),
)
WORTH_NAMING = 2.0  # points of the overall score that a dimension has to cost before it is named


@dataclass
class Work:
    """What only those see who may read the work itself."""

    own_path: list[Step]
    feelings: list[Feeling]
    chart: Chart
    transcript: list[Line]
    notes: dict[str, str]
    expectation: Expectation | None


@dataclass
class Debrief:
    """`work` is None for those who see the assessment alone."""

    session: Session
    assessment: Assessment
    reward: Reward | None
    achievements: list[Achievement]
    revisions: list[Revision]
    dimensions: list[Dimension]
    caps: list[Cap]
    reckoning: Reckoning
    best_path: list[Move]
    work: Work | None = field(default=None)

    @property
    def bars(self) -> list[tuple[str, float | None, int | None]]:
        """The five dimensions as (title, score, what was expected)."""
        expected = self.expected.dimensions if self.expected else {}
        return [(term.title, term.score, expected.get(term.name)) for term in self.reckoning.terms]

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
    def expected(self) -> SelfAssessment | None:
        """What the learner expected, for those who may see it."""
        return getattr(self.session, "self_assessment", None) if self.work else None

    @property
    def headline(self) -> str:
        if self.assessment.is_critical_fail:
            return _("Unsafe, so not passed")
        overall = self.assessment.overall or 0
        return next(str(words) for least, words in HEADLINES if overall >= least)

    @property
    def reason(self) -> str:
        """Why, in a sentence: the gravest of what was unsafe, else the cap that decided, else where most was lost."""
        if self.assessment.is_critical_fail:
            advice = self.assessment.feedback.get("next")
            gravest = advice[0]["text"] if advice and "aim" in advice[0] else ""
            return gravest or next(cap.why for cap in self.caps if cap.critical)
        if self.reckoning.cap:
            return str(self.reckoning.cap["why"])
        costly = sorted(self.reckoning.terms, key=lambda term: -term.missing)
        named = [f"{term.title.lower()} ({term.score:g})" for term in costly if term.missing > WORTH_NAMING]
        if not named:
            return _("Hardly anything is missing.")
        if len(named) == 1:
            return _("Most of what is missing lies in %(one)s.") % {"one": named[0]}
        return _("Most of what is missing lies in %(one)s and %(two)s.") % {"one": named[0], "two": named[1]}


def debrief_of(session: Session, *, shows_work: bool) -> Debrief:
    """Of a session that is scored."""
    assessment, log = session.assessment, Log(session)
    reckoning = reckoning_of(assessment)
    return Debrief(
        session=session,
        assessment=assessment,
        reward=getattr(assessment, "reward", None),
        achievements=list(Achievement.objects.filter(earned__session=session)),
        revisions=list(assessment.revisions.all()),
        dimensions=dimensions_of(assessment, log, reckoning),
        caps=caps_of(assessment, log),
        reckoning=reckoning,
        best_path=best_path(log),
        work=_work(log) if shows_work else None,
    )


def _work(log: Log) -> Work:
    session = log.session
    felt = feelings(log)
    path = own_path(log, moments(log, session.assessment), felt)
    marks = [(step.at, not step.is_bad) for step in path if step.moments or step.result == "missed"]
    expected = getattr(session, "self_assessment", None)
    return Work(
        own_path=path,
        feelings=list(felt.values()),
        chart=chart(log, list(felt.values()), marks),
        transcript=log.lines,
        notes=log.notes,
        expectation=expectation_of(expected, session.assessment) if expected else None,
    )
