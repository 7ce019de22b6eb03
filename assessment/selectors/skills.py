"""What a learner can do, skill by skill, and what is due to be practised."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessment.models import Assessment, AssessmentQuerySet, LearnerSkill, SkillOutcome
from assessment.skills.choosing import DOUBTFUL
from assessment.skills.rating import ENOUGH, PRIORS, expected
from scenarios.models import Scenario

SOON = timedelta(days=7)
# From this expected score upwards; the same bounds as the colours of a score.
WORDS = ((80, _("Strong")), (60, _("Solid")), (40, _("Developing")), (0, _("Beginning")))
NAMES = {"vpn": "VPN"}


@dataclass(frozen=True)
class Skill:
    """`expected`: the score, from 0 to 100, to be expected in an intermediate scenario."""

    name: str
    expected: float
    attempts: int
    due_at: datetime | None
    is_due: bool

    @property
    def label(self) -> str:
        return skill_label(self.name)

    @property
    def is_known(self) -> bool:
        """Enough attempts to say something."""
        return self.attempts >= ENOUGH

    @property
    def words(self) -> str:
        if not self.is_known:
            return gettext("Too few data")
        return next(str(word) for least, word in WORDS if self.expected >= least)


@dataclass(frozen=True)
class Practice:
    """What the schedule asks for: due by now, and due within seven days; soonest first."""

    now: list[Skill]
    soon: list[Skill]


def skill_label(name: str) -> str:
    """`verify_identity` in words."""
    return NAMES.get(name) or name.replace("_", " ").capitalize()


def skills_beforehand(scenario: Scenario) -> list[str]:
    """What a scenario practises, as far as it may be told before it was played."""
    return [skill for skill in scenario.skills if skill not in DOUBTFUL]


def skill_profile(user: User, *, now: datetime) -> list[Skill]:
    """All that were tried: the known ones first, best first. One query."""
    skills = [_skill(row, now) for row in user.skills.all()]
    return sorted(
        skills, key=lambda skill: (not skill.is_known, skill.is_known and -skill.expected, skill.label)
    )


def practice(profile: list[Skill], *, now: datetime) -> Practice:
    planned = sorted((s for s in profile if s.due_at), key=lambda s: (s.due_at, s.label))
    soon = [s for s in planned if not s.is_due and s.due_at and s.due_at <= now + SOON]
    return Practice(now=[s for s in planned if s.is_due], soon=soon)


def unrated() -> AssessmentQuerySet:
    """Counted scores that have not moved their skills as they stand now: owed, oldest first."""
    moved = SkillOutcome.objects.filter(assessment=OuterRef("pk"), version=OuterRef("version"))
    return Assessment.objects.counted().filter(~Exists(moved)).order_by("session__finished_at")


def _skill(row: LearnerSkill, now: datetime) -> Skill:
    return Skill(
        name=row.skill,
        expected=round(100 * expected(row.rating, PRIORS["intermediate"]), 1),
        attempts=row.attempts,
        due_at=row.due_at,
        is_due=row.due_at is not None and row.due_at <= now,
    )
