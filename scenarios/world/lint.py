"""Checks of a scenario document that need nothing but the document.

A sound document has no problems; each problem says where it is, in words that the author can act on.
"""

from collections.abc import Callable

from scenarios.world.checks import contradictions, fallbacks, leaks, possible, references
from scenarios.world.checks.problem import Problem, Problems
from scenarios.world.document import World

__all__ = ["Problem", "lint"]

CHECKS: tuple[Callable[[World], Problems], ...] = (
    references.facts_can_be_earned,
    references.actions_can_be_done,
    references.own_acts_are_learnable,
    references.own_acts_can_be_asked_back,
    references.beliefs_can_be_heard,
    references.blanks_are_filled,
    references.values_are_parallel,
    references.policy_names_known_factors,
    references.notes_mention_known_facts,
    possible.conditions_can_come_true,
    possible.effects_change_known_state,
    possible.the_end_is_not_the_beginning,
    possible.goals_can_be_judged,
    possible.beats_do_something,
    fallbacks.actions_have_words_for_failure,
    fallbacks.withheld_facts_have_other_words,
    fallbacks.retry_shows_whether_it_works,
    leaks.facts_stay_hidden,
    leaks.cause_stays_hidden,
    leaks.identity_stays_hidden,
    contradictions.caller_agrees_with_the_record,
    contradictions.the_customer_is_who_the_record_says,
    contradictions.the_device_is_the_one_on_record,
    contradictions.facts_agree_with_each_other,
)


def lint(world: World) -> list[Problem]:
    """All problems of a document, in the order of the checks."""
    return [problem for check in CHECKS for problem in check(world)]
