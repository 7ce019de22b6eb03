"""What was earned: the ledger, rewards, achievements."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.privacy import keeps, rows
from gamification.models import EarnedAchievement, XPEntry


def _export(person: User) -> dict[str, Any]:
    earned = EarnedAchievement.objects.filter(user=person)
    return {
        "xp": rows(XPEntry.objects.of(person), "session_id", "kind", "amount", "why", "created_at"),
        "achievements": rows(earned, "achievement__title", "session_id", "earned_at"),
    }


def _erase(person: User, now: datetime) -> None:
    """The ledger stays, as a ledger does; who it was for is nobody any more."""
    EarnedAchievement.objects.filter(user=person).delete()


keeps(export=_export, erase=_erase)
