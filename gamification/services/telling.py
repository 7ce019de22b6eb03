"""Telling people what a score brought."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.live import publish
from accounts.models import Notice, User
from accounts.services import notify
from chat.farewell import register_farewell
from gamification.models import Achievement, Reward


def tell(user: User, made: Reward, won: list[Achievement], now: datetime) -> None:
    """Notices, and the frame that the open page waits for."""
    session = made.assessment.session
    # Without the number: a learner may say first what they expect.
    notify(
        user=user,
        kind=Notice.Kind.SCORE_READY,
        title=_("Your score is ready"),
        body=session.document.title,
        url=_debrief(made),
        now=now,
    )
    if made.leveled_up:
        tell_of_level(user, made, now)
    tell_of_achievements(user, won, now)
    frame = assessed_frame(made)
    transaction.on_commit(lambda: publish(session.group, frame, last=True))


def tell_of_level(user: User, made: Reward, now: datetime) -> None:
    notify(
        user=user,
        kind=Notice.Kind.LEVEL,
        title=_("Level %(level)s") % {"level": user.level},
        body=_("One more level of tickets behind you."),
        url=_debrief(made),
        now=now,
    )


def tell_of_achievements(user: User, won: list[Achievement], now: datetime) -> None:
    for achievement in won:
        notify(
            user=user,
            kind=Notice.Kind.ACHIEVEMENT,
            title=achievement.title,
            body=achievement.description,
            url=reverse("achievements"),
            now=now,
        )


def _debrief(made: Reward) -> str:
    return reverse("debrief", args=[made.assessment.session_id])


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
