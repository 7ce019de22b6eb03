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


def test_the_first_reply_is_late_when_the_clock_says_so():
    in_time = Play("vpn-will-not-connect").say("Hello", "greet", after=60)
    late = Play("vpn-will-not-connect").say("Hello", "greet", after=62)

    assert finding(in_time.ends("resolved", *NOTES), "first_reply").earned == 40
    assert finding(late.ends("resolved", *NOTES), "first_reply").earned < 40


def test_reading_time_is_not_waiting():
    long = Play("vpn-will-not-connect").say("Hello", "greet")
    long.lines[-1] = replace(long.lines[-1], text="word " * 40)
    short = Play("vpn-will-not-connect").say("Hello", "greet")
    just_over = long.world.time.reply_s + 3
    earned = [
        finding(play.say("So", "f_error", after=just_over).ends("resolved", *NOTES), "median_reply").earned
        for play in (long, short)
    ]

    assert earned[0] == 40 > earned[1]


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


def paused(*, asks, ends="customer"):
    """A pause of five minutes after a reply, ended by the customer or by opening the ticket again."""
    play = Play("vpn-will-not-connect").say("Hello", "greet", after=10)
    play.say(*asks, after=10)
    play.sets(status="pending")
    play.at += 300
    if ends == "customer":
        play._line("ai", "I am back, it is done.")
    else:
        play.sets(status="open")
    return play.say("Thank you.", "thank", after=20).ends("resolved", *NOTES)


INSTRUCTION = ("Please look at the certificate.", "a_check_cert")


@pytest.mark.parametrize("ends", ["customer", "open"])
def test_minutes_paused_while_the_customer_is_busy_do_not_count(ends):
    attempt = paused(asks=INSTRUCTION, ends=ends)

    assert finding(attempt, "median_reply").earned == 40
    assert "Closed after 1.2 minutes" in finding(attempt, "whole_ticket").why
    assert "Paused" not in finding(attempt, "whole_ticket").why
    assert status(attempt, "waits_announced") == "na"


@pytest.mark.parametrize(
    "asks", [("What does it say?", "f_error"), ("I see.", "paraphrase"), ("Thanks", "thank")]
)
def test_a_pause_with_nothing_asked_of_the_customer_counts_and_is_named(asks):
    attempt = paused(asks=asks)
    found = finding(attempt, "whole_ticket")

    assert "Paused for 5.0 minutes with nothing asked of the customer" in found.why
    assert finding(attempt, "median_reply").earned < 40
    assert any("event" in cited for cited in found.evidence[1:])


def test_no_pause_excuses_an_hour():
    play = Play("vpn-will-not-connect").say("Hello", "greet").say(*INSTRUCTION).sets(status="pending")
    attempt = play.say("Back", "f_error", after=3600).ends("resolved", *NOTES)

    assert finding(attempt, "whole_ticket").earned == 0


def test_the_console_is_no_excuse_for_the_first_reply_which_the_clock_counts_too():
    play = Play("vpn-will-not-connect").use("vpn_gateway_log", after=0).say("Hello", "greet", after=70)

    assert finding(play.ends("resolved", *NOTES), "first_reply").earned < 40


def whole(*steps, slug="both-screens-dark"):
    """The row for the whole ticket, where the customer was told to do these."""
    play = Play(slug).say("Hello Nils", "greet")
    for step in steps:
        play.say("Please do this.", step)
    return finding(play.ends("resolved", *NOTES), "whole_ticket")


def test_minutes_of_steps_that_the_case_did_not_need_count():
    found = whole("a_graphics_driver", "a_restart")

    assert "and 29 minutes went into steps that the case did not need; the target is 10" in found.why
    assert found.earned == 0


def test_few_minutes_beyond_the_way_cost_little():
    assert whole("a_dock_power").earned == 20
    assert "and 2 minutes went into" in whole("a_dock_power").why


def test_minutes_of_the_shortest_way_cost_nothing():
    play = Play("the-harbour-folder").say("Hello", "greet")
    steps = [play.world.actions[name] for name in ("sign_out_in", "restart")]
    play.say("Please sign out and in.", "a_sign_out_in")
    found = finding(play.ends("resolved", *NOTES), "whole_ticket")

    assert steps[0].cost.minutes > 0
    assert "did not need" not in found.why
    assert "did not need" not in whole("a_move_port", "a_reconnect").why
