"""A second look at a score: a learner contests a criterion, a person decides, the score follows."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Forbidden, Missing, Unprocessable
from accounts.models import Notice, User
from accounts.services import record_audit
from assessment.models import Assessment, Contest, Override, Review, Revision
from assessment.scoring.overrides import LIFTED
from assessment.scoring.revising import revised
from assessment.services.cards import card_of
from assessment.services.revising import revise, tell_of_change, tell_of_decision
from chat.models import Session

REASON_LEAST, REASON_MOST = 10, 1000


@transaction.atomic
def contest(*, session_id: UUID, learner: User, criterion_id: str, reason: str, now: datetime) -> Contest:
    """A learner objects to a criterion, or to a cap, of their own score; to each once."""
    assessment = _own_score(session_id, learner)
    reason = _checked(reason)
    if assessment.contests.filter(criterion_id=criterion_id).exists():
        raise Conflict(_("You have contested this already."))
    point = assessment.point(criterion_id)
    if point is None:
        raise _wrong("criterion_id", _("There is no such criterion in this score."))
    if point.get("status") == "met":
        raise _wrong("criterion_id", _("Nothing was taken off here, so there is nothing to contest."))
    made = Contest.objects.create(
        assessment=assessment, criterion_id=criterion_id, point=point, reason=reason, created_at=now
    )
    record_audit(actor=learner, action="contest.made", about=made, now=now)
    return made


@transaction.atomic
def decide(
    *,
    contest_id: UUID,
    reviewer: User,
    outcome: str,
    points: float | None = None,
    lifts_cap: bool = False,
    reason: str,
    now: datetime,
) -> Contest:
    """Upholds a contest, with the points that count from now on, or rejects it. The first decision stands.

    `lifts_cap`: the cap that rests on the criterion falls too. Upholding a contested cap lifts it; `points` say
    nothing then.
    """
    made = Contest.objects.visible_to(reviewer).filter(pk=contest_id).first()
    if made is None:
        raise Missing(_("There is no such contest."))
    assessment = _locked(made.assessment_id)
    _must_be_anothers(assessment, reviewer)
    made.refresh_from_db()
    if not made.is_open:
        raise Conflict(_("This contest has been decided already."))
    reason, before = _checked(reason), assessment.overall
    if outcome == Contest.Outcome.UPHELD:
        changes = _changes(assessment, made.criterion_id, points, lifts_cap)
        _must_gain(assessment, changes)
        _override(assessment, changes, reason, reviewer, now)
    elif outcome != Contest.Outcome.REJECTED:
        raise _wrong("outcome", _("upheld or rejected."))
    made.outcome, made.decision = outcome, reason
    made.decided_by, made.decided_at = reviewer, now
    made.save()
    record_audit(
        actor=reviewer,
        action="contest.decided",
        about=made,
        data={"criterion": made.criterion_id, "outcome": outcome},
        now=now,
    )
    tell_of_decision(assessment, made, before=before, now=now)
    return made


@transaction.atomic
def override(
    *,
    assessment_id: UUID,
    reviewer: User,
    criterion_id: str,
    points: float | None,
    lifts_cap: bool = False,
    reason: str,
    now: datetime,
) -> Revision:
    """A coach gives other points than the rule did, without having been asked."""
    assessment = _reviewed(assessment_id, reviewer)
    reason = _checked(reason)
    changes = _changes(assessment, criterion_id, points, lifts_cap)
    revision = _override(assessment, changes, reason, reviewer, now)
    _look(assessment, reviewer, now)
    title = _("A person changed your score: %(change)s") % {"change": revision.change}
    tell_of_change(revision, kind=Notice.Kind.CONTEST_DECIDED, title=title, now=now)
    return revision


@transaction.atomic
def let_stand(*, assessment_id: UUID, reviewer: User, now: datetime) -> Review:
    """Somebody looked, and it looks right. Again: the first look stays."""
    assessment = _reviewed(assessment_id, reviewer)
    record_audit(actor=reviewer, action="score.looked_at", about=assessment, now=now)
    return _look(assessment, reviewer, now)


def _own_score(session_id: UUID, learner: User) -> Assessment:
    if not Session.objects.of(learner).filter(pk=session_id).exists():
        raise Missing(_("There is no such session."))
    scored = Assessment.objects.done().filter(session=session_id).values_list("pk", flat=True).first()
    if scored is None:
        raise Conflict(_("This session has no score yet."))
    return _locked(scored)


def _reviewed(assessment_id: UUID, reviewer: User) -> Assessment:
    assessment = _locked(assessment_id)
    _must_be_anothers(assessment, reviewer)
    if not Assessment.objects.reviewable_by(reviewer).filter(pk=assessment.pk).exists():
        raise Missing(_("There is no such score."))
    return assessment


def _locked(assessment_id: UUID) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("session__learner")
    assessment = rows.filter(pk=assessment_id).first()
    if assessment is None:
        raise Missing(_("There is no such score."))
    return assessment


def _must_be_anothers(assessment: Assessment, reviewer: User) -> None:
    if assessment.session.belongs_to(reviewer):
        raise Forbidden(_("This is your own score; somebody else decides on it."))


def _changes(
    assessment: Assessment, criterion_id: str, points: float | None, lifts_cap: bool
) -> dict[str, float]:
    """Points by criterion, and 0 by the cap that is lifted, as `revised` takes them."""
    point = assessment.point(criterion_id)
    if point is None:
        raise _wrong("criterion_id", _("There is no such criterion in this score."))
    if "limit" in point:
        return {criterion_id: LIFTED}
    if points is None:
        raise _wrong("points", _("Say how many points it is worth."))
    cap = assessment.cap_tied_to(criterion_id)
    if lifts_cap and cap is None:
        raise _wrong("lifts_cap", _("No cap of this score rests on this criterion."))
    points = round(float(points), 2)
    if points == point["earned"] and point["status"] != "na" and not lifts_cap:
        raise _wrong("points", _("It has %(points)s points already.") % {"points": f"{points:g}"})
    return {criterion_id: points} | ({cap["id"]: LIFTED} if cap and lifts_cap else {})


def _must_gain(assessment: Assessment, changes: Mapping[str, float]) -> None:
    """What is upheld does not cost."""
    for name, points in changes.items():
        earned = (assessment.point(name) or {}).get("earned", LIFTED)
        if points < earned:
            raise _wrong(
                "points",
                _("Upheld, it is worth more than the %(points)s points it has.") % {"points": f"{earned:g}"},
            )


def _override(
    assessment: Assessment, changes: Mapping[str, float], reason: str, by: User, now: datetime
) -> Revision:
    try:
        card = revised(card_of(assessment), changes)
    except ValueError as error:
        raise _wrong("points", str(error)) from error
    for name, points in changes.items():
        said = {"points": points, "reason": reason, "decided_by": by, "decided_at": now}
        Override.objects.update_or_create(assessment=assessment, criterion_id=name, defaults=said)
    return revise(assessment, card, cause=Revision.Cause.OVERRIDE, reason=reason, by=by, now=now)


def _look(assessment: Assessment, reviewer: User, now: datetime) -> Review:
    looked = {"reviewed_by": reviewer, "reviewed_at": now}
    return Review.objects.get_or_create(assessment=assessment, defaults=looked)[0]


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not REASON_LEAST <= len(reason) <= REASON_MOST:
        raise _wrong(
            "reason",
            _("Give a reason of %(least)s to %(most)s characters.")
            % {"least": REASON_LEAST, "most": REASON_MOST},
        )
    return reason


def _wrong(field: str, problem: str) -> Unprocessable:
    return Unprocessable(problem, details={field: [problem]})
