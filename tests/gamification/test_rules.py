"""The arithmetic of XP, levels and streaks."""

from datetime import date, timedelta

import pytest

from gamification.rules import earn, level_of, to_next_level, weeks_in_a_row

MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


def earned(overall, *, best=None, critical=False, practice=False):
    return earn(reward=100, overall=overall, critical=critical, practice=practice, best=best)


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


def test_practice_pays_nothing():
    assert earned(100, practice=True) is None


@pytest.mark.parametrize(
    "weeks_ago, streak",
    [([], 0), ([0], 1), ([1], 1), ([0, 1, 2], 3), ([1, 2], 2), ([2, 3], 0), ([0, 2, 3], 1), ([1, 1, 1], 1)],
)
def test_a_streak_counts_weeks_and_the_running_one_does_not_break_it(weeks_ago, streak):
    today = MONDAY + timedelta(days=3)
    assert weeks_in_a_row([today - n * WEEK for n in weeks_ago], today) == streak


def test_a_week_begins_on_monday():
    sunday = MONDAY - timedelta(days=1)
    assert weeks_in_a_row([sunday, MONDAY], MONDAY) == 2
    assert weeks_in_a_row([MONDAY, MONDAY + timedelta(days=6)], MONDAY + timedelta(days=6)) == 1
