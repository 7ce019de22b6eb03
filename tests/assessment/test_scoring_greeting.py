"""By which names a customer is called."""

import pytest

from tests.assessment.attempts import Play
from tests.assessment.scores import finding

NOTES = ("No network", "box", "asked", "none")
FULL, HALF = 10, 5


def greeting(*texts, slug="new-desk-no-network"):
    play = Play(slug)
    for text in texts:
        play.say(text, "greet")
    return finding(play.ends("escalated", *NOTES, team="network-l2"), "greeting").earned


@pytest.mark.parametrize(
    "text",
    [
        "Hello Hamish.",
        "Hello Mr Drummond, service desk here.",
        "Good day Mr. Drummond.",
        "Hello Mister Hamish Drummond.",
        "Hello Drummond!",
        "good morning mr drummond",
    ],
)
def test_first_name_title_and_last_name_or_last_name_in_the_greeting_is_the_name(text):
    assert greeting(text) == FULL


@pytest.mark.parametrize(
    "text", ["Hello.", "Hello Mr Drummer.", "Hello Mr Tan.", "Hello sir.", "Hi Drummonds"]
)
def test_another_name_or_none_is_not(text):
    assert greeting(text) == HALF


def test_later_a_last_name_wants_its_title():
    before = ("Hello.", "Good day.")

    assert greeting(*before, "Thank you, Mr Drummond.") == FULL
    assert greeting(*before, "I have the record of Drummond here.") == HALF
