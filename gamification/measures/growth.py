"""What became better, and what stayed."""

from collections import defaultdict
from datetime import timedelta
from itertools import combinations
from statistics import fmean
from typing import Any

from assessment.models import DIMENSIONS
from gamification.measures.record import GOOD, Record, measure, passed

BETTER = 10  # points over one's own best
SPAN = 3  # tickets that a beginning and an end are averaged over
LASTING = timedelta(days=3)


@measure
def improvements(record: Record) -> int:
    """Tickets on which one's own best was beaten by ten points or more."""
    best: dict[Any, float] = {}
    better = set()
    for a in record:
        before, now = best.get(a.session.scenario_id), float(a.overall or 0)
        if before is not None and now >= before + BETTER and not a.is_critical_fail:
            better.add(a.session.scenario_id)
        best[a.session.scenario_id] = max(before or 0, now)
    return len(better)


@measure
def weakness_gain(record: Record) -> int:
    """Points by which the weakest dimension of the first three tickets has risen, over the latest three."""
    if len(record) < 2 * SPAN:
        return 0
    first, latest = _means(record[:SPAN]), _means(record[-SPAN:])
    weakest = min(first.keys() & latest.keys(), key=lambda name: first[name], default=None)
    return max(0, int(latest[weakest] - first[weakest])) if weakest else 0


@measure
def spaced_returns(record: Record) -> int:
    """Times that a skill was due and passed."""
    return sum(a.was_due for a in passed(record))


@measure
def mastered_skills(record: Record) -> int:
    """Skills shown twice at 80 or more, on different tickets, three days apart."""
    shown = defaultdict(list)
    for a in passed(record):
        if a.overall >= GOOD:
            for skill in a.session.scenario.skills:
                shown[skill].append(a.session)
    return sum(any(_lasts(one, two) for one, two in combinations(runs, 2)) for runs in shown.values())


def _means(record: Record) -> dict[str, float]:
    """Of the dimensions that applied."""
    found = {name: [float(v) for a in record if (v := getattr(a, name)) is not None] for name in DIMENSIONS}
    return {name: fmean(values) for name, values in found.items() if values}


def _lasts(one: Any, two: Any) -> bool:
    return one.scenario_id != two.scenario_id and abs(two.finished_at - one.finished_at) >= LASTING
