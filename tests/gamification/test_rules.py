"""The arithmetic of XP, levels and streaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.rules import PASS_MARK, Streak, earn, level_of, share, streak, to_next_level

MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


def earned(overall, *, best=None, critical=False, practice=False):
    [made] = earn(reward=100, overall=overall, critical=critical, practice=practice, best=best)
    return made


@pytest.mark.parametrize(
    "xp, level, missing", [(0, 1, 100), (99, 1, 1), (100, 2, 100), (170, 2, 30), (1000, 11, 100)]
)
def test_every_hundred_xp_are_a_level(xp, level, missing):
    assert (level_of(xp), to_next_level(xp)) == (level, missing)


@pytest.mark.parametrize("overall, xp", [(100, 100), (82.4, 82), (82.5, 83), (40, 40)])
def test_a_first_pass_pays_its_share_of_the_reward(overall, xp):
    assert (earned(overall).kind, earned(overall).amount) == ("score", xp)


@pytest.mark.parametrize("best, now, xp", [(60, 85, 25), (85, 60, 0), (85, 85, 0), (None, 85, 85)])
def test_a_retry_pays_the_improvement_alone(best, now, xp):
    assert earned(now, best=best).amount == xp


def test_a_retry_says_what_became_better():
    assert earned(85, best=60).why == "Improved from 60 % to 85 %."
    assert earned(80.2, best=80).why == "Improved from 80 % to 80.2 %."
    assert earned(60, best=85).why == "Your best stays 85 %."


@pytest.mark.parametrize("overall, critical", [(39.99, False), (0, False), (90, True)])
def test_a_fail_pays_five_for_the_debrief(overall, critical):
    made = earned(overall, critical=critical)
    assert (made.kind, made.amount) == ("debrief", 5)
    (again,) = earn(reward=100, overall=overall, critical=critical, practice=False, best=None, tried=True)
    assert again.amount == 0, "XP cannot be farmed by failing"


def test_practice_pays_nothing():
    assert earn(reward=100, overall=100, critical=False, practice=True, best=None, returned=True) == ()


@pytest.mark.parametrize("overall, bonus", [(100, 20), (82.4, 16), (60, 12)])
def test_a_spaced_return_pays_a_fifth_more_as_an_entry_of_its_own(overall, bonus):
    first, more = earn(
        reward=100, overall=overall, critical=False, practice=False, best=overall, returned=True
    )
    assert (first.kind, first.amount) == ("score", 0)
    assert (more.kind, more.amount) == ("return", bonus)


@pytest.mark.parametrize("overall, critical", [(59.99, False), (39, False), (95, True)])
def test_a_return_that_shows_nothing_known_pays_no_bonus(overall, critical):
    made = earn(reward=100, overall=overall, critical=critical, practice=False, best=70, returned=True)
    assert [each.kind for each in made] in (["score"], ["debrief"])


def test_a_first_pass_is_no_return():
    made = earn(reward=100, overall=90, critical=False, practice=False, best=None, returned=True)
    assert [(each.kind, each.amount) for each in made] == [("score", 90)]


RUNS = st.lists(st.tuples(st.floats(0, 100).map(lambda n: round(n, 2)), st.booleans()), max_size=12)


@given(reward=st.integers(10, 300), runs=RUNS)
def test_the_scores_of_a_scenario_never_pay_more_than_its_reward(reward, runs):
    best, paid = None, 0
    for overall, critical in runs:
        made = earn(reward=reward, overall=overall, critical=critical, practice=False, best=best)
        paid += sum(each.amount for each in made if each.kind == "score")
        if not critical and overall >= PASS_MARK:
            best = max(best or 0, overall)
    assert paid == (share(reward, best) if best else 0) <= reward


@given(overall=st.floats(PASS_MARK, 100), again=st.floats(PASS_MARK, 100))
def test_doing_it_again_no_better_pays_nothing(overall, again):
    low, best = sorted((round(again, 2), round(overall, 2)))
    assert earned(low, best=best).amount == 0


class TestStreak:
    """Weeks ago in which a ticket was finished → weeks in a row and freezes that are left, on a Thursday."""

    today = MONDAY + timedelta(days=3)

    def of(self, *weeks_ago):
        made = streak([self.today - n * WEEK for n in weeks_ago], self.today)
        return made.weeks, made.freezes

    def test_nothing_yet(self):
        assert self.of() == (0, 2)
        assert streak([], self.today) == Streak()

    def test_it_counts_weeks_and_not_days(self):
        assert self.of(0) == (1, 2)
        assert self.of(1, 1, 1) == (1, 2)
        assert self.of(0, 1, 2) == (3, 2)

    def test_the_running_week_may_still_be_empty(self):
        assert self.of(1, 2) == (2, 2)
        assert not streak([self.today - WEEK], self.today).is_kept
        assert streak([self.today], self.today).is_kept

    def test_a_missed_week_takes_a_freeze_and_not_the_streak(self):
        assert self.of(0, 2, 3) == (3, 1)
        assert self.of(0, 3, 4) == (3, 0)
        assert streak([self.today - 3 * WEEK], self.today).frozen == 2

    def test_the_third_missed_week_begins_anew_with_both_freezes(self):
        assert self.of(4) == (0, 2)
        assert self.of(0, 4) == (1, 2)
        assert self.of(0, 2, 4, 6) == (1, 2)

    def test_four_weeks_kept_bring_a_freeze_back_and_never_more_than_two(self):
        assert self.of(1, 2, 3, 5) == (4, 1)
        assert self.of(1, 2, 3, 4, 6) == (5, 2)
        assert self.of(*range(20)) == (20, 2)

    def test_a_day_to_come_counts_for_nothing(self):
        assert self.of(-1) == (0, 2)

    def test_a_week_begins_on_monday(self):
        sunday = MONDAY - timedelta(days=1)
        assert streak([sunday, MONDAY], MONDAY).weeks == 2
        assert streak([MONDAY, MONDAY + timedelta(days=6)], MONDAY + timedelta(days=6)).weeks == 1
