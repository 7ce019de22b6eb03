"""What a learner's first page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from assessment.models import Assessment
from assessment.selectors.numbers import TREND, difference
from chat.models import Session
from gamification.models import XPEntry

EVIDENCE = tuple(f"assessment__{name}" for name in ("criteria", "caps", "feedback", "formula", "basis"))
ENOUGH = 3  # scored tickets; what fewer say is chance


@dataclass(frozen=True)
class Figure:
    """A number of the last four weeks, how it moved against the four before (None: too few data), and that in words."""

    label: str
    value: float | None
    trend: float | None
    icon: str

    @property
    def words(self) -> str:
        if self.trend is None:
            return ""
        if not self.trend:
            return _("the same as the four weeks before")
        return (
            _("more than the four weeks before") if self.trend > 0 else _("less than the four weeks before")
        )


def running_sessions(user: User) -> QuerySet[Session]:
    """Latest worked on first."""
    return Session.objects.active().of(user).for_lists().order_by("-last_activity_at")


def recent_sessions(user: User, most: int = 6) -> QuerySet[Session]:
    """Finished ones with their scores, latest first."""
    rows = Session.objects.completed().of(user).for_lists().select_related("assessment__reward")
    return rows.defer(*EVIDENCE).order_by("-finished_at")[:most]


def key_figures(user: User, now: datetime) -> list[Figure]:
    """Two queries."""
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
    counts = found["tickets_before"] >= ENOUGH
    averages = counts and found["tickets"] >= ENOUGH
    return [
        _figure(_("Average score"), "score", "chart-bar", found, averages),
        _figure(_("Tickets scored"), "tickets", "ticket", found, counts),
        _figure(_("XP earned"), "xp", "sparkles", found, counts),
        _figure(_("Customer satisfaction"), "smile", "face-smile", found, averages),
    ]


def _spans(field: str, now: datetime) -> tuple[Q, Q]:
    """The last four weeks, and the four before."""
    late = Q(**{f"{field}__gt": now - TREND})
    return late, Q(**{f"{field}__gt": now - 2 * TREND, f"{field}__lte": now - TREND})


def _figure(label: str, name: str, icon: str, found: dict[str, Any], is_enough: bool) -> Figure:
    value, before = (None if each is None else float(each) for each in (found[name], found[f"{name}_before"]))
    trend = difference(value, before) if is_enough else None
    return Figure(
        label, None if value is None else round(value, 1), None if trend is None else round(trend, 1), icon
    )
