"""What a learner expected beside what they got."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.models import DIMENSIONS, Assessment, SelfAssessment
from gamification.debriefing.reckoning import title_of
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
    def title(self) -> str:
        """In the middle of a sentence."""
        return title_of(self.name).lower()


@dataclass(frozen=True)
class Expectation:
    """All five, in the order of the score."""

    gaps: list[Gap]

    @property
    def summary(self) -> str:
        """The judgement in one sentence: where it was right, and where it was furthest off."""
        known = [gap for gap in self.gaps if gap.got is not None]
        close = sum(gap.is_close for gap in known)
        said = _("Within %(close)d points in %(hit)d of %(all)d.") % {
            "close": CLOSE,
            "hit": close,
            "all": len(known),
        }
        worst = max(known, key=lambda gap: gap.points_off, default=None)
        if worst is None or worst.is_close:
            return said
        words = {"what": title_of(worst.name), "points": worst.points_off}
        if worst.points > 0:
            further = _("%(what)s went %(points)g points better than expected.") % words
        else:
            further = _("%(what)s went %(points)g points worse than expected.") % words
        return f"{said} {further}"


def expectation_of(expected: SelfAssessment, assessment: Assessment) -> Expectation:
    scores = assessment.dimensions
    return Expectation([Gap(name, expected.dimensions[name], scores[name]) for name in DIMENSIONS])
