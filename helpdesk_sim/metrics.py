"""What Prometheus is told of the state of work: read from the database when it asks (accounts.metrics counts the rest)."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Lock
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Count, Max, Min, Model, Q, QuerySet
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from accounts.models import AuditEvent, AuditSeal
from accounts.models.mailed import Mailed
from accounts.models.owed import MAX_ATTEMPTS, OwedQuerySet
from accounts.services.audit_chain import LATE_COMMITS
from assessment.models import Assessment
from chat.models import Message, Session, Status
from gamification.selectors import unrewarded
from helpdesk_sim.last_runs import NOTED
from helpdesk_sim.models import LastRun

FRESH_S = 5.0
Amount = tuple[int, datetime | None]
"""How many, and since when the oldest of them waits."""


def _amount(rows: QuerySet[Any], since: str) -> Amount:
    found = rows.order_by().aggregate(number=Count("pk"), oldest=Min(since))
    return found["number"], found["oldest"]


def _that_owe() -> list[type[Model]]:
    """The models whose rows are tried until they are done or given up."""
    return [m for m in apps.get_models() if isinstance(m._default_manager.all(), OwedQuerySet)]


def _turns() -> Amount:
    return _amount(Message.objects.waiting().filter(session__status=Status.ACTIVE), "created_at")


def _scores() -> Amount:
    begun = ~Q(assessment__status=Assessment.Status.DONE) & Q(assessment__attempts__lt=MAX_ATTEMPTS)
    unscored = Q(assessment__isnull=True) | begun
    return _amount(Session.objects.completed().filter(unscored), "finished_at")


def _rewards() -> Amount:
    return _amount(unrewarded().exclude(owedreward__attempts__gte=MAX_ATTEMPTS), "scored_at")


def _mails() -> Amount:
    amounts = [
        _amount(model.objects.unsent(), "created_at") for model in _that_owe() if issubclass(model, Mailed)
    ]
    return sum(n for n, _ in amounts), min((since for _, since in amounts if since), default=None)


def _seals() -> Amount:
    last = AuditSeal.objects.aggregate(last=Max("event_id"))["last"] or 0
    return _amount(AuditEvent.objects.filter(pk__gt=last - LATE_COMMITS, seal=None), "at")


OWED: dict[str, Callable[[], Amount]] = {
    "turn": _turns,
    "score": _scores,
    "reward": _rewards,
    "mail": _mails,
    "seal": _seals,
}


class StateOfWork(Collector):
    """Owed work, sessions and jobs, as the database has them; asked at most every `FRESH_S` seconds.

    While the database is away only `helpdesk_database_up` (0) is told. One kind of process exports it.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.read_at, self.known = -FRESH_S, list[GaugeMetricFamily]()

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # registering must not ask the database

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self.lock:
            if time.monotonic() - self.read_at >= FRESH_S:
                self.known, self.read_at = _read(), time.monotonic()
        yield from self.known


def _read() -> list[GaugeMetricFamily]:
    up = GaugeMetricFamily("helpdesk_database_up", "Whether the database answered when it was asked.")
    try:
        read = list(_families(timezone.now()))
    except DatabaseError:
        up.add_metric([], 0)
        return [up]
    finally:
        connection.close()  # of this thread, which is about to end
    up.add_metric([], 1)
    return [up, *read]


def _families(now: datetime) -> Iterator[GaugeMetricFamily]:
    owed = GaugeMetricFamily(
        "helpdesk_owed", "Work that is owed, not done and not given up.", labels=["kind"]
    )
    oldest = GaugeMetricFamily(
        "helpdesk_owed_oldest_seconds", "How long the oldest of it waits; 0 for none.", labels=["kind"]
    )
    for kind, count in OWED.items():
        number, since = count()
        owed.add_metric([kind], number)
        oldest.add_metric([kind], max((now - since).total_seconds(), 0) if since else 0)
    yield owed
    yield oldest
    given_up = GaugeMetricFamily(
        "helpdesk_given_up", "Rows that were tried too often and rest until somebody looks.", labels=["kind"]
    )
    for model in _that_owe():
        given_up.add_metric([str(model._meta.model_name)], model._default_manager.given_up().count())
    yield given_up
    yield GaugeMetricFamily(
        "helpdesk_sessions_active", "Sessions that are not finished.", Session.objects.active().count()
    )
    runs = GaugeMetricFamily(
        "helpdesk_last_run_timestamp_seconds",
        "When a job of the schedule last ended well; 0 for never.",
        labels=["task"],
    )
    at = dict(LastRun.objects.values_list("task", "at"))
    for task in sorted(NOTED):
        runs.add_metric([task], at[task].timestamp() if task in at else 0)
    yield runs
