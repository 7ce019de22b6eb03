"""The ticket: triage, status and the two service level clocks."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.session import Session
from knowledge.models import Category


class Weight(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class TicketStatus(models.TextChoices):
    OPEN = "open", _("Open")
    PENDING = "pending", _("Pending")
    RESOLVED = "resolved", _("Resolved")
    ESCALATED = "escalated", _("Escalated")
    DECLINED = "declined", _("Declined")


_POINTS = {Weight.HIGH: 2, Weight.MEDIUM: 1, Weight.LOW: 0}


def priority_of(impact: str, urgency: str) -> str:
    """P1 to P4 from the usual matrix of impact and urgency."""
    points = _POINTS[Weight(impact)] + _POINTS[Weight(urgency)]
    return f"P{min(4, 5 - points)}"


class Ticket(models.Model):
    """Both clocks stand still while we wait for the customer (`pending`)."""

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.PROTECT, related_name="ticket")
    number = models.CharField(max_length=20, unique=True)
    category = models.CharField(max_length=20, choices=Category.choices)
    impact = models.CharField(max_length=10, choices=Weight.choices)
    urgency = models.CharField(max_length=10, choices=Weight.choices)
    status = models.CharField(max_length=10, choices=TicketStatus.choices, default=TicketStatus.OPEN)
    sla_pause_reason = models.CharField(max_length=60, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    first_response_due = models.DateTimeField()
    first_response_at = models.DateTimeField(null=True, blank=True)
    resolution_due = models.DateTimeField()

    def __str__(self) -> str:
        return self.number

    @property
    def priority(self) -> str:
        return priority_of(self.impact, self.urgency)

    def pause(self, reason: str, now: datetime) -> None:
        if self.paused_at is None:
            self.paused_at, self.sla_pause_reason = now, reason

    def run(self, now: datetime) -> None:
        """Starts the clocks again; what was due moves by the time paused."""
        if self.paused_at is None:
            return
        paused = max(now - self.paused_at, timedelta())
        self.resolution_due += paused
        if self.first_response_at is None:
            self.first_response_due += paused
        self.paused_at, self.sla_pause_reason = None, ""
