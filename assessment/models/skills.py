"""What a learner can do, skill by skill: a rating, and when it is time to practise again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.assessment import Assessment
from scenarios.models import Scenario


class LearnerSkill(models.Model):
    """`rating` is Elo's theta in logits; `card` the FSRS card as its library writes it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skills")
    skill = models.CharField(max_length=60)
    rating = models.FloatField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    card = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["skill"]
        constraints = [models.UniqueConstraint(fields=["user", "skill"], name="skill_of_person")]
        indexes = [models.Index(fields=["user", "due_at"], name="skill_due")]

    def __str__(self) -> str:
        return f"{self.skill} of {self.user}"


class ScenarioSkill(models.Model):
    """How hard a scenario is in one of its skills: Elo's b in logits, learned from first attempts."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="skill_ratings")
    skill = models.CharField(max_length=60)
    difficulty = models.FloatField()
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scenario", "skill"], name="skill_of_scenario")]

    def __str__(self) -> str:
        return f"{self.skill} in {self.scenario}"


class SkillOutcome(models.Model):
    """Proof that an assessment moved a skill, and how: rating += step × (outcome − expected), once.

    The scenario's difficulty moved the other way by its own step, which is 0 for all but a first attempt.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="skill_outcomes")
    version = models.PositiveSmallIntegerField(
        default=1, help_text=_("Of the assessment, as it was counted.")
    )
    skill = models.CharField(max_length=60)
    expected = models.FloatField()
    outcome = models.FloatField()
    step = models.FloatField()
    difficulty_step = models.FloatField(default=0)
    was_due = models.BooleanField(default=False, help_text=_("To be practised when the session began."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "skill"], name="skill_counted_once")]

    def __str__(self) -> str:
        return f"{self.skill} in {self.assessment}"
