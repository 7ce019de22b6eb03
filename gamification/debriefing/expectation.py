"""What a learner expected beside what they got."""

from dataclasses import dataclass

from assessment.models import DIMENSIONS, Assessment, SelfAssessment
from gamification.measures.quality import CLOSE


@dataclass(frozen=True)
class Gap:
    """`got` is None where the dimension did not apply."""

    name: str
    expected: int
    got: float | None

    @property
    def points(self) -> float:
        """How much more was got than expected."""
        return round((self.got or 0.0) - self.expected, 2)

    @property
    def is_close(self) -> bool:
        return self.points_off <= CLOSE

    @property
    def points_off(self) -> float:
        return abs(self.points)

    @property
    def in_words(self) -> str:
        """To be said of somebody: "expected 80 for documentation and got 55."."""
        what = self.name.replace("_", " ")
        if self.got is None:
            return f"expected {self.expected} for {what}, which did not apply."
        return f"expected {self.expected} for {what} and got {self.got:g}."


@dataclass(frozen=True)
class Expectation:
    """All five, in the order of the score."""

    gaps: list[Gap]

    @property
    def summary(self) -> str:
        """The judgement in one sentence: where it was right, and where it was furthest off."""
        known = [gap for gap in self.gaps if gap.got is not None]
        close = sum(gap.is_close for gap in known)
        said = f"Within {CLOSE} points in {close} of {len(known)}."
        worst = max(known, key=lambda gap: gap.points_off, default=None)
        if worst is None or worst.is_close:
            return said
        how = "better" if worst.points > 0 else "worse"
        return f"{said} {worst.name.replace('_', ' ').capitalize()} went {worst.points_off:g} points {how} than expected."


def expectation_of(expected: SelfAssessment, assessment: Assessment) -> Expectation:
    scores = assessment.dimensions
    return Expectation([Gap(name, expected.dimensions[name], scores[name]) for name in DIMENSIONS])
