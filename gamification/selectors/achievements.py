"""Achievements, earned or on the way."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from gamification.measures import MEASURES, Record, record_of
from gamification.models import Achievement, EarnedAchievement


@dataclass(frozen=True)
class Badge:
    """An achievement as one person has it: `have` of `need`, over all its criteria."""

    achievement: Achievement
    have: int
    need: int
    earned_at: datetime | None = None

    @property
    def is_earned(self) -> bool:
        return self.earned_at is not None

    @property
    def is_reached(self) -> bool:
        """All is there: the next scored exam brings it. So it is with achievements that are newer than the record."""
        return not self.is_earned and self.have >= self.need

    @property
    def share(self) -> float:
        return self.have / self.need


def badges_of(user: User) -> list[Badge]:
    """Earned ones first, newest first; then the open ones in their own order. A withdrawn one stays with its owner."""
    earned = EarnedAchievement.objects.filter(user=user).select_related("achievement")
    mine = [_earned(row) for row in earned]
    held = {badge.achievement.pk for badge in mine}
    record = record_of(user)
    active = Achievement.objects.filter(is_active=True)
    return [*mine, *(_open(each, record) for each in active if each.pk not in held)]


def next_badges(badges: list[Badge], most: int = 3) -> list[Badge]:
    """The open ones that are nearest, without those that are reached already."""
    waiting = [badge for badge in badges if not (badge.is_earned or badge.is_reached)]
    return sorted(waiting, key=lambda badge: -badge.share)[:most]


def _earned(row: EarnedAchievement) -> Badge:
    need = _need(row.achievement)
    return Badge(row.achievement, need, need, row.earned_at)


def _open(achievement: Achievement, record: Record) -> Badge:
    have = sum(min(MEASURES[c["measure"]](record), c["at_least"]) for c in achievement.criteria)
    return Badge(achievement, have, _need(achievement))


def _need(achievement: Achievement) -> int:
    return sum(int(c["at_least"]) for c in achievement.criteria)
