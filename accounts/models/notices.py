"""What a person should know: one line with a link, on every page's badge and maybe by mail."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.mailed import Mailed, MailedQuerySet


class NoticeQuerySet(MailedQuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(Mailed):
    class Kind(models.TextChoices):
        SCORE_READY = "score_ready", _("A score is ready")
        LEVEL = "level", _("A new level")
        ACHIEVEMENT = "achievement", _("An achievement")
        CONTEST_DECIDED = "contest_decided", _("A contested score was decided")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField("address", max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_person"),
            models.Index(fields=["-created_at"], name="notice_latest"),
            models.Index(
                fields=["next_attempt_at"], name="notice_unsent", condition=models.Q(mail_state="owed")
            ),
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.title
