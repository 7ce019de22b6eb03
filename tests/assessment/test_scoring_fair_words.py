"""Words of an honest learner that once were taken for something else."""

import pytest

from chat.customer.causes import states_cause
from chat.customer.context import referred
from chat.customer.normalise import plain
from tests.assessment.attempts import Play, document
from tests.assessment.scores import finding

NOTES = ("VPN connection failed", "", "none", "")


def claimed(text, slug="vpn-will-not-connect"):
    play = Play(slug).say(text)
    return finding(play.ends("escalated", *NOTES), "false_assurance").earned


@pytest.mark.parametrize(
    "text",
    [
        "Hello Maria, I have reviewed your case.",
        "I have looked at your request.",
        "I've reviewed the details you sent.",
        "I checked the spelling of your name.",
        "I understand: your mail works here in the office.",
        "Good to hear your laptop is working here.",
        "You told me that the internet works from here.",
        "Please check that it matches the label.",
        "Your access is granted by your manager.",
        "Your password is renewed every 90 days.",
    ],
)
def test_courtesy_policy_and_what_the_customer_said_claim_nothing(text):
    assert claimed(text) == 0


@pytest.mark.parametrize(
    "text", ["I have reviewed the server.", "Your access has been granted.", "They match."]
)
def test_a_claim_of_what_never_happened_is_one(text):
    assert claimed(text) == -20


def test_handing_over_to_security_is_telling_them():
    play = Play("paid-to-nobody").say("I've alerted security.")
    attempt = play.ends("escalated", *NOTES, team="security")
    assert finding(attempt, "false_assurance").earned == 0


def test_regret_for_ones_own_slowness_is_no_empathy():
    play = Play("prints-vanish").say("Sorry for the delay, I am looking at the printer now.", "apologise")
    assert finding(play.ends("escalated", *NOTES), "empathy_when_needed").earned == 0


@pytest.mark.parametrize(
    "text",
    [
        "It is either the old password on your phone, an expired certificate or the guest network.",
        "Maybe your phone has the old password or your account was locked by somebody.",
    ],
)
def test_a_list_of_guesses_explains_nothing(text):
    assert not states_cause(document("locked-out-monday").world, plain(text))


def test_words_said_over_and_over_are_read_in_one_go():
    """Backtracking would never end."""
    assert referred("try again " * 100 + "x", "a_restart", changed=True) == ""


@pytest.mark.parametrize(
    "steps", ["1. Open Settings.\n2. Click Network.\n3. Read the name.\n4. Press Connect."]
)
def test_steps_in_a_row_are_one_request(steps):
    play = Play("vpn-will-not-connect").say(steps, "f_error")
    assert finding(play.ends("resolved", *NOTES), "curt").status != "not"


@pytest.mark.parametrize("text", ["Hold on.", "Wait a moment.", "Stay calm, nothing is lost."])
def test_a_wait_is_no_command(text):
    play = Play("vpn-will-not-connect").say(text, "hold").say(text, "hold").say(text, "hold")
    assert finding(play.ends("resolved", *NOTES), "curt").status != "not"
