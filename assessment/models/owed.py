"""What a score brings with it: a row from the first attempt until it is done."""

from typing import TypeVar

from django.db import models

from accounts.models.owed import Owed, OwedQuerySet
from assessment.models.assessment import Assessment, AssessmentQuerySet

AT_ONCE = 100
Row = TypeVar("Row", bound="OwedByScore")


class OwedByScoreQuerySet(OwedQuerySet[Row]):
    def open_rows(self, scores: AssessmentQuerySet) -> None:
        """For those of these scores that have none yet."""
        new = scores.filter(**{str(self.model._meta.model_name): None}).values_list("pk", flat=True)[:AT_ONCE]
        self.bulk_create([self.model(assessment_id=pk) for pk in new], ignore_conflicts=True)

    def oldest_first(self) -> "OwedByScoreQuerySet[Row]":
        return self.order_by("assessment__session__finished_at")


class OwedByScore(Owed):
    """`assessment` is the score; a row that is done is deleted, in the transaction that did it."""

    assessment = models.OneToOneField(
        Assessment, primary_key=True, on_delete=models.CASCADE, related_name="%(class)s"
    )

    objects = OwedByScoreQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.assessment)


class OwedRating(OwedByScore):
    """A score that has not moved its skills yet."""
