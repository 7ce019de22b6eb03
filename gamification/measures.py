"""What achievements count. Each measure is a number over a person's counted assessments (exam runs)."""

from collections.abc import Callable, Iterable
from typing import Any

from assessment.models import Assessment
from scenarios.world.document import World

Record = list[Assessment]
MEASURES: dict[str, Callable[[Record], int]] = {}
PASS, EXCELLENT = 60, 90


def measure(function: Callable[[Record], int]) -> Callable[[Record], int]:
    MEASURES[function.__name__] = function
    return function


def record_of(user: Any) -> Record:
    """A person's counted assessments, oldest first, with what the measures read."""
    rows = Assessment.objects.counted().of(user)
    rows = rows.select_related("session__scenario").prefetch_related("session__version")
    unread = ("criteria", "feedback", "formula", "session__desk", "session__draft", "session__resolution")
    return list(rows.defer(*unread).order_by("scored_at"))


def _passed(record: Record) -> Iterable[Assessment]:
    """Brought to a right end at 60 or more, without a critical fail."""
    return (a for a in record if a.session.outcome and (a.overall or 0) >= PASS and not a.is_critical_fail)


def _world(assessment: Assessment) -> World:
    return assessment.session.document


@measure
def passes(record: Record) -> int:
    """Scenarios passed."""
    return len({a.session.scenario_id for a in _passed(record)})


@measure
def categories(record: Record) -> int:
    """Categories in which a scenario was passed."""
    return len({a.session.scenario.category for a in _passed(record)})


@measure
def refused_impostors(record: Record) -> int:
    """Impostors declined and reported."""
    return sum(1 for a in _passed(record) if _world(a).customer.impostor and a.session.outcome)


@measure
def right_escalations(record: Record) -> int:
    """Handed over where handing over was right."""
    return sum(
        1
        for a in _passed(record)
        if a.session.outcome and "escalated" in _world(a).goals[a.session.outcome].all
    )


@measure
def direct_fixes(record: Record) -> int:
    """Right ends with evidence, at the best efficiency."""
    return sum(1 for a in _passed(record) if a.session.outcome and (a.efficiency or 0) >= 100)


@measure
def plain_talks(record: Record) -> int:
    """Conversations that scored 90 or more for communication."""
    return sum(1 for a in _passed(record) if (a.communication or 0) >= EXCELLENT)


@measure
def clean_notes(record: Record) -> int:
    """Tickets documented at 90 or more."""
    return sum(1 for a in _passed(record) if (a.documentation or 0) >= EXCELLENT)


@measure
def sound_verifications(record: Record) -> int:
    """Callers verified at 90 or more."""
    return sum(1 for a in _passed(record) if (a.verification or 0) >= EXCELLENT)


@measure
def recoveries(record: Record) -> int:
    """Customers whose patience had fallen below 40, and who left with their trouble solved."""
    return sum(1 for a in _passed(record) if a.session.world.get("confirmed") and _voiced_anger(a))


@measure
def improvements(record: Record) -> int:
    """Retries that beat the best before by ten points or more."""
    best: dict[Any, float] = {}
    count = 0
    for a in record:
        before, now = best.get(a.session.scenario_id), float(a.overall or 0)
        count += before is not None and now >= before + 10
        best[a.session.scenario_id] = max(before or 0, now)
    return count


@measure
def excellent_scores(record: Record) -> int:
    """Scenarios finished at 90 or more."""
    return len({a.session.scenario_id for a in _passed(record) if (a.overall or 0) >= EXCELLENT})


def _voiced_anger(assessment: Assessment) -> bool:
    return bool(assessment.session.world.get("asked", {}).get("voiced curt"))
