"""A person's record, and what a measure is: a number over it that counts no ticket twice."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, Min, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from assessment.models import Assessment
from chat.models import Event

Record = list[Any]  # assessments, each with `lowest_patience`
Measure = Callable[[Record], int]
MEASURES: dict[str, Measure] = {}
PASS, GOOD, EXCELLENT = 60, 80, 90


def measure(function: Measure) -> Measure:
    """Its name is what criteria call it, its docstring what trainers read."""
    MEASURES[function.__name__] = function
    return function


def record_of(user: Any) -> Record:
    """A person's counted assessments, oldest first, with what the measures read. Three queries."""
    rows = Assessment.objects.counted().of(user).annotate(lowest_patience=Subquery(_lowest_patience()))
    rows = rows.select_related("session__scenario", "session__self_assessment")
    rows = rows.prefetch_related("session__version", "skill_outcomes")
    unread = ("criteria", "feedback", "formula", "basis", "session__desk", "session__draft")
    return list(rows.defer(*unread, "session__resolution").order_by("scored_at"))


def passed(record: Record) -> Iterable[Any]:
    """Settled as it should be, at 60 or more, without a critical fail."""
    return (a for a in record if a.session.outcome and (a.overall or 0) >= PASS and not a.is_critical_fail)


def tickets(assessments: Iterable[Assessment]) -> int:
    """How many different scenarios these are of: the same one again adds nothing."""
    scenarios: set[UUID] = {a.session.scenario_id for a in assessments}
    return len(scenarios)


def _lowest_patience() -> QuerySet[Event, Any]:
    """Of the customer, from 0 to 100, as it was at the end of a turn."""
    turns = Event.objects.filter(session=OuterRef("session"), kind="turn").order_by()
    patience = Cast(KeyTextTransform("patience", "data"), IntegerField())
    return turns.values("session").annotate(lowest=Min(patience)).values("lowest")
