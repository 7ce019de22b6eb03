"""Rewarding scored sessions, once for each version of their score."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.services.owed import work_off
from assessment.models import Assessment
from chat.models import Mode
from gamification.models import OwedReward, Reward, XPEntry
from gamification.rules import Earned, level_of
from gamification.selectors import unrewarded
from gamification.services.awarding import award
from gamification.services.earning import earned_by, rewarded_runs, still_owed
from gamification.services.telling import tell, tell_of_achievements, tell_of_level

CORRECTION = XPEntry.Kind.CORRECTION.value


def pay_owed(*, now: datetime, only: UUID | None = None) -> int:
    """Pays what is due, oldest first, or one score; how many. Several may run at the same time."""
    scores = unrewarded().filter(pk=only) if only else unrewarded()
    OwedReward.objects.open_rows(scores)
    rows = OwedReward.objects.filter(assessment__in=scores).oldest_first()
    return work_off(rows=rows, work=lambda row: reward(assessment_id=row.pk, now=now), now=now)


@transaction.atomic
def reward(*, assessment_id: UUID, now: datetime) -> Reward | None:
    """Pays a scored session: ledger entries, XP and level, achievements, notices. Again: the first reward.

    A score that was revised since is paid its difference, once for its version. The person's row is locked before
    anything is read, so that two scores at once cannot lose each other's XP.
    """
    user = User.objects.select_for_update(of=("self",)).filter(sessions__assessment=assessment_id).first()
    assessment = Assessment.objects.done().select_related("session__version").filter(pk=assessment_id).first()
    if user is None or assessment is None:
        return None
    made = Reward.objects.filter(assessment=assessment).first()
    if made is None:
        made = _pay(user, assessment, now)
    elif made.version < assessment.version:
        _correct(user, made, assessment, now)
    OwedReward.objects.filter(pk=assessment.pk).delete()
    return made


def _pay(user: User, assessment: Assessment, now: datetime) -> Reward:
    before = user.level
    earned = earned_by(assessment, rewarded_runs(assessment.session))
    for each in earned:
        _enter(user, assessment, each, now)
    won = award(user, assessment, now)
    made = Reward.objects.create(
        assessment=assessment,
        version=assessment.version,
        xp=sum(each.amount for each in earned),
        why=" ".join(each.why for each in earned) or "Practice earns no XP.",
        level_before=before,
        level_after=user.level,
        achievements=[achievement.slug for achievement in won],
        created_at=now,
    )
    tell(user, made, won, now)
    return made


def _correct(user: User, made: Reward, assessment: Assessment, now: datetime) -> None:
    """A level may fall by it; nobody is told of that."""
    level, amount = user.level, 0
    if assessment.session.mode == Mode.EXAM and (amount := still_owed(assessment)):
        was = assessment.revisions.get(version=made.version).overall_before
        why = f"Corrected: {float(was):g} % became {float(assessment.overall or 0):g} %."
        _enter(user, assessment, Earned(CORRECTION, amount, why), now)
        made.xp, made.why = made.xp + amount, why
    won = award(user, assessment, now)
    made.achievements += [achievement.slug for achievement in won]
    made.version = assessment.version
    made.save(update_fields=["xp", "why", "version", "achievements"])
    if user.level > level:
        tell_of_level(user, made, now)
    tell_of_achievements(user, won, now)


def _enter(user: User, assessment: Assessment, earned: Earned, now: datetime) -> None:
    """Writes a line; XP is always the ledger's sum."""
    XPEntry.objects.create(
        user=user,
        session=assessment.session,
        kind=earned.kind,
        version=assessment.version,
        amount=earned.amount,
        why=earned.why,
        created_at=now,
    )
    user.xp = XPEntry.objects.of(user).total()
    user.level = level_of(user.xp)
    user.save(update_fields=["xp", "level"])
