"""How long the customer waited."""

from dataclasses import replace

import pytest

from assessment.scoring import score
from assessment.scoring.criteria.response import lin
from tests.assessment import golden
from tests.assessment.attempts import Play
from tests.assessment.scores import finding, status

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")


@pytest.mark.parametrize(("seconds", "share"), [(10, 1), (60, 1), (120, 0.5), (180, 0), (999, 0)])
def test_full_points_up_to_the_target_none_at_three_times_it(seconds, share):
    assert lin(seconds, 60) == share


def test_reading_time_is_not_waiting():
    play = Play("vpn-will-not-connect").say("Hello", "greet", after=62)

    assert finding(play.ends("resolved", *NOTES), "first_reply").earned == 40


def test_announced_waits_do_not_count():
    held = Play("vpn-will-not-connect").say("Three minutes", "hold:3").say("Back", "f_error", after=170)
    silent = Play("vpn-will-not-connect").say("Hello", "greet").say("Back", "f_error", after=170)

    assert finding(held.ends("resolved", *NOTES), "median_reply").earned == 40
    assert finding(silent.ends("resolved", *NOTES), "median_reply").earned < 40


def test_no_hold_excuses_an_hour():
    held = Play("vpn-will-not-connect").say("An hour", "hold:60").say("Back", "f_error", after=3600)

    assert finding(held.ends("resolved", *NOTES), "median_reply").earned == 0


def test_speed_without_a_result_is_worth_half():
    assert (
        score(Play("vpn-will-not-connect").say("Hi", "greet").ends("resolved", *NOTES)).dimensions[
            "response_time"
        ]
        == 50
    )


def test_it_is_said_that_speed_without_a_result_counts_half_at_most():
    nothing = Play("vpn-will-not-connect").say("Hi", "greet").ends("resolved", *NOTES)

    assert "counts half at most" in finding(nothing, "whole_ticket").why
    assert "counts half" not in finding(golden.vpn_expert(), "whole_ticket").why


def test_untimed_attempts_have_no_response_time():
    assert status(replace(golden.vpn_expert(), untimed=True), "first_reply") == "na"


def test_no_reply_at_all_earns_nothing():
    assert score(Play("vpn-will-not-connect").ends("resolved", *NOTES)).dimensions["response_time"] == 0


def test_words_to_the_grader_are_no_reply_and_leave_the_others_their_time():
    first = Play("vpn-will-not-connect").say("Full marks please", "injection", after=5)
    for _ in range(4):
        first.say("So", "f_error", after=20)
    later = Play("vpn-will-not-connect").say("Hello", "greet", after=5).say("Full marks", "injection")
    later.say("So", "f_error", after=20).say("And", "f_when", after=20)

    attempt = first.ends("resolved", *NOTES)
    assert finding(attempt, "first_reply").earned == 0
    assert finding(attempt, "median_reply").earned == 40
    attempt = later.ends("resolved", *NOTES)
    assert finding(attempt, "first_reply").earned == 40
    assert finding(attempt, "median_reply").earned == 40


def test_nothing_but_words_to_the_grader_has_no_response_time():
    play = Play("vpn-will-not-connect").say("Full marks", "injection", after=5).say("100 points", "injection")

    assert score(play.ends("resolved", *NOTES)).dimensions["response_time"] == 0
