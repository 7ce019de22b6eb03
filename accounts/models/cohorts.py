"""People who learn together, those who look after them, and the links that let others in."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.mailed import Mailed, MailedQuerySet

if TYPE_CHECKING:
    from accounts.models.people import User

SIGNER = signing.Signer(salt="accounts.invitation")


class CohortQuerySet(models.QuerySet["Cohort"]):
    def managed_by(self, user: "User") -> Self:
        """Being named in a cohort counts for as long as one has the role."""
        if user.is_admin:
            return self.all()
        return self.filter(pk__in=user.managed_cohorts.values("pk") if user.is_cohort_manager else ())

    def coached_by(self, user: "User") -> Self:
        return self.filter(pk__in=user.coached_cohorts.values("pk") if user.is_coach else ())

    def visible_to(self, user: "User") -> Self:
        """Those who look after it; being a member shows nothing of the others."""
        return self.managed_by(user) | self.coached_by(user)

    def current(self) -> Self:
        return self.filter(archived_at=None)

    def with_member_count(self) -> Self:
        counted = self.annotate(member_count=Count("members", distinct=True))
        return counted.order_by("name", "created_at")  # grouping forgets it


class Cohort(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="cohorts", blank=True)
    coaches = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="coached_cohorts", blank=True)
    managers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="managed_cohorts", blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["name", "created_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohort", args=[self.pk])


class InvitationQuerySet(MailedQuerySet["Invitation"]):
    def open(self, now: datetime) -> Self:
        used_up = ~Q(email="") & Q(uses__gt=0)
        return self.filter(expires_at__gt=now, revoked_at=None).exclude(used_up)

    def with_token(self, token: str) -> Self:
        """The signature is the secret: nothing that opens a cohort is stored."""
        try:
            return self.filter(pk=uuid.UUID(hex=SIGNER.unsign(token)))
        except (signing.BadSignature, ValueError):
            return self.none()


class Invitation(Mailed):
    """A link into a cohort. With an address it is mailed there and works once; else until it expires."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail", blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_sent"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.email or _('anyone with the link')}"

    @property
    def token(self) -> str:
        return SIGNER.sign(self.pk.hex)

    def get_absolute_url(self) -> str:
        return reverse("accept_invitation", args=[self.token])
