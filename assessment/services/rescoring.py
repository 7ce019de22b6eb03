"""Scoring again what older rules scored, from the log; what people decided keeps counting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Notice, User
from accounts.models.people import ERASED_DOMAIN
from assessment.models import Assessment, Revision
from assessment.scoring import RULES_VERSION, bounds, score
from assessment.services.cards import card_of, put_card
from assessment.services.revising import revise, tell_of_change
from assessment.services.scoring import attempt_of

REASON = f"Scored again by version {RULES_VERSION} of the rules."


@dataclass(frozen=True)
class Change:
    """`rows`: "id 5 → 10" for each criterion whose points differ, "+id" and "-id" for caps that came and went."""

    before: float
    after: float
    rows: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.rows) or self.before != self.after


def outdated(*, scenario: str = "", since: datetime | None = None) -> QuerySet[Assessment]:
    """Scores by older rules, oldest first; of a scenario (its slug), and of sessions finished since then."""
    rows = Assessment.objects.done().exclude(rules_version=RULES_VERSION)
    rows = rows.exclude(session__learner__email__endswith=f"@{ERASED_DOMAIN}")  # nothing is left to score
    if scenario:
        rows = rows.filter(session__scenario__slug=scenario)
    if since:
        rows = rows.filter(session__finished_at__gte=since)
    return rows.order_by("scored_at", "pk")


def foreseen(assessment: Assessment) -> Change:
    """What the present rules would change; nothing is written."""
    return _difference(card_of(assessment), _scored_again(assessment))


@transaction.atomic
def rescore(*, assessment_id: UUID, now: datetime, by: User | None = None) -> Revision | None:
    """One score by the present rules. None where they change nothing, or have scored it already."""
    rows = Assessment.objects.done().select_for_update(of=("self",)).select_related("session__learner")
    assessment = rows.filter(pk=assessment_id).first()
    if assessment is None or assessment.rules_version == RULES_VERSION:
        return None
    before, card = card_of(assessment), _scored_again(assessment)
    if not _difference(before, card):
        put_card(assessment, card)
        assessment.save()
        return None
    made = revise(assessment, card, cause=Revision.Cause.RESCORE, reason=REASON, by=by, now=now)
    if made.overall_before != made.overall_after:
        tell_of_change(
            made,
            kind=Notice.Kind.SCORE_READY,
            title=_("Your score was revised: %(change)s") % {"change": made.change},
            now=now,
        )
    return made


def _scored_again(assessment: Assessment) -> dict[str, Any]:
    return score(attempt_of(assessment.session), dict(_kept(assessment))).as_json()


def _kept(assessment: Assessment) -> Iterator[tuple[str, float]]:
    """What people decided, within what the rules give now; what the rules no longer know cannot count."""
    for name, points in assessment.overrides.values_list("criterion_id", "points"):
        try:
            low, high = bounds(name)
        except ValueError:
            continue
        yield name, min(max(float(points), low), high)


def _difference(before: dict[str, Any], after: dict[str, Any]) -> Change:
    old = {row["id"]: row["earned"] for row in before["criteria"]}
    new = {row["id"]: row["earned"] for row in after["criteria"]}
    rows = [
        f"{name} {old.get(name, 0):g} → {new.get(name, 0):g}"
        for name in (new | old)
        if old.get(name, 0) != new.get(name, 0)
    ]
    fell, came = ({cap["id"] for cap in card["caps"]} for card in (before, after))
    rows += [f"+{name}" for name in sorted(came - fell)] + [f"-{name}" for name in sorted(fell - came)]
    return Change(before["overall"], after["overall"], tuple(rows))
