"""What a learner's first page shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum

from accounts.models import User
from assessment.models import Assessment
from chat.models import Session
from gamification.models import XPEntry

SPAN = timedelta(days=30)


@dataclass(frozen=True)
class Figure:
    """A number of the last 30 days, and how it moved against the 30 days before (None without a comparison)."""

    label: str
    value: float | None
    trend: float | None
    icon: str


def running_sessions(user: User) -> QuerySet[Session]:
    """Latest worked on first."""
    rows = Session.objects.active().of(user).select_related("scenario", "ticket")
    return rows.order_by("-last_activity_at")


def recent_sessions(user: User, most: int = 6) -> QuerySet[Session]:
    """Finished ones with their scores, latest first."""
    rows = Session.objects.completed().of(user).select_related("scenario", "assessment__reward")
    return rows.order_by("-finished_at")[:most]


def key_figures(user: User, now: datetime) -> list[Figure]:
    late, early = _spans("scored_at", now)
    scores = (
        Assessment.objects.counted()
        .of(user)
        .aggregate(
            score=Avg("overall", filter=late),
            score_before=Avg("overall", filter=early),
            smile=Avg("satisfaction", filter=late),
            smile_before=Avg("satisfaction", filter=early),
            tickets=Count("pk", filter=late),
            tickets_before=Count("pk", filter=early),
        )
    )
    late, early = _spans("created_at", now)
    xp = XPEntry.objects.of(user).aggregate(
        xp=Sum("amount", filter=late, default=0), xp_before=Sum("amount", filter=early, default=0)
    )
    found = scores | xp
    return [
        _figure("Average score", "score", "chart-bar", found),
        _figure("Tickets scored", "tickets", "ticket", found),
        _figure("XP earned", "xp", "sparkles", found),
        _figure("Customer satisfaction", "smile", "face-smile", found),
    ]


def _spans(field: str, now: datetime) -> tuple[Q, Q]:
    """The last 30 days, and the 30 days before."""
    late = Q(**{f"{field}__gt": now - SPAN})
    return late, Q(**{f"{field}__gt": now - 2 * SPAN, f"{field}__lte": now - SPAN})


def _figure(label: str, name: str, icon: str, found: dict[str, Any]) -> Figure:
    value, before = found[name], found[f"{name}_before"]
    shown = None if value is None else round(float(value), 1)
    if shown is None or before is None or not found["tickets_before"]:
        return Figure(label, shown, None, icon)
    return Figure(label, shown, round(shown - float(before), 1), icon)
