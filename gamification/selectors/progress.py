"""Where a person stands: level, streak, scenarios done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from assessment.models import Assessment
from assessment.selectors import zone_of
from chat.selectors import completed_scenarios
from gamification.rules import XP_PER_LEVEL, Streak, streak, to_next_level
from scenarios.models import Scenario


@dataclass(frozen=True)
class LevelRing:
    """`into` of `size` XP of this level are earned, `to_next` are missing."""

    level: int
    xp: int
    into: int
    to_next: int
    size: int = XP_PER_LEVEL

    @property
    def next_level(self) -> int:
        return self.level + 1

    @property
    def words(self) -> str:
        values = {"level": self.level, "into": self.into, "size": self.size}
        return _("Level %(level)s, %(into)s of %(size)s XP") % values


def level_ring(user: User) -> LevelRing:
    return LevelRing(user.level, user.xp, into=user.xp % XP_PER_LEVEL, to_next=to_next_level(user.xp))


def streak_of(user: User, now: datetime) -> Streak:
    """A week is kept by one counted session finished in it, as the person's own calendar has it."""
    zone = zone_of(user)
    ends = Assessment.objects.counted().of(user).values_list("session__finished_at", flat=True)
    days = (end.astimezone(zone).date() for end in ends if end)
    return streak(days, now.astimezone(zone).date())


def completed_count(user: User) -> tuple[int, int]:
    """(published scenarios settled as they should be, published scenarios)."""
    published = Scenario.objects.published()
    done = published.filter(pk__in=completed_scenarios(user).values("pk"))
    return done.count(), published.count()
