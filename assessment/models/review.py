"""A second look at a score: contests, overrides, revisions and who has looked."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, User
from assessment.models.assessment import DIMENSIONS, Assessment
from chat.models import Session


class SelfAssessment(models.Model):
    """What a learner expected before the score was seen, from 0 to 100 for each dimension."""

    session = models.OneToOneField(
        Session, primary_key=True, on_delete=models.PROTECT, related_name="self_assessment"
    )
    verification = models.PositiveSmallIntegerField()
    technical = models.PositiveSmallIntegerField()
    communication = models.PositiveSmallIntegerField()
    documentation = models.PositiveSmallIntegerField()
    response_time = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"What {self.session.learner} expected of {self.session}"

    @property
    def dimensions(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in DIMENSIONS}


def title_of(point: dict[str, Any]) -> str:
    """Of a criterion; a cap is named by its limit."""
    return point.get("title") or gettext("At most %(limit)s points") % {"limit": f"{point['limit']:g}"}


class ContestQuerySet(models.QuerySet["Contest"]):
    def open(self) -> "ContestQuerySet":
        return self.filter(outcome=Contest.Outcome.OPEN)

    def reviewable_by(self, user: User) -> "ContestQuerySet":
        """A coach's own people, trainers and administrators everybody; nobody decides on their own score."""
        others = self.exclude(assessment__session__learner=user)
        if user.is_admin or user.is_trainer:
            return others
        return others.filter(self._coached(user))

    def visible_to(self, user: User) -> "ContestQuerySet":
        """One's own, and those that one may decide."""
        if user.is_admin or user.is_trainer:
            return self
        return self.filter(Q(assessment__session__learner=user) | Q(self._coached(user)))

    @staticmethod
    def _coached(user: User) -> Exists:
        coached = Cohort.objects.coached_by(user)
        return Exists(coached.filter(members=OuterRef("assessment__session__learner")))


class Contest(models.Model):
    """A learner's objection to one criterion (or cap) of their score, and what a person decided."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld: the points were changed")
        REJECTED = "rejected", _("Rejected: the points stay")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="contests")
    criterion_id = models.CharField(max_length=60)
    point = models.JSONField(default=dict, help_text=_("The row of the scorecard as it was contested."))
    reason = models.TextField()
    created_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    decision = models.TextField(blank=True, help_text=_("Why it was decided so, for the learner to read."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion_id"], name="contested_once"),
        ]
        indexes = [models.Index(fields=["outcome", "created_at"], name="contest_queue")]

    def __str__(self) -> str:
        return f"{self.criterion_id} of {self.assessment}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN

    @property
    def title(self) -> str:
        return title_of(self.point)


class Override(models.Model):
    """A person's word on one criterion: it counts instead of the rule's, in every later version too.

    Under the id of a cap, with 0 points: that cap is lifted.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="overrides")
    criterion_id = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=5, decimal_places=2)
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion_id"], name="overridden_once"),
        ]

    def __str__(self) -> str:
        return f"{self.points} for {self.criterion_id} of {self.assessment}"


class Revision(models.Model):
    """What a score was before it changed, and why it changed. Written once; the assessment holds what counts now."""

    class Cause(models.TextChoices):
        OVERRIDE = "override", _("A person decided")
        RESCORE = "rescore", _("Scored again by newer rules")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveSmallIntegerField(help_text=_("The version that this one replaced."))
    cause = models.CharField(max_length=10, choices=Cause.choices)
    reason = models.TextField(blank=True)
    overall_before = models.DecimalField(max_digits=5, decimal_places=2)
    overall_after = models.DecimalField(max_digits=5, decimal_places=2)
    before = models.JSONField(help_text=_("The scorecard that was replaced."))
    revised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revised_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["assessment", "version"], name="revised_once")]

    def __str__(self) -> str:
        return f"{self.change} of {self.assessment}"

    @property
    def change(self) -> str:
        return f"{float(self.overall_before):g} → {float(self.overall_after):g}"


class Review(models.Model):
    """Somebody has looked at this score and lets it stand; it is not queued again."""

    assessment = models.OneToOneField(
        Assessment, primary_key=True, on_delete=models.PROTECT, related_name="review"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Review of {self.assessment}"
