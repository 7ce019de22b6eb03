"""Coming back when a skill is due pays a fifth more, once for each time it falls due."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.models import LearnerSkill
from gamification.models import XPEntry
from gamification.selectors import ledger_faults
from gamification.services import reward
from tests.conftest import NOW
from tests.gamification.test_corrections import revise
from tests.gamification.test_reward import ledger

DAY, MONTH = timedelta(days=1), timedelta(days=30)


def test_a_return_when_it_is_due_pays_a_fifth_more(learner, earn):
    earn(learner, 80)
    made = earn(learner, 80, at=NOW + MONTH)

    assert sorted(ledger(learner)) == [("return", 16), ("score", 0), ("score", 80)]
    assert made.xp == 16
    assert made.why == "Your best stays 80 %. 20 % more: you came back when it was due."


def test_before_it_is_due_it_pays_nothing(learner, earn):
    earn(learner, 95)
    due = min(LearnerSkill.objects.filter(user=learner).values_list("due_at", flat=True))
    assert earn(learner, 95, at=due - DAY).xp == 0


def test_the_next_run_is_no_return_again(learner, earn):
    earn(learner, 80)
    assert earn(learner, 80, at=NOW + MONTH).xp == 16
    for minutes in (10, 60, 600):
        assert earn(learner, 80, at=NOW + MONTH + timedelta(minutes=minutes)).xp == 0


def test_what_was_forgotten_pays_no_bonus_however_often_it_falls_due(learner, earn):
    earn(learner, 50)
    assert sum(earn(learner, 50, at=NOW + n * 2 * DAY).xp for n in range(1, 6)) == 0


def test_a_first_pass_is_no_return_though_it_needs_a_skill_that_is_due(learner, earn, scenarios):
    earn(learner, 80)
    made = earn(learner, 80, at=NOW + MONTH, scenario=scenarios["prints-vanish"])
    assert made.xp == 48


def test_runs_that_are_paid_in_another_order_share_one_return(learner, earn, score):
    earn(learner, 80)
    early = score(learner, 80, at=NOW + MONTH)
    late = score(learner, 80, at=NOW + MONTH + timedelta(hours=1))
    for each in (late, early):
        reward(assessment_id=each.pk, now=NOW + MONTH + DAY)
    assert XPEntry.objects.get(kind="return").session == early.session


RUNS = st.lists(st.tuples(st.integers(0, 100), st.sampled_from([1, 8, 20, 30, 200, 1000])), max_size=6)


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(RUNS)
def test_nothing_can_be_farmed(learner, earn, runs):
    """`runs`: (score, hours after the one before). At most one bonus a day, and the scores within the reward."""
    with transaction.atomic():
        at = NOW
        for overall, hours in runs:
            at += timedelta(hours=hours)
            earn(learner, overall, at=at)
        entries = XPEntry.objects.of(learner)
        assert sum(e.amount for e in entries if e.kind == "score") <= 100
        days = sorted(e.created_at for e in entries if e.kind == "return")
        assert all(later - earlier >= DAY for earlier, later in pairwise(days))
        assert all(e.amount <= 20 for e in entries if e.kind == "return")
        assert not ledger_faults()
        transaction.set_rollback(True)


@pytest.mark.parametrize("better, bonus", [(70, 14), (55, 0)])
def test_a_bonus_follows_a_revised_score(learner, earn, better, bonus):
    earn(learner, 80)
    made = earn(learner, 65, at=NOW + MONTH)
    assert made.xp == 13
    revise(made.assessment, better)
    reward(assessment_id=made.assessment_id, now=NOW + MONTH + DAY)
    learner.refresh_from_db()
    assert learner.xp == 80 + bonus
