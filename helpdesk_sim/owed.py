"""What is owed, by kind: how much, since when, what went wrong; and trying it again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey, Invitation, Letter, Notice, User
from accounts.models.owed import OwedQuerySet
from accounts.services import record_audit
from assessment.models import Assessment, OwedRating
from assessment.selectors.skills import unrated
from chat.models import Session
from gamification.models import OwedReward
from gamification.selectors import unrewarded


@dataclass(frozen=True)
class Kind:
    """`owed` is the truth, `since` its column that says how long; `tried` are the rows that count attempts."""

    name: str
    label: str | Promise
    owed: Callable[[], QuerySet[Any]]
    since: str
    tried: OwedQuerySet[Any]


@dataclass(frozen=True)
class Debt:
    """One kind as it stands: how many, the oldest since when, how many given up, the last error."""

    kind: Kind
    count: int
    oldest: datetime | None
    given_up: int
    error: str


def unscored() -> QuerySet[Session]:
    missing = Q(assessment=None) | Q(assessment__in=Assessment.objects.owed())
    return Session.objects.completed().filter(missing)


KINDS = (
    Kind("turn", _("Customers' turns"), Session.objects.owed, "last_activity_at", Session.objects.all()),
    Kind("score", _("Scores"), unscored, "finished_at", Assessment.objects.all()),
    Kind("rating", _("Skill ratings"), unrated, "scored_at", OwedRating.objects.all()),
    Kind("reward", _("Rewards"), unrewarded, "scored_at", OwedReward.objects.all()),
    Kind("letter", _("Mails with a link"), Letter.objects.owed, "created_at", Letter.objects.all()),
    Kind("notice", _("Mails of notices"), Notice.objects.owed, "created_at", Notice.objects.all()),
    Kind("invitation", _("Invitations"), Invitation.objects.owed, "created_at", Invitation.objects.all()),
    Kind("api_key", _("Mails about API keys"), ApiKey.objects.owed, "created_at", ApiKey.objects.all()),
)


def debts() -> list[Debt]:
    return [_debt(kind) for kind in KINDS]


@transaction.atomic
def try_again(*, kind: Kind, actor: User, now: datetime) -> int:
    """Starts counting anew; the next sweep tries them. How many there are."""
    rows = kind.tried.again(now)
    record_audit(actor=actor, action="owed_work.retried", data={"kind": kind.name, "rows": rows}, now=now)
    return rows


def _debt(kind: Kind) -> Debt:
    owed, tried = kind.owed(), kind.tried.owed()
    found = owed.order_by().aggregate(count=Count("pk"), oldest=Min(kind.since))
    failed = tried.exclude(**{tried.error: ""}).order_by(f"-{tried.due_at}")
    return Debt(
        kind=kind,
        count=found["count"],
        oldest=found["oldest"],
        given_up=tried.given_up().count(),
        error=failed.values_list(tried.error, flat=True).first() or "",
    )
