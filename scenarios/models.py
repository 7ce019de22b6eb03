"""Scenarios and their immutable versions."""

from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import Category
from scenarios.proving import engine
from scenarios.world import variants
from scenarios.world.document import World


class Difficulty(models.TextChoices):
    STARTER = "starter", _("Starter")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Voice(models.TextChoices):
    """Who puts a customer's words in new sessions."""

    SITE = "", _("As the site does")
    SCRIPTED = "scripted", _("Scripted")
    MODEL = "model", _("A model")
    LEARNER = "learner", _("The learner chooses")


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def published(self) -> "ScenarioQuerySet":
        return self.filter(is_active=True, current_version__isnull=False)

    def in_learning_order(self) -> "ScenarioQuerySet":
        """Starter first, then by title."""
        rank = models.Case(
            *[models.When(difficulty=d, then=i) for i, d in enumerate(Difficulty.values)],
            output_field=models.IntegerField(),
        )
        return self.order_by(rank, "title")


class Scenario(models.Model):
    """What the catalogue shows. Its columns mirror the current version's document, which is the truth."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=600)
    summary = models.TextField()
    difficulty = models.CharField(max_length=20, choices=Difficulty.choices)
    category = models.CharField(max_length=20, choices=Category.choices)
    estimated_time = models.PositiveSmallIntegerField(help_text=_("Minutes."))
    xp_reward = models.PositiveSmallIntegerField("XP")
    skills = models.JSONField(default=list)
    prerequisites = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="unlocks")
    voice = models.CharField(
        max_length=10,
        choices=Voice.choices,
        default=Voice.SITE,
        db_default=Voice.SITE,
        blank=True,
        help_text=_("Who puts the customer's words, where a model is set up."),
    )
    is_active = models.BooleanField("active", default=True, help_text=_("Shown in the catalogue."))
    current_version = models.OneToOneField(
        "ScenarioVersion", null=True, editable=False, on_delete=models.PROTECT, related_name="current_of"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScenarioQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class ScenarioVersion(models.Model):
    """One document for ever; sessions pin it. Saved once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    document = models.JSONField()
    source = models.TextField(help_text=_("The YAML as its author wrote it."))
    paths = models.JSONField(
        default=dict, help_text=_("The solver's shortest justified path of each variant.")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "content_hash"], name="version_once_per_content"),
            models.UniqueConstraint(fields=["scenario", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario.slug}@{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError("A scenario version never changes; publish a new one.")
        super().save(*args, **kwargs)

    def world(self) -> World:
        """The usual variant, as the catalogue shows it."""
        return world_of(self.pk)


class ProofQuerySet(models.QuerySet["Proof"]):
    def valid(self) -> "ProofQuerySet":
        """Given by the checks and the engine as they are now."""
        return self.filter(engine=engine())


class Proof(models.Model):
    """A document, known by its hash, passed every check; nothing is published without. Kept once for all versions."""

    content_hash = models.CharField(
        max_length=64,
        unique=True,
        help_text=_("Of what is proved: the document without its catalogue fields."),
    )
    engine = models.CharField(
        max_length=64, help_text=_("Hash of the code and words that it was proved with.")
    )
    report = models.JSONField(help_text=_("Figures by variant and check."))
    proved_at = models.DateTimeField(auto_now=True)

    objects = ProofQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Proof of {self.content_hash[:12]}"

    def ways(self) -> dict[str, list[str]]:
        """The shortest justified way of each variant."""
        return {variant: checks["solver"]["way"] for variant, checks in self.report.items()}


def world_of(
    version_id: UUID, variant: str = variants.USUAL, *, seed: int = 0, today: date | None = None
) -> World:
    """The typed world of a session: its variant, the values that its seed draws, the dates of its day."""
    _, rows, is_dated = _document_of(version_id)
    return _world_of(version_id, variant, seed % rows, today if is_dated and today else variants.SOME_DAY)


@cache
def _document_of(version_id: UUID) -> tuple[dict[str, Any], int, bool]:
    """(document, rows of values, whether texts name dates). Versions never change: each is read once."""
    document = ScenarioVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return document, variants.rows(document), bool(variants.DATE.search(str(document)))


@lru_cache(maxsize=500)
def _world_of(version_id: UUID, variant: str, row: int, today: date) -> World:
    return variants.world(_document_of(version_id)[0], variant, row=row, today=today)
