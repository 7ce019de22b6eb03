"""What was said and what happened, in order, for ever."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.session import Session


class Sender(models.TextChoices):
    USER = "user", _("Analyst")
    AI = "ai", _("Customer")
    SYSTEM = "system", _("System")


class MessageType(models.TextChoices):
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Internal note")


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """Sent to the customer, and no turn has answered yet."""
        return self.filter(sender_type=Sender.USER, message_type=MessageType.REPLY, turn_id__isnull=True)

    def after(self, seq: int) -> "MessageQuerySet":
        return self.filter(seq__gt=seq)


class Message(models.Model):
    """`turn_id` is the customer's turn: the one that said it, or the one that answered it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="messages")
    seq = models.PositiveIntegerField()
    sender_type = models.CharField(max_length=10, choices=Sender.choices)
    message_type = models.CharField(max_length=10, choices=MessageType.choices, default=MessageType.REPLY)
    text = models.TextField()
    created_at = models.DateTimeField()
    turn_id = models.UUIDField(null=True, blank=True)
    in_reply_to = models.UUIDField(null=True, blank=True)
    client_id = models.UUIDField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["session", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="message_seq_once"),
            models.UniqueConstraint(fields=["session", "client_id"], name="message_client_id_once"),
        ]
        indexes = [
            models.Index(
                fields=["session"],
                condition=models.Q(sender_type="user", message_type="reply", turn_id__isnull=True),
                name="message_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.sender_type}: {self.text[:40]}"


class Event(models.Model):
    """The append-only log, with the transcript the only input to scoring."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["session", "number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="event_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError("The event log is append-only.")
        super().save(*args, **kwargs)
