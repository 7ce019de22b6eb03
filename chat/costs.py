"""What the customers' words cost, for administrators."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chat.models import ModelCall
from chat.services import day_began

DAYS = 30
MOST = 200  # rows
GROUPS: dict[str, tuple[str | Promise, str]] = {
    "scenario": (_("Scenario"), "session__scenario__title"),
    "person": (_("Person"), "session__learner__email"),
    "model": (_("Model"), "model"),
    "day": (_("Day"), "day"),
    "result": (_("Result"), "result"),
}


@dataclass(frozen=True)
class Budget:
    """The day's, of all together: what is spent and the limits, 0 for none."""

    tokens: int
    cost: Decimal
    most_tokens: int
    most_cost: Decimal

    @property
    def is_used_up(self) -> bool:
        over = self.most_tokens and self.tokens >= self.most_tokens
        return bool(over or (self.most_cost and self.cost >= self.most_cost))


def cost_rows(by: str, now: datetime) -> list[dict[str, Any]]:
    """Calls, those whose words were taken, tokens and money of the last thirty days, dearest first."""
    calls = ModelCall.objects.since(now - timedelta(days=DAYS)).annotate(day=TruncDate("at"))
    _label, column = GROUPS[by]
    taken: dict[str, Any] = {"taken": Count("pk", filter=Q(result="worded"))}
    rows = calls.values(column).annotate(**calls.spent(), **taken).order_by("-cost", "-tokens", column)
    return [row | {"name": row[column]} for row in rows[:MOST]]


def budget_of_day(now: datetime) -> Budget:
    today = ModelCall.objects.since(day_began(now))
    spent = today.aggregate(**today.spent())
    most_tokens, most_cost = settings.MODEL_BUDGETS["day"]
    return Budget(spent["tokens"], spent["cost"], most_tokens, most_cost)
