"""What assessment keeps of a person: scores with their evidence, objections, skills."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.privacy import keeps, rows
from assessment.models import (
    DIMENSIONS,
    Assessment,
    Contest,
    LearnerSkill,
    Override,
    Review,
    Revision,
    SelfAssessment,
)
from chat.models import Session, Status

SCORE = ("session_id", "overall", *DIMENSIONS, "efficiency", "research", "satisfaction", "satisfaction_words")
# The parts of a row that may hold somebody's words, and what is left of them.
EMPTY: dict[str, Any] = {"why": "", "better": "", "evidence": []}


def _export(person: User) -> dict[str, Any]:
    """Scores that the learner has not seen yet are not in it: they may say first what they expect."""
    seen = Assessment.objects.done().of(person).filter(seen_at__isnull=False)
    contests = Contest.objects.filter(assessment__session__learner=person)
    overrides = Override.objects.filter(assessment__in=seen)
    revisions = Revision.objects.filter(assessment__in=seen)
    return {
        "assessments": rows(seen, *SCORE, "criteria", "caps", "feedback", "formula", "scored_at", "version"),
        "self_assessments": rows(
            SelfAssessment.objects.filter(session__learner=person), "session_id", *DIMENSIONS, "created_at"
        ),
        "contests": rows(
            contests, "criterion_id", "reason", "created_at", "outcome", "decision", "decided_at"
        ),
        "overrides": rows(overrides, "criterion_id", "points", "reason", "decided_at"),
        "revisions": rows(revisions, "cause", "reason", "overall_before", "overall_after", "revised_at"),
        "skills": rows(person.skills.all(), "skill", "rating", "attempts", "due_at"),
    }


def _erase(person: User, now: datetime) -> None:
    """The numbers of finished tickets stay; quotes, reasons and everything that is about the person alone go."""
    mine = Assessment.objects.of(person)
    Contest.objects.filter(assessment__in=mine).delete()
    Review.objects.filter(assessment__in=mine).delete()
    Override.objects.filter(assessment__in=mine).update(reason="")
    SelfAssessment.objects.filter(session__learner=person).delete()
    LearnerSkill.objects.filter(user=person).delete()
    mine.exclude(status=Assessment.Status.DONE).delete()
    Session.objects.completed().of(person).filter(assessment__isnull=True).update(status=Status.ABANDONED)
    for assessment in mine:
        assessment.criteria = _numbers(assessment.criteria)
        assessment.caps = _numbers(assessment.caps)
        assessment.feedback = {}
        assessment.is_misread = assessment.is_at_edge = assessment.is_sampled = False
        assessment.save()
    for revision in Revision.objects.filter(assessment__in=mine):
        card = revision.before | {
            name: _numbers(revision.before.get(name, [])) for name in ("criteria", "caps")
        }
        Revision.objects.filter(pk=revision.pk).update(before=card | {"feedback": {}}, reason="")


def _numbers(card: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {name: EMPTY[name] for name in row.keys() & EMPTY.keys()} for row in card]


keeps(export=_export, erase=_erase)
