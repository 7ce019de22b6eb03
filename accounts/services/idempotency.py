"""The same request asked twice has one effect: the second gets the answer of the first."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Unprocessable
from accounts.models import KeptAnswer, User

KEPT = timedelta(hours=24)
RUNS_AT_MOST = timedelta(minutes=2)  # a twin that is silent for longer died with its server


def claim_answer(*, user: User, key: UUID, request_hash: str, now: datetime) -> KeptAnswer:
    """The kept answer, or, with `status` None, the right and the duty to give one.

    Raises `Unprocessable` where the key stands for another request, `Conflict` while the first one runs.
    """
    claim = {"request_hash": request_hash, "created_at": now}
    with transaction.atomic():
        kept, is_first = KeptAnswer.objects.get_or_create(user=user, key=key, defaults=claim)
    if is_first:
        return kept
    if kept.request_hash != request_hash:
        raise Unprocessable(_("This Idempotency-Key was used for another request. Use a new one."))
    if kept.status is None:
        dead = KeptAnswer.objects.filter(pk=kept.pk, status=None, created_at__lt=now - RUNS_AT_MOST)
        if not dead.update(created_at=now):
            raise _still_running()
        kept.created_at = now
    return kept


def keep_answer(*, claim: KeptAnswer, status: int, body: Any) -> None:
    """To be called in the transaction of the effect. Raises `Conflict` where a later twin took the claim over."""
    if not _held(claim).update(status=status, body=body):
        raise _still_running()


def release_answer(*, claim: KeptAnswer) -> None:
    """There was no answer worth keeping: the next one tries again."""
    _held(claim).delete()


def forget_answers(*, now: datetime) -> int:
    """How many were old enough."""
    return KeptAnswer.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _held(claim: KeptAnswer) -> QuerySet[KeptAnswer]:
    """The row, unless somebody took it over: when it was claimed tells the claims apart."""
    return KeptAnswer.objects.filter(pk=claim.pk, created_at=claim.created_at, status=None)


def _still_running() -> Conflict:
    return Conflict(_("The same request is still running. Ask again in a moment."))
