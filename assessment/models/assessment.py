"""How well a session went."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, User
from accounts.models.owed import Owed, OwedQuerySet
from assessment.scoring.revising import TIED
from chat.models import Mode, Session

if TYPE_CHECKING:
    from assessment.models.review import Contest

DIMENSIONS = ("verification", "technical", "communication", "documentation", "response_time")


class AssessmentQuerySet(OwedQuerySet["Assessment"]):
    def done(self) -> "AssessmentQuerySet":
        return self.filter(status=Assessment.Status.DONE)

    def counted(self) -> "AssessmentQuerySet":
        """Exam runs that were scored: what averages and best scores are made of."""
        return self.done().filter(session__mode=Mode.EXAM)

    def of(self, user: User) -> "AssessmentQuerySet":
        return self.filter(session__learner=user)

    def owed(self) -> "AssessmentQuerySet":
        return self.filter(status__in=[Assessment.Status.PENDING, Assessment.Status.FAILED])

    def put_off(self, row: "Assessment", error: Exception, now: datetime) -> None:
        super().put_off(row, error, now)
        self.owed().filter(pk=row.pk).update(status=Assessment.Status.FAILED)

    def visible_to(self, user: User) -> "AssessmentQuerySet":
        """Those who see the work; and the manager of a cohort the learner is in, exam runs only."""
        if user.is_admin:
            return self
        learner = OuterRef("session__learner")
        coached = Cohort.objects.coached_by(user).filter(members=learner)
        managed = Cohort.objects.managed_by(user).filter(members=learner)
        return self.filter(
            Q(session__learner=user) | Exists(coached) | (Q(session__mode=Mode.EXAM) & Exists(managed))
        )

    def reviewable_by(self, user: User) -> "AssessmentQuerySet":
        """Scores that this person may look at whole and decide on: a coach's, an administrator's; never one's own."""
        return self.done().filter(self.is_reviewable_by(user))

    @staticmethod
    def is_reviewable_by(user: User) -> Q:
        """The same of one score that is there."""
        others = ~Q(session__learner=user)
        if user.is_admin:
            return others
        coached = Cohort.objects.coached_by(user).filter(members=OuterRef("session__learner"))
        return others & Q(Exists(coached))

    def flagged(self) -> "AssessmentQuerySet":
        """Worth a second look by themselves, and nobody has had one."""
        return self.done().filter(
            Q(is_misread=True) | Q(is_at_edge=True) | Q(is_sampled=True), review__isnull=True
        )


class Assessment(Owed):
    """One per session. Scores run from 0 to 100; a dimension that did not apply is null."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    class Caller(models.TextChoices):
        """Who called, and how the learner judged them."""

        HONEST_SERVED = "honest_served", _("Honest caller served")
        HONEST_TURNED_AWAY = "honest_turned_away", _("Honest caller turned away")
        IMPOSTOR_REFUSED = "impostor_refused", _("Impostor refused")
        IMPOSTOR_LET_IN = "impostor_let_in", _("Impostor let in")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="assessment")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    rules_version = models.CharField(max_length=20, blank=True)
    overall = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    verification = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    technical = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    communication = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    documentation = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    response_time = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    efficiency = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    research = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    satisfaction = models.PositiveSmallIntegerField(null=True, help_text=_("1 to 5."))
    satisfaction_words = models.CharField(max_length=300, blank=True)
    criteria = models.JSONField(default=list)
    caps = models.JSONField(default=list)
    feedback = models.JSONField(default=dict)
    formula = models.TextField(blank=True)
    basis = models.JSONField(
        default=dict, help_text=_("What the formula was reckoned with: {weights, limits}.")
    )
    caller = models.CharField(max_length=20, choices=Caller.choices, blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1, help_text=_("Rises with each revision."))
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the learner first saw the score.")
    )
    is_misread = models.BooleanField(default=False, help_text=_("We may have misread the learner somewhere."))
    is_at_edge = models.BooleanField(default=False, help_text=_("Two points decide how it counts."))
    is_sampled = models.BooleanField(default=False, help_text=_("Drawn to be looked at, good or bad."))

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-scored_at"]
        indexes = [
            models.Index(fields=["status", "next_attempt_at"], name="assessment_owed"),
            models.Index(fields=["-scored_at"], name="assessment_latest"),
            models.Index(
                fields=["scored_at"],
                condition=Q(is_misread=True) | Q(is_at_edge=True) | Q(is_sampled=True),
                name="assessment_flagged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.overall}"

    @property
    def is_done(self) -> bool:
        return self.status == self.Status.DONE

    @property
    def is_critical_fail(self) -> bool:
        """A critical cap is a fail that no other merit outweighs."""
        return any(cap["critical"] for cap in self.caps)

    def point(self, name: str) -> dict[str, Any] | None:
        """The criterion or the cap of this name, as the scorecard has it."""
        return next((row for row in (*self.criteria, *self.caps) if row["id"] == name), None)

    def cap_tied_to(self, criterion: str) -> dict[str, Any] | None:
        """The cap of this score that rests on the same facts as a criterion."""
        return next((cap for cap in self.caps if cap["id"] == TIED.get(criterion)), None)

    @cached_property
    def contests_by_point(self) -> "dict[str, Contest]":
        return {contest.criterion_id: contest for contest in self.contests.all()}

    @property
    def dimensions(self) -> dict[str, float | None]:
        return {name: _number(getattr(self, name)) for name in DIMENSIONS}


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]
