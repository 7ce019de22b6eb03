"""How well single tickets were worked."""

from uuid import UUID

from assessment.models import DIMENSIONS, Assessment
from gamification.measures.record import EXCELLENT, GOOD, Record, measure, passed, tickets

LAST_NERVE = 20  # patience below this is a customer about to leave
CLOSE = 10  # points between what was expected and what it was: near enough to know how well one works


@measure
def excellent_scores(record: Record) -> int:
    """Different tickets at 90 or more."""
    return tickets(a for a in passed(record) if a.overall >= EXCELLENT)


@measure
def balanced_tickets(record: Record) -> int:
    """Different tickets at 80 or more in all five dimensions."""
    return tickets(a for a in passed(record) if all((getattr(a, name) or 0) >= GOOD for name in DIMENSIONS))


@measure
def direct_fixes(record: Record) -> int:
    """Different tickets solved on the evidence with full marks for efficiency, and no cap."""
    return tickets(a for a in passed(record) if (a.efficiency or 0) >= 100 and not a.caps)


@measure
def informed_fixes(record: Record) -> int:
    """Different tickets for which the right article was opened before the fix."""
    return tickets(a for a in passed(record) if (a.research or 0) >= 100)


@measure
def plain_talks(record: Record) -> int:
    """Different conversations at 90 or more for communication."""
    return tickets(a for a in passed(record) if (a.communication or 0) >= EXCELLENT)


@measure
def clean_notes(record: Record) -> int:
    """Different tickets documented at 90 or more."""
    return tickets(a for a in passed(record) if (a.documentation or 0) >= EXCELLENT)


@measure
def sound_verifications(record: Record) -> int:
    """Different callers verified at 90 or more."""
    return tickets(a for a in passed(record) if (a.verification or 0) >= EXCELLENT)


@measure
def discreet_tickets(record: Record) -> int:
    """Different tickets on which the caller was verified, and told no value from the record."""
    return tickets(a for a in passed(record) if a.verification and not a.told)


@measure
def prompt_tickets(record: Record) -> int:
    """Different tickets at 90 or more for response time, and without a cap."""
    return tickets(a for a in passed(record) if (a.response_time or 0) >= EXCELLENT and not a.caps)


@measure
def delighted_customers(record: Record) -> int:
    """Different tickets whose customers gave five of five."""
    return tickets(a for a in passed(record) if a.satisfaction == 5)


@measure
def recoveries(record: Record) -> int:
    """Different customers whose patience had fallen below 20, and who left with their trouble solved."""
    return tickets(
        a
        for a in passed(record)
        if a.confirmed and a.lowest_patience is not None and a.lowest_patience < LAST_NERVE
    )


@measure
def true_forecasts(record: Record) -> int:
    """Different tickets on which every dimension was foreseen within ten points."""
    return tickets(a for a in passed(record) if _foreseen(a))


@measure
def uncapped_in_a_row(record: Record) -> int:
    """The most different tickets in a row that were passed without a cap."""
    best = 0
    row: set[UUID] = set()
    fine = {a.pk for a in passed(record) if not a.caps}
    for a in record:
        row = row | {a.session.scenario_id} if a.pk in fine else set()
        best = max(best, len(row))
    return best


def _foreseen(assessment: Assessment) -> bool:
    expected = getattr(assessment.session, "self_assessment", None)
    if expected is None:
        return False
    scores = assessment.dimensions
    return all(
        abs(expected.dimensions[n] - score) <= CLOSE for n, score in scores.items() if score is not None
    )
