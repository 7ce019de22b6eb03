"""What is owed, and whether the ledger agrees with what people see."""

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from assessment.models import Assessment, AssessmentQuerySet
from gamification.rules import level_of


def unrewarded() -> AssessmentQuerySet:
    """Scored, and its present version not paid yet: owed, oldest first."""
    owed = Q(reward__isnull=True) | Q(reward__version__lt=F("version"))
    return Assessment.objects.done().filter(owed).order_by("scored_at")


def ledger_faults() -> list[str]:
    """One sentence for each person whose XP or level is not what the ledger adds up to."""
    people = User.objects.annotate(owned=Coalesce(Sum("xp_entries__amount"), 0)).order_by("email")
    rows = people.values_list("email", "xp", "level", "owned")
    return [
        f"{email}: the ledger holds {owned} XP (level {level_of(owned)}), the person {xp} XP (level {level})."
        for email, xp, level, owned in rows.iterator()
        if (xp, level) != (owned, level_of(owned))
    ]
