"""How different the tickets were that were worked well."""

from collections import Counter

from assessment.models import Assessment
from assessment.skills.choosing import DOUBTFUL
from gamification.measures.record import GOOD, Record, measure, passed, tickets
from scenarios.models import world_of
from scenarios.world.document import World


def _world(assessment: Assessment) -> World:
    """Of any day: dates are in texts alone, and a world for each day of a year is many."""
    session = assessment.session
    return world_of(session.version_id, session.variant, seed=session.seed)


@measure
def passes(record: Record) -> int:
    """Different tickets passed."""
    return tickets(passed(record))


@measure
def categories(record: Record) -> int:
    """Categories in which a ticket was passed."""
    return len({a.session.scenario.category for a in passed(record)})


@measure
def difficulties(record: Record) -> int:
    """Difficulties of which a ticket was passed."""
    return len({a.session.scenario.difficulty for a in passed(record)})


@measure
def advanced_scores(record: Record) -> int:
    """Different advanced tickets at 80 or more."""
    return tickets(
        a for a in passed(record) if a.session.scenario.difficulty == "advanced" and a.overall >= GOOD
    )


@measure
def variants_passed(record: Record) -> int:
    """Tickets that were passed in two variants or more."""
    seen = {(a.session.scenario_id, a.session.variant) for a in passed(record)}
    return sum(1 for times in Counter(scenario for scenario, _ in seen).values() if times > 1)


@measure
def refused_impostors(record: Record) -> int:
    """Different impostors declined and reported."""
    return tickets(a for a in passed(record) if _world(a).customer.impostor)


@measure
def served_suspects(record: Record) -> int:
    """Different honest callers helped who looked like an impostor."""
    return tickets(
        a
        for a in passed(record)
        if a.caller == Assessment.Caller.HONEST_SERVED and DOUBTFUL.intersection(a.session.scenario.skills)
    )


@measure
def right_escalations(record: Record) -> int:
    """Different tickets handed over where handing over was right."""
    return tickets(a for a in passed(record) if "escalated" in _world(a).goals[a.session.outcome].all)
