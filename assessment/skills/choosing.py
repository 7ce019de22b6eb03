"""Which scenario is the best next one: due, neither too easy nor too hard, and not the same again. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

# Skills that give away beforehand that the caller may not be who they say; never named before a run.
DOUBTFUL = frozenset({"refuse_politely", "social_engineering"})
ONE_IN = 6
EASIEST, HARDEST = 0.80, 0.65  # share of the points to be expected; between the two one learns most


@dataclass(frozen=True)
class Candidate:
    """A scenario that is open. `expected` from 0 to 1; `due`: those of its skills that are."""

    slug: str
    cause: str
    category: str
    skills: frozenset[str]
    expected: float
    due: tuple[str, ...] = ()
    is_completed: bool = False

    @property
    def is_doubtful(self) -> bool:
        """The caller is an impostor, or an honest person who looks like one."""
        return bool(self.skills & DOUBTFUL)

    @property
    def misfit(self) -> float:
        """How far outside of what one learns most from; 0 is right."""
        return round(max(HARDEST - self.expected, self.expected - EASIEST, 0), 2)


def choose(
    candidates: Sequence[Candidate], *, last_cause: str = "", last_category: str = "", doubt: bool = False
) -> Candidate:
    """The best of at least one, given in learning order; a root cause comes back only where nothing else is open."""
    fresh = [each for each in candidates if each.cause != last_cause] or candidates
    return min(
        fresh,
        key=lambda each: (
            each.is_doubtful != doubt,
            not each.due,
            each.misfit,
            each.category == last_category,
            -len(each.due),
            each.is_completed,
        ),
    )


def is_turn_for_doubt(person: str, exams: int) -> bool:
    """One in six, at a place that differs from person to person and from six to six, so that nobody can tell."""
    block, place = divmod(exams, ONE_IN)
    return sha256(f"{person}:{block}".encode()).digest()[0] % ONE_IN == place
