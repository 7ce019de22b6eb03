"""What a learner expects of a score before they see it; from then on, or once they decline, the score is shown."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Missing, Unprocessable
from accounts.models import User
from assessment.models import DIMENSIONS, Assessment, SelfAssessment
from chat.models import Session, Status


def may_rate(session: Session) -> bool:
    """Whether the score is still ahead of the learner and nothing is expected of it yet."""
    if session.status != Status.COMPLETED or hasattr(session, "self_assessment"):
        return False
    return not hasattr(session, "assessment") or session.assessment.seen_at is None


@transaction.atomic
def rate_oneself(*, session_id: UUID, ratings: Mapping[str, int], now: datetime) -> SelfAssessment:
    """Keeps the five numbers for good; the same ones again give the first.

    `ratings`: 0 to 100 for each of DIMENSIONS. Raises Unprocessable by dimension, and Conflict where the ticket
    is not finished, other numbers were given before, or the score was seen.
    """
    faults = {
        name: [_("Choose a whole number from 0 to 100.")] for name in DIMENSIONS if not _fits(ratings, name)
    }
    if faults:
        raise Unprocessable(_("Rate yourself in all five dimensions."), details=faults)
    assessment = _locked(session_id)
    expected = {name: ratings[name] for name in DIMENSIONS}
    if given := SelfAssessment.objects.filter(session=session_id).first():
        if given.dimensions != expected:
            raise Conflict(_("You have rated yourself already; it stays as it was."))
        return given
    if assessment.seen_at is not None:
        raise Conflict(_("The score has been shown already; what you expect now would be no guess."))
    return SelfAssessment.objects.create(session_id=session_id, **expected, created_at=now)


@transaction.atomic
def see_score(*, session_id: UUID, now: datetime) -> None:
    """The learner sees the score, or wants to as soon as it is there. Again: the first time counts."""
    assessment = _locked(session_id)
    if assessment.seen_at is None:
        assessment.seen_at = now
        assessment.save(update_fields=["seen_at"])


def see_scores(*, learner: User, now: datetime) -> None:
    """To be called wherever learners are shown scores of their own outside the debrief: no guess comes after that."""
    unseen = list(Assessment.objects.done().of(learner).filter(seen_at=None).values_list("pk", flat=True))
    if unseen:  # mostly there is none, and a page that only reads stays one
        Assessment.objects.filter(pk__in=unseen, seen_at=None).update(seen_at=now)


def _fits(ratings: Mapping[str, int], name: str) -> bool:
    value = ratings.get(name)
    return type(value) is int and 0 <= value <= 100


def _locked(session_id: UUID) -> Assessment:
    """The assessment's row, which may be there before its score. Raises Missing, or Conflict where none will come."""
    session = Session.objects.filter(pk=session_id).first()
    if session is None:
        raise Missing(_("There is no such session."))
    if session.status != Status.COMPLETED:
        if session.is_active:
            raise Conflict(_("There is nothing to rate: this session is still open: close the ticket first."))
        raise Conflict(_("There is nothing to rate: this session ended without a score."))
    assessment = Assessment.objects.get_or_create(session=session)[0]
    return Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
