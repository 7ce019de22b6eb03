"""Answers kept for a day, so that the same request asked twice has one effect."""

from django.conf import settings
from django.db import models

from accounts.models.fields import EncryptedJSONField


class KeptAnswer(models.Model):
    """`status` is null while the first of the twins still runs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_answers")
    key = models.UUIDField()
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = EncryptedJSONField(null=True)  # may hold an invitation's link
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="kept_answer_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status or 'running'}"
