"""Where one person goes next, with the reason in a sentence. It never tells who will be on the line."""

from collections import Counter, defaultdict
from datetime import datetime
from statistics import fmean
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.templatetags.ui import score
from assessment.models import Assessment, LearnerSkill, ScenarioSkill
from assessment.selectors.catalogue import catalogue
from assessment.selectors.skills import skill_label
from assessment.skills.choosing import DOUBTFUL, Candidate, choose, is_turn_for_doubt
from assessment.skills.rating import PRIORS, expected
from chat.models import Session
from scenarios.models import Difficulty

CAUSE = "current_version__document__root_cause__id"
NEXT = {
    Difficulty.STARTER: gettext_lazy("It is the next starter scenario that you have not completed."),
    Difficulty.INTERMEDIATE: gettext_lazy(
        "It is the next intermediate scenario that you have not completed."
    ),
    Difficulty.ADVANCED: gettext_lazy("It is the next advanced scenario that you have not completed."),
}


class Recommendation(NamedTuple):
    scenario: Any
    reason: str


def recommended(user: User, *, now: datetime | None = None) -> Recommendation | None:
    """The running one; for a beginner the first open one in learning order; then what the skills ask for.

    Seven queries for any number of scenarios.
    """
    open_ones = list(catalogue(user).annotate(cause=F(CAUSE)).filter(is_unlocked=True))
    if not open_ones:
        return None
    if running := next((s for s in open_ones if s.running), None):
        return Recommendation(running, _("You have begun it: its customer is waiting for you."))
    exams = Assessment.objects.counted().of(user).count()
    if not exams:
        return _first(open_ones)
    candidates = _candidates(user, open_ones, now or timezone.now())
    cause, category = _last(user)
    turn = is_turn_for_doubt(str(user.pk), exams)
    chosen = choose(candidates, last_cause=cause, last_category=category, doubt=turn)
    scenario = open_ones[candidates.index(chosen)]
    return Recommendation(scenario, _why(scenario, chosen))


def _first(open_ones: list[Any]) -> Recommendation:
    new = next((s for s in open_ones if not s.is_completed), None)
    if new is None:
        return Recommendation(open_ones[0], _("So far you only practised it: take it as an exam."))
    return Recommendation(new, str(NEXT[new.difficulty]))


def _candidates(user: User, open_ones: list[Any], now: datetime) -> list[Candidate]:
    own = {row.skill: row for row in user.skills.all()}
    learned: dict[UUID, dict[str, float]] = defaultdict(dict)
    for row in ScenarioSkill.objects.filter(scenario__in=[s.pk for s in open_ones]):
        learned[row.scenario_id][row.skill] = row.difficulty
    spread = Counter(skill for s in open_ones for skill in s.skills)
    return [
        Candidate(
            slug=s.slug,
            cause=s.cause or "",
            category=s.category,
            skills=frozenset(s.skills),
            expected=_expected(s, own, learned[s.pk]),
            due=tuple(
                sorted((name for name in s.skills if _is_due(own.get(name), now)), key=spread.__getitem__)
            ),
            is_completed=s.is_completed,
        )
        for s in open_ones
    ]


def _expected(scenario: Any, own: dict[str, LearnerSkill], learned: dict[str, float]) -> float:
    """Over its skills; what is not known yet is as the author said, and as a newcomer can."""
    prior = PRIORS[scenario.difficulty]
    return fmean(
        expected(own[skill].rating if skill in own else 0.0, learned.get(skill, prior))
        for skill in scenario.skills
    )


def _is_due(row: LearnerSkill | None, now: datetime) -> bool:
    return row is not None and row.due_at is not None and row.due_at <= now


def _last(user: User) -> tuple[str, str]:
    """Root cause and category of the latest run; nothing without one."""
    runs = Session.objects.finished().of(user).annotate(cause=F(f"scenario__{CAUSE}"))
    cause, category = runs.order_by("-started_at").values_list("cause", "scenario__category").first() or (
        "",
        "",
    )
    return cause or "", category


def _why(scenario: Any, chosen: Candidate) -> str:
    """The rarest skill that is due says most."""
    due = next((skill for skill in chosen.due if skill not in DOUBTFUL), None)
    if due and not chosen.misfit:
        return _(
            "“%(skill)s” is due for practice, and this one is neither too easy nor too hard for you."
        ) % {"skill": skill_label(due)}
    if due:
        return _("“%(skill)s” is due for practice.") % {"skill": skill_label(due)}
    if not chosen.misfit:
        return _(
            "It is neither too easy nor too hard for you: about %(points)s of 100 are to be expected."
        ) % {"points": f"{100 * chosen.expected:.0f}"}
    if scenario.best_score is None:
        if scenario.needs:
            needed = scenario.needs[-1].title
            return _("You have completed “%(needed)s”, which opened it.") % {"needed": needed}
        return _("You have not taken it as an exam yet.")
    if not scenario.is_completed:
        return _("You reached %(score)s, but not a right end yet.") % {"score": score(scenario.best_score)}
    return _("Your best here is %(score)s: there is more in it.") % {"score": score(scenario.best_score)}
