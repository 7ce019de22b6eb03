"""Rewarding scored sessions, once each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.live import publish
from accounts.models import Notice, User
from accounts.services import notify
from assessment.models import Assessment
from chat.farewell import register_farewell
from chat.models import Mode
from gamification.measures import MEASURES, Record, record_of
from gamification.models import Achievement, EarnedAchievement, Reward, XPEntry
from gamification.rules import PASS_MARK, Earned, earn, level_of


@transaction.atomic
def reward(*, assessment_id: UUID, now: datetime) -> Reward | None:
    """Pays a scored session: ledger entry, XP and level, achievements, notices. Again: the first reward.

    The person's row is locked, so that two scores at once cannot lose each other's XP.
    """
    assessment = Assessment.objects.done().select_related("session__version").filter(pk=assessment_id).first()
    if assessment is None:
        return None
    user = User.objects.select_for_update().get(pk=assessment.session.learner_id)
    if paid := Reward.objects.filter(assessment=assessment).first():
        return paid
    earned = _earned(assessment)
    before = user.level
    if earned:
        XPEntry.objects.create(
            user=user,
            session=assessment.session,
            kind=earned.kind,
            amount=earned.amount,
            why=earned.why,
            created_at=now,
        )
        _add_up(user)
    won = _award(user, assessment, now)
    made = Reward.objects.create(
        assessment=assessment,
        xp=earned.amount if earned else 0,
        why=earned.why if earned else "Practice earns no XP.",
        level_before=before,
        level_after=user.level,
        achievements=[achievement.slug for achievement in won],
        created_at=now,
    )
    _tell(user, made, won, now)
    return made


def _earned(assessment: Assessment) -> Earned | None:
    session = assessment.session
    earlier = Assessment.objects.counted().filter(
        session__learner=session.learner_id,
        session__scenario=session.scenario_id,
        reward__isnull=False,
    )
    passes = [
        float(a.overall)
        for a in earlier
        if a.overall is not None and a.overall >= PASS_MARK and not a.is_critical_fail
    ]
    return earn(
        reward=session.document.xp_reward,
        overall=float(assessment.overall or 0),
        critical=assessment.is_critical_fail,
        practice=session.mode == Mode.PRACTICE,
        best=max(passes, default=None),
    )


def _add_up(user: User) -> None:
    """XP is always the ledger's sum."""
    user.xp = XPEntry.objects.of(user).total()
    user.level = level_of(user.xp)
    user.save(update_fields=["xp", "level"])


def _award(user: User, assessment: Assessment, now: datetime) -> list[Achievement]:
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


def _tell(user: User, made: Reward, won: list[Achievement], now: datetime) -> None:
    session = made.assessment.session
    debrief = reverse("debrief", args=[session.pk])
    title = f"Your score is ready: {float(made.assessment.overall or 0):g}"
    notify(
        user=user,
        kind=Notice.Kind.SCORE_READY,
        title=title,
        body=session.document.title,
        url=debrief,
        now=now,
    )
    if made.leveled_up:
        notify(
            user=user,
            kind=Notice.Kind.LEVEL,
            title=f"Level {made.level_after}",
            body="One more level of tickets behind you.",
            url=debrief,
            now=now,
        )
    for achievement in won:
        notify(
            user=user,
            kind=Notice.Kind.ACHIEVEMENT,
            title=achievement.title,
            body=achievement.description,
            url=reverse("achievements"),
            now=now,
        )
    frame = assessed_frame(made)
    transaction.on_commit(lambda: publish(session.group, frame))


def assessed_frame(made: Reward) -> dict[str, Any]:
    """The socket's last frame (wire contract)."""
    won = Achievement.objects.filter(slug__in=made.achievements)
    return {
        "type": "assessed",
        "overall": float(made.assessment.overall or 0),
        "xp": made.xp,
        "level": made.level_after,
        "leveledUp": made.leveled_up,
        "achievements": [{"slug": a.slug, "title": a.title, "tier": a.tier} for a in won],
    }


@register_farewell
def last_words(session_id: UUID) -> dict[str, Any] | None:
    made = Reward.objects.select_related("assessment").filter(assessment__session=session_id).first()
    return assessed_frame(made) if made else None
