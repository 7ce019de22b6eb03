"""One score replaces another: both numbers stay, and the learner is told."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Notice, User
from accounts.services import notify, record_audit
from assessment.models import Assessment, Contest, Revision
from assessment.services.cards import card_of, put_card
from assessment.signals import session_rescored


def revise(
    assessment: Assessment,
    card: dict[str, Any],
    *,
    cause: str,
    reason: str,
    by: User | None,
    now: datetime,
) -> Revision:
    """Puts the new scorecard in the place of the old one, which is kept. The caller holds the row's lock."""
    before = card_of(assessment)
    made = Revision.objects.create(
        assessment=assessment,
        version=assessment.version,
        cause=cause,
        reason=reason,
        overall_before=before["overall"],
        overall_after=card["overall"],
        before=before,
        revised_by=by,
        revised_at=now,
    )
    put_card(assessment, card)
    assessment.version += 1
    assessment.save()
    data = {"cause": cause, "version": assessment.version, "change": made.change}
    record_audit(actor=by, action="score.revised", about=assessment, data=data, now=now)
    transaction.on_commit(lambda: session_rescored.send(sender=Assessment, assessment_id=assessment.pk))
    return made


def tell_of_decision(assessment: Assessment, made: Contest, *, before: Decimal | None, now: datetime) -> None:
    was, overall = float(before or 0), float(assessment.overall or 0)
    if made.outcome != Contest.Outcome.UPHELD:
        title = _("Your contest was turned down: the score stays %(overall)s")
    elif was == overall:
        title = _("Your contest was upheld: the score stays %(overall)s")
    else:
        title = _("Your contest was upheld: %(was)s → %(overall)s")
    title %= {"was": f"{was:g}", "overall": f"{overall:g}"}
    _tell(assessment, Notice.Kind.CONTEST_DECIDED, title, f"{made.title}. {made.decision}", now)


def tell_of_change(revision: Revision, *, kind: str, title: str, now: datetime) -> None:
    _tell(revision.assessment, kind, title, revision.reason, now)


def _tell(assessment: Assessment, kind: str, title: str, body: str, now: datetime) -> None:
    session = assessment.session
    debrief = reverse("debrief", args=[session.pk])
    notify(user=session.learner, kind=kind, title=title, body=body, url=debrief, now=now)
