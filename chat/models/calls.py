"""What the customers' words cost: one row for each exchange with a model. No text of anybody is kept here."""

from datetime import datetime

from django.db import models
from django.db.models import Count, DecimalField, IntegerField, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chat.models.session import Session


class ModelCallQuerySet(models.QuerySet["ModelCall"]):
    def since(self, moment: datetime) -> "ModelCallQuerySet":
        return self.filter(at__gte=moment)

    def spent(self, only: Q | None = None) -> dict[str, models.Aggregate | Coalesce]:
        """Aggregates of tokens, money and calls, of those that `only` names."""
        money = DecimalField(max_digits=14, decimal_places=6)
        return {
            "tokens": Coalesce(
                Sum(models.F("tokens_in") + models.F("tokens_out"), filter=only, output_field=IntegerField()),
                0,
            ),
            "cost": Coalesce(Sum("cost", filter=only, output_field=money), 0, output_field=money),
            "calls": Count("pk", filter=only),
        }


class ModelCall(models.Model):
    """`turn_id` is the turn whose words were asked for; `result` is "worded" or what was wrong with the answer."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="model_calls")
    turn_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    model = models.CharField(max_length=120)
    settings = models.JSONField(default=dict, help_text=_("How it was asked."))
    prompt_hash = models.CharField(max_length=16)
    result = models.CharField(max_length=40)
    seconds = models.FloatField()
    tokens_in = models.PositiveIntegerField()
    tokens_out = models.PositiveIntegerField()
    is_counted = models.BooleanField(
        default=True, help_text=_("By the provider; else reckoned from the length.")
    )
    cost = models.DecimalField(max_digits=12, decimal_places=6)

    objects = ModelCallQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="model_call_at")]

    def __str__(self) -> str:
        return f"{self.model}: {self.result}"
