"""Letting scores move skills, once each."""

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.services.owed import work_off
from assessment.models import Assessment, LearnerSkill, OwedRating, ScenarioSkill, SkillOutcome
from assessment.selectors.skills import unrated
from assessment.skills.practice import Review, schedule
from assessment.skills.rating import PRIORS, expected, outcome, step
from chat.models import Session

log = logging.getLogger(__name__)


@transaction.atomic
def rate(*, assessment_id: UUID) -> None:
    """Lets a counted score move its skills. Again: nothing, or the difference where it was revised since.

    The person's row is locked before the score is read, so that the last word of two at once is the newer one.
    """
    people = User.objects.select_for_update(of=("self",)).filter(sessions__assessment=assessment_id)
    learner = people.first()
    assessment = Assessment.objects.counted().select_related("session").filter(pk=assessment_id).first()
    if learner is None or assessment is None:
        return
    session = assessment.session
    skills = sorted(set(session.document.skills))
    own = _skills_of(learner, skills)
    difficulties = _difficulties_of(session, skills)
    known = list(assessment.skill_outcomes.all())
    rows = known or _begin(assessment, own, difficulties)
    for row in rows:
        reached = outcome(row.skill, float(assessment.overall or 0), critical=assessment.is_critical_fail)
        change = reached - row.outcome
        own[row.skill].rating += row.step * change
        difficulties[row.skill].difficulty -= row.difficulty_step * change
        row.outcome, row.version = reached, assessment.version
    if known:
        SkillOutcome.objects.bulk_update(rows, ["outcome", "version"])
    else:
        SkillOutcome.objects.bulk_create(rows)
    ScenarioSkill.objects.bulk_update(difficulties.values(), ["difficulty", "attempts"])
    _schedule(learner, own)
    LearnerSkill.objects.bulk_update(own.values(), ["rating", "attempts", "card", "due_at"])
    OwedRating.objects.filter(pk=assessment_id).delete()


def rate_owed(*, now: datetime, only: UUID | None = None) -> int:
    """Rates what is due, oldest first, or one score; how many. Several may run at the same time."""
    scores = unrated().filter(pk=only) if only else unrated()
    OwedRating.objects.open_rows(scores)
    rows = OwedRating.objects.filter(assessment__in=scores).oldest_first()
    return work_off(rows=rows, work=lambda row: rate(assessment_id=row.pk), now=now)


def was_due(assessment: Assessment) -> bool:
    """Whether this exam run practised a skill that was due when it began. What is owed up to it is rated first."""
    session = assessment.session
    owed = unrated().filter(session__learner=session.learner_id, session__started_at__lte=session.started_at)
    for assessment_id in owed.values_list("pk", flat=True):
        try:
            rate(assessment_id=assessment_id)
        except Exception:  # it stays owed, and holds up nothing else
            log.exception("Assessment %s moved no skill", assessment_id)
    return assessment.skill_outcomes.filter(was_due=True).exists()


def _skills_of(learner: User, skills: Collection[str]) -> dict[str, LearnerSkill]:
    LearnerSkill.objects.bulk_create(
        [LearnerSkill(user=learner, skill=skill) for skill in skills], ignore_conflicts=True
    )
    return {row.skill: row for row in learner.skills.filter(skill__in=skills)}


def _difficulties_of(session: Session, skills: Collection[str]) -> dict[str, ScenarioSkill]:
    """Locked in the order of their names: others may be rating the same scenario."""
    scenario, prior = session.scenario_id, PRIORS[session.document.difficulty]
    ScenarioSkill.objects.bulk_create(
        [ScenarioSkill(scenario_id=scenario, skill=skill, difficulty=prior) for skill in skills],
        ignore_conflicts=True,
    )
    rows = ScenarioSkill.objects.select_for_update().filter(scenario=scenario, skill__in=skills)
    return {row.skill: row for row in rows.order_by("skill")}


def _begin(
    assessment: Assessment, own: dict[str, LearnerSkill], difficulties: dict[str, ScenarioSkill]
) -> list[SkillOutcome]:
    """One more attempt at each skill, so far with the outcome that was expected: nothing has moved yet.

    Only who never opened the scenario before says how hard it is.
    """
    session = assessment.session
    earlier = Session.objects.filter(learner=session.learner_id, scenario=session.scenario_id)
    is_first = not earlier.filter(started_at__lt=session.started_at).exists()
    rows = []
    for skill, mine in own.items():
        theirs = difficulties[skill]
        guess = expected(mine.rating, theirs.difficulty)
        row = SkillOutcome(assessment=assessment, skill=skill, expected=guess, outcome=guess)
        row.step = step(mine.attempts)
        row.was_due = mine.due_at is not None and mine.due_at <= session.started_at
        mine.attempts += 1
        if is_first:
            row.difficulty_step = step(theirs.attempts)
            theirs.attempts += 1
        rows.append(row)
    return rows


def _schedule(learner: User, own: dict[str, LearnerSkill]) -> None:
    """From all outcomes, so that a late or revised score leads to the same dates as one in time."""
    rows = SkillOutcome.objects.filter(assessment__session__learner=learner, skill__in=own)
    reviews = defaultdict(list)
    for skill, at, reached in rows.values_list("skill", "assessment__session__finished_at", "outcome"):
        reviews[skill].append(Review(at, 100 * reached))  # type: ignore[arg-type]  # what is scored is finished
    for skill, row in own.items():
        card = schedule(reviews[skill])
        row.card, row.due_at = card.to_dict(), card.due
