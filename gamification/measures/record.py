"""A person's record, and what a measure is: a number over it that counts no ticket twice."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, IntegerField, Min, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from assessment.models import Assessment, SkillOutcome
from chat.models import HEAVY, Event

Record = list[Any]  # assessments, each with `lowest_patience`, `was_due`, `told`, `confirmed` and `is_passed`
UNREAD = ("criteria", "feedback", "formula", "basis", *(f"session__{name}" for name in HEAVY))
Measure = Callable[[Record], int]
MEASURES: dict[str, Measure] = {}
PASS, GOOD, EXCELLENT = 60, 80, 90


def measure(function: Measure) -> Measure:
    """Its name is what criteria call it, its docstring what trainers read."""
    MEASURES[function.__name__] = function
    return function


def record_of(user: Any) -> Record:
    """A person's counted assessments, oldest first, with what the measures read. Two queries."""
    due = SkillOutcome.objects.filter(assessment=OuterRef("pk"), was_due=True)
    rows = Assessment.objects.counted().of(user).select_related("session__self_assessment")
    rows = rows.annotate(
        lowest_patience=Subquery(_lowest_patience()),
        was_due=Exists(due),
        told=F("session__world__told"),
        confirmed=F("session__world__confirmed"),
    )
    record: Record = list(rows.prefetch_related("session__scenario").defer(*UNREAD).order_by("scored_at"))
    for each in record:
        each.is_passed = _is_passed(each)
    return record


def passed(record: Record) -> Iterable[Any]:
    return (each for each in record if each.is_passed)


def _is_passed(a: Assessment) -> bool:
    """Settled as it should be, at 60 or more, without a critical fail."""
    return bool(a.session.outcome) and (a.overall or 0) >= PASS and not a.is_critical_fail


def tickets(assessments: Iterable[Assessment]) -> int:
    """How many different scenarios these are of: the same one again adds nothing."""
    scenarios: set[UUID] = {a.session.scenario_id for a in assessments}
    return len(scenarios)


def _lowest_patience() -> QuerySet[Event, Any]:
    """Of the customer, from 0 to 100, as it was at the end of a turn."""
    turns = Event.objects.filter(session=OuterRef("session"), kind="turn").order_by()
    patience = Cast(KeyTextTransform("patience", "data"), IntegerField())
    return turns.values("session").annotate(lowest=Min(patience)).values("lowest")
