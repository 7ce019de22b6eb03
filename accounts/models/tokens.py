"""Tokens of the API. Only their hashes are stored."""

import uuid
from datetime import datetime
from hashlib import sha256
from typing import Optional

from django.conf import settings
from django.db import models


def digest(secret: str) -> str:
    """A plain hash is enough: the secret is 256 random bits, not a password."""
    return sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid(self, token: str, *, now: datetime) -> Optional["ApiToken"]:
        return (
            self.filter(token_hash=digest(token), expires_at__gt=now, revoked_at=None, user__is_active=True)
            .select_related("user")
            .first()
        )

    def alive(self, *, now: datetime) -> "ApiTokenQuerySet":
        """The pairs of sign-ins that have not ended: the last of each can still be refreshed."""
        return self.filter(
            refreshed_at=None, revoked_at=None, refresh_expires_at__gt=now, user__is_active=True
        )


class ApiToken(models.Model):
    """One pair of token and refresh token; pairs that follow each other share a `family`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    family = models.UUIDField(default=uuid.uuid4, db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    refresh_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    refresh_expires_at = models.DateTimeField()
    refreshed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)  # that it was asked for from

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user} since {self.created_at:%Y-%m-%d %H:%M}"
