"""Which waits the customer was told of, and which are none."""

import pytest

from tests.assessment.attempts import Play
from tests.assessment.scores import finding, status

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")


def waits(play):
    return finding(play.ends("resolved", *NOTES), "waits_announced")


@pytest.mark.parametrize(
    "late", ["Hang on a minute, I am fetching it.", "One moment please.", "Bear with me two minutes."]
)
def test_the_reply_that_ends_a_silence_does_not_announce_it(late):
    play = Play("vpn-will-not-connect").say("What does it say?", "f_error").say(late, "hold:1", after=220)
    found = waits(play)

    assert (found.status, found.evidence) == ("not", ({"seq": 4},))
    assert "waited 3." in found.why or "waited 4." in found.why


def test_announced_before_it_is_and_a_hold_goes_on_over_a_short_word():
    told = Play("vpn-will-not-connect").say("Give me four minutes.", "hold:4").say("So", "f_error", after=200)
    twice = Play("vpn-will-not-connect").say("Four minutes.", "hold:4").say("Still on it.", after=60)
    twice.say("So", "f_error", after=100)

    assert waits(told).status == "met"
    assert waits(twice).status == "met"


def test_who_asks_for_patience_in_time_has_kept_nobody_waiting():
    play = Play("vpn-will-not-connect").say("What does it say?", "f_error").use("vpn_gateway_log")
    play.say("Two minutes please.", "hold:2", after=30).use("vpn_status").say("So", "f_when", after=60)

    assert waits(play).why == "You said so before each wait."
    assert {"seq": 2} not in waits(play).evidence and {"seq": 4} in waits(play).evidence


@pytest.mark.parametrize(
    "words", ["Calling your phone on record now.", "I ring you on the number in your file.", "Call-back now."]
)
def test_while_the_call_back_that_was_told_rings_nobody_waits(words):
    play = Play("vpn-will-not-connect").say(words, "id_callback").use("callback")

    assert (
        status(play.say("That fits.", "thank", after=40).ends("resolved", *NOTES), "waits_announced") == "na"
    )


def test_a_silence_after_the_call_or_more_work_in_it_is_a_wait():
    long = Play("vpn-will-not-connect").say("Calling you.", "id_callback").use("callback")
    more = Play("vpn-will-not-connect").say("Calling you.", "id_callback").use("callback", "vpn_gateway_log")
    untold = Play("vpn-will-not-connect").say("Hello", "greet").use("callback")

    assert waits(long.say("Thanks.", "thank", after=200)).status == "not"
    assert waits(more.say("Thanks.", "thank", after=40)).status == "not"
    assert waits(untold.say("Thanks.", "thank", after=40)).status == "not"
