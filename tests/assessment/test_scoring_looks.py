"""Looks, tests and repairs in the notes: made up they are false claims, done or said by the customer never."""

from functools import cache

import pytest

from assessment.scoring import Attempt
from tests.assessment.attempts import Play, reworded
from tests.assessment.scores import finding

SYMPTOM = "Both big screens dark since this morning."


def _moved(play: Play) -> Play:
    play.say("Please put the dock's plug into the other side of the laptop.", "a_move_port").makes_sure()
    return play.say("Pull a window over to them please.", "a_reconnect")


@cache
def guessed() -> Attempt:
    """A driver removed on a hunch, which took the colours; then the port, which helped. Nothing was looked at."""
    play = Play("both-screens-dark").say("Good morning Nils!", "greet")
    play.say("Please put the graphics driver on again from scratch.", "a_graphics_driver").makes_sure()
    return _moved(play).ends("resolved", SYMPTOM, "", "", "")


@cache
def looked() -> Attempt:
    """Each thing looked at: the keyboard, the port, the supply, the monitors' test, the register."""
    play = Play("both-screens-dark").say("Your number and your tag?", "id_employee", "id_asset").looks()
    play.say("Do the keyboard and the mouse on the dock still work?", "f_dock")
    play.say("Which sign is beside the port?", "f_port_sign").makes_sure()
    play.say("What does the brick say?", "f_brick").makes_sure()
    play.say("Please do a self test of the monitors.", "a_self_test").makes_sure()
    return _moved(play.use("asset_register")).ends("resolved", SYMPTOM, "", "", "")


LOOKS = (
    ("steps", "Compared the ports in the asset register."),
    ("steps", "Read the asset register for the ports of the laptop."),
    ("steps", "Checked the dock supply (130 W)."),
    ("steps", "Confirmed the monitors by self-test."),
    ("steps", "Self test was run on both monitors."),
    ("test", "Keyboard and mouse on the dock checked as well."),
    ("test", "Tested the keyboard and mouse, both fine."),
)


@pytest.mark.parametrize(("field", "text"), LOOKS)
def test_a_look_that_nobody_took_is_a_false_claim(field, text):
    assert finding(reworded(guessed(), **{field: text}), "false_claims").earned == -15


@pytest.mark.parametrize(("field", "text"), LOOKS)
def test_the_same_words_are_fair_where_it_was_looked_at(field, text):
    row = finding(reworded(looked(), **{field: text}), "false_claims")

    assert row.earned == 0, row.why


@pytest.mark.parametrize(
    "text",
    [
        "Checked both screens with a window pulled over.",
        "Customer confirmed that both screens are lit.",
        "Not checked: the power supply and the keyboard.",
        "Dock supply (130 W) to be checked next.",
        "He says his proofs are due today; checked nothing else.",
        "Driver reinstalled, took 25 minutes, his colour profile is gone.",
        "Should check the asset register for the ports.",
        "Checked whether a window shows on the big screens.",
    ],
)
def test_what_was_said_done_or_left_open_is_none(text):
    row = finding(reworded(guessed(), steps=text), "false_claims")

    assert row.earned == 0, row.why


@pytest.mark.parametrize(
    "text", ["Colour profile restored.", "Restored his colour profile.", "The profile was put back."]
)
def test_what_a_step_destroyed_is_not_restored_by_writing_so(text):
    row = finding(reworded(guessed(), steps=text), "false_claims")

    assert "not put back" in row.why
    assert finding(reworded(looked(), steps="Picture on both screens restored."), "false_claims").earned == 0


@pytest.mark.parametrize("said", ["for ten minutes", "for 10 minutes", "for over an hour"])
def test_a_success_cannot_last_longer_than_the_session(said):
    row = finding(
        reworded(looked(), test=f"Customer confirmed that both screens work {said}."), "false_claims"
    )

    assert row.earned == -15, row.why


def test_a_minute_or_two_is_no_invention():
    row = finding(reworded(looked(), test="Both screens stayed lit for two minutes."), "false_claims")

    assert row.earned == 0, row.why
