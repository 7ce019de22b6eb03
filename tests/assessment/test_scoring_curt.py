"""Bare commands are counted as they were said, sentence by sentence."""

import pytest

from tests.assessment.attempts import Play
from tests.assessment.scores import finding

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")


def curt(*texts):
    play = Play("vpn-will-not-connect")
    for text in texts:
        play.say(text, "f_error")
    return finding(play.ends("resolved", *NOTES), "curt")


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Your boss's name?",
            "Calling you. Pick up.",
            "What's in the mail? Every line.",
            "Wait two minutes.",
        ),
        ("Number? Read it.", "Push the plug in.", "Repeat it.", "What does it say?"),
        ("Who's this?", "Stay there.", "Bring the laptop. Ring me.", "Since when?"),
    ],
)
def test_orders_between_questions_count_where_nothing_kind_was_ever_said(texts):
    found = curt(*texts)

    assert found.earned == -5
    assert found.why.startswith("3 of 5 requests")


@pytest.mark.parametrize(
    "kind", ["Hello.", "Thanks.", "Sorry about that.", "Your boss's name, please?", "Could you say more?"]
)
def test_one_kind_word_lets_the_questions_weigh(kind):
    found = curt(kind, "Your boss's name?", "Pick up.", "Which mail? Every line.", "Wait two minutes.")

    assert found.earned == 0
    assert "3 of 6 requests aside" in found.why


@pytest.mark.parametrize(
    "texts",
    [
        ("Name?", "Error?", "Restart it.", "Works?"),
        ("Any change every time?", "Read it, please. Every line.", "Who? Where? When?"),
        ("Restart done on my side.", "Every user is off.", "I pick it up.", "Stopped since when?"),
    ],
)
def test_terse_and_polite_stays_safe(texts):
    assert curt(*texts).earned == 0
