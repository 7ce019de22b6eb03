"""What scored work earns: the XP ledger, rewards, achievements."""

from typing import Any, NoReturn
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from heroicons import IconDoesNotExist
from heroicons.templatetags.heroicons import heroicon_outline

from accounts.models import User
from assessment.models import Assessment, OwedByScore
from chat.models import Session
from gamification.measures import MEASURES


class XPEntryQuerySet(models.QuerySet["XPEntry"]):
    def of(self, user: User) -> "XPEntryQuerySet":
        return self.filter(user=user)

    def total(self) -> int:
        return self.aggregate(total=Sum("amount"))["total"] or 0

    def update(self, **changes: Any) -> NoReturn:
        raise TypeError("The ledger is append-only; write another entry.")

    def delete(self) -> NoReturn:
        raise TypeError("The ledger is append-only; nothing is taken out of it.")


class XPEntry(models.Model):
    """A line of the ledger: written once, never changed. A person's XP is the sum of their lines.

    `version` is that of the assessment that paid it; a correction may take XP back.
    """

    class Kind(models.TextChoices):
        SCORE = "score", _("Score")
        DEBRIEF = "debrief", _("Debrief")
        RETURN = "return", _("Spaced return")
        CORRECTION = "correction", _("Correction")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="xp_entries")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="xp_entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(default=1)
    amount = models.IntegerField()
    why = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    objects = XPEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("XP entry")
        verbose_name_plural = _("XP entries")
        indexes = [
            models.Index(fields=["user", "-created_at"], name="xp_of_person"),
            models.Index(fields=["-created_at"], name="xp_of_period"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "version"], name="xp_once_per_session_kind_and_version"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0) | Q(kind="correction"), name="xp_taken_back_by_corrections_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} XP for {self.user}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The ledger is append-only; write another entry.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The ledger is append-only; nothing is taken out of it.")


class Achievement(models.Model):
    """Earned when every one of its criteria holds: [{"measure": name, "at_least": n}], see `measures`."""

    class Tier(models.TextChoices):
        BRONZE = "bronze", _("Bronze")
        SILVER = "silver", _("Silver")
        GOLD = "gold", _("Gold")
        PLATINUM = "platinum", _("Platinum")

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=80)
    description = models.CharField(max_length=200)
    icon = models.CharField(max_length=60, help_text=_("Name of a heroicon, for instance shield-check."))
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.BRONZE)
    criteria = models.JSONField(help_text=_('A list: [{"measure": "passes", "at_least": 1}].'))
    is_active = models.BooleanField("active", default=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Criteria are read at every reward and icons on every page, so none is saved that cannot be."""
        super().clean()
        if problem := _problem_of(self.criteria):
            raise ValidationError({"criteria": problem})
        try:
            heroicon_outline(self.icon)
        except IconDoesNotExist as error:
            raise ValidationError({"icon": gettext("There is no heroicon of this name.")}) from error


def _problem_of(criteria: Any) -> str:
    if not isinstance(criteria, list) or not criteria:
        return gettext('Write a list: [{"measure": "passes", "at_least": 1}].')
    for each in criteria:
        if not isinstance(each, dict) or set(each) != {"measure", "at_least"}:
            return gettext("Each criterion has exactly `measure` and `at_least`.")
        if str(each["measure"]) not in MEASURES:
            return gettext("There is no measure “%(name)s”; choose from %(names)s.") % {
                "name": each["measure"],
                "names": ", ".join(sorted(MEASURES)),
            }
        if type(each["at_least"]) is not int or each["at_least"] < 1:
            return gettext("`at_least` is a whole number from 1.")
    return ""


class EarnedAchievement(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="achievements")
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="earned")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="achievements")
    earned_at = models.DateTimeField()

    class Meta:
        ordering = ["-earned_at"]
        constraints = [models.UniqueConstraint(fields=["user", "achievement"], name="achievement_once")]

    def __str__(self) -> str:
        return f"{self.achievement} of {self.user}"


class Reward(models.Model):
    """Proof that an assessment was rewarded, and what came of it; the ledger holds the XP.

    `version` is that of the assessment that is paid by now; `xp` what its session brought, corrections included.
    """

    assessment = models.OneToOneField(
        Assessment, primary_key=True, on_delete=models.PROTECT, related_name="reward"
    )
    version = models.PositiveSmallIntegerField(default=1)
    xp = models.IntegerField()
    why = models.CharField(max_length=200)
    level_before = models.PositiveIntegerField()
    level_after = models.PositiveIntegerField()
    achievements = models.JSONField(default=list, help_text=_("Slugs."))
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.xp} XP for {self.assessment}"

    @property
    def leveled_up(self) -> bool:
        return self.level_after > self.level_before


class OwedReward(OwedByScore):
    """A score whose present version is not paid yet."""
