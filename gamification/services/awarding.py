"""Giving achievements."""

from datetime import datetime

from accounts.models import User
from assessment.models import Assessment
from chat.models import Mode
from gamification.measures import MEASURES, Record, record_of
from gamification.models import Achievement, EarnedAchievement


def award(user: User, assessment: Assessment, now: datetime) -> list[Achievement]:
    """Gives the achievements that this score completed."""
    if assessment.session.mode == Mode.PRACTICE:
        return []
    open_ones = Achievement.objects.filter(is_active=True).exclude(earned__user=user)
    record = record_of(user)
    won = [achievement for achievement in open_ones if is_complete(achievement, record)]
    EarnedAchievement.objects.bulk_create(
        EarnedAchievement(user=user, achievement=achievement, session=assessment.session, earned_at=now)
        for achievement in won
    )
    return won


def is_complete(achievement: Achievement, record: Record) -> bool:
    return all(MEASURES[c["measure"]](record) >= c["at_least"] for c in achievement.criteria)
