"""What waits for a second look, and for whom."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessment.models import Assessment, AssessmentQuerySet, Contest


class Kind(models.TextChoices):
    """Why a score is in the queue; one may be there for several reasons."""

    CONTESTED = "contested", _("Contested")
    MISREAD = "misread", _("Perhaps misread")
    EDGE = "edge", _("At the edge")
    SAMPLE = "sample", _("Random share")


FLAGS = {Kind.MISREAD: "is_misread", Kind.EDGE: "is_at_edge", Kind.SAMPLE: "is_sampled"}


def review_queue(user: User, *, kind: str = "", scenario: str = "") -> QuerySet[Assessment]:
    """Contested ones first, then the oldest. A coach's are of their own people; a trainer's are contested ones.

    Each has `is_contested`, `is_known` (whether this person may know whose it is, and see it whole) and
    `open_contests`.
    """
    waiting = Contest.objects.open().reviewable_by(user)
    whole = Assessment.objects.reviewable_by(user)
    flagged = whole.flagged()
    if kind in FLAGS:
        flagged = flagged.filter(**{FLAGS[Kind(kind)]: True})
    rows = Assessment.objects.annotate(
        is_contested=Exists(waiting.filter(assessment=OuterRef("pk"))),
        is_known=AssessmentQuerySet.is_reviewable_by(user),
    )
    # A union, for the database answers each half by its index, and an "or" of them by reading every score.
    by_itself, contested = flagged.order_by().values("pk"), waiting.order_by().values("assessment")
    asked = {"": by_itself.union(contested), Kind.CONTESTED: contested}
    rows = rows.filter(pk__in=asked.get(kind, by_itself))
    if scenario:
        rows = rows.filter(session__scenario__slug=scenario)
    contests = Prefetch("contests", queryset=waiting, to_attr="open_contests")
    related = ("review", "session__learner", "session__scenario", "session__ticket")
    return (
        rows.select_related(*related).prefetch_related(contests).order_by("-is_contested", "scored_at", "pk")
    )
