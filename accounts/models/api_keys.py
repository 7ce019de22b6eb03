"""Keys that a developer makes for a program. Only their hashes are stored."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Optional, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.mailed import Mailed, MailedQuerySet
from accounts.models.tokens import digest

if TYPE_CHECKING:
    from accounts.models.people import User


class Scope(models.TextChoices):
    """What a key opens; never more than its maker may do, and never the account itself."""

    READ = "read", _("Read what I may read")
    LEARN = "learn", _("Play: sessions, ratings, contests")
    TEACH = "teach", _("Teach: articles, reviews, cohorts")
    ADMIN = "admin", _("Administer: people, audit log")


class ApiKeyQuerySet(MailedQuerySet["ApiKey"]):
    def working(self, now: datetime) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None, user__is_active=True)

    def revocable_by(self, user: "User") -> Self:
        """One's own; an administrator's are all."""
        return self.all() if user.is_admin else self.filter(user=user)

    def valid(self, key: str, *, now: datetime) -> Optional["ApiKey"]:
        return self.working(now).filter(key_hash=digest(key)).select_related("user").first()


class ApiKey(Mailed):
    """Its maker is told by mail that it was made."""

    PREFIX = "hds_"  # scanners of leaked secrets know it by this

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    start = models.CharField("begins with", max_length=12)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="api_key_unsent", condition=models.Q(mail_state="owed")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def scope_words(self) -> list[str]:
        return [str(scope.label) for scope in Scope if scope in self.scopes]
