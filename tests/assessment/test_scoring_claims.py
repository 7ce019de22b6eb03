"""Which sentences of the notes are claims, and which of them the log denies: on both sides, in many people's words."""

import pytest

from tests.assessment.attempts import Play, reworded
from tests.assessment.said import DISHONEST, HONEST, UNTRUE, idle
from tests.assessment.scores import finding


@pytest.mark.parametrize(("attempt", "field", "text"), HONEST)
def test_honest_notes_are_no_false_claims(attempt, field, text):
    ruling = finding(reworded(attempt(), **{field: text}), "false_claims")

    assert ruling.earned == 0, ruling.why


@pytest.mark.parametrize(("attempt", "field", "text", "why"), DISHONEST)
def test_what_the_log_denies_is_a_false_claim(attempt, field, text, why):
    ruling = finding(reworded(attempt(), **{field: text}), "false_claims")

    assert ruling.earned <= -15
    assert why in ruling.why


@pytest.mark.parametrize(("attempt", "field", "text"), UNTRUE)
def test_it_is_one_in_whatever_words(attempt, field, text):
    assert finding(reworded(attempt(), **{field: text}), "false_claims").earned <= -15


def test_each_kind_of_claim_counts_once():
    twice = reworded(
        idle(), steps="Caller verified. Identity confirmed.", test="Works again. Problem solved."
    )

    assert finding(twice, "false_claims").earned == -30


def test_the_words_that_are_denied_are_quoted():
    row = finding(
        reworded(idle(), steps="Asked the customer, then Certificate re-issued at once"), "false_claims"
    )

    assert "“Certificate re-issued at once”" in row.why


def test_a_point_in_a_denied_clause_is_not_written():
    claimed = finding(reworded(idle(), test="Customer confirmed."), "required_points")
    hearsay = finding(reworded(idle(), steps="Verified by employee ID and manager."), "structure")

    assert claimed.earned == 0
    assert "verification" in hearsay.why


def test_verified_without_a_word_by_what_says_that_it_was_compared():
    play = Play("vpn-will-not-connect").say("Employee number, manager?", "id_employee", "id_manager")
    trusted = play.ends("resolved", "VPN does not connect", "", "Caller verified.", "")
    named = reworded(trusted, steps="Verified by employee ID and manager.")

    assert "nobody opened the record" in finding(trusted, "false_claims").why
    assert finding(named, "false_claims").earned == 0


def test_one_item_that_was_proved_may_be_named():
    play = Play("vpn-will-not-connect").say("Employee number?", "id_employee").looks()
    named = play.ends("resolved", "VPN does not connect", "", "Verified by employee ID.", "")

    assert finding(named, "false_claims").earned == 0
    assert finding(reworded(named, steps="Caller verified."), "false_claims").earned == -15
