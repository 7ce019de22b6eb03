"""Two rates over many callers: impostors who were let in, honest people who were turned away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessment.models import Assessment

ENOUGH = 5  # callers; a rate of fewer says too little
Caller = Assessment.Caller


@dataclass(frozen=True)
class Rate:
    count: int
    total: int

    def __str__(self) -> str:
        return _("%(count)s of %(total)s") % {"count": self.count, "total": self.total} if self.total else "–"

    @property
    def percent(self) -> float | None:
        """None where there are too few callers to tell."""
        return round(100 * self.count / self.total, 1) if self.total >= ENOUGH else None


class Callers(NamedTuple):
    impostors_let_in: Rate
    honest_turned_away: Rate


def callers(verdicts: Iterable[str]) -> Callers:
    """From `Assessment.caller` of any runs; those without a verdict do not count."""
    seen = Counter(verdicts)
    let_in, turned_away = seen[Caller.IMPOSTOR_LET_IN], seen[Caller.HONEST_TURNED_AWAY]
    return Callers(
        impostors_let_in=Rate(let_in, let_in + seen[Caller.IMPOSTOR_REFUSED]),
        honest_turned_away=Rate(turned_away, turned_away + seen[Caller.HONEST_SERVED]),
    )
