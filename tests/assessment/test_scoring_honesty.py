"""What a customer is told is held against the log: only what it plainly denies costs."""

import pytest

from assessment.scoring import score
from tests.assessment import golden
from tests.assessment.attempts import Play
from tests.assessment.scores import finding

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")


def told(text, play=None, *acts, ends="resolved", **more):
    """The row of an attempt in which this is said, after what was played before."""
    play = (play or Play("vpn-will-not-connect")).say(text, *acts)
    return finding(play.ends(ends, *NOTES, **more), "false_assurance")


@pytest.mark.parametrize(
    "lie",
    [
        "Everything is taken care of now. Have a wonderful day, bye!",
        "It's all sorted, bye.",
        "Fixed.",
        "All done and it works now.",
        "Your problem has been resolved.",
        "That is fixed now, Maria.",
        "I have renewed it for you.",
        "I've just reset your VPN on our side.",
        "We reissued the certificate.",
        "Your certificate has been renewed.",
        "Verified.",
        "Thank you, you are verified.",
        "Your identity was confirmed.",
        "I have checked your identity.",
        "Thanks, that matches.",
        "Both match, thank you.",
        "I've checked the log and all is fine there.",
        "I looked into your account.",
        "Checked the log. Nothing there.",
        "I called you back on the number we hold.",
        "Root cause found, policy followed, evidence collected.",
        "Verified, fix in place, bye.",
        "The line is fine here.",
        "Our server looks ok on our side.",
        "Fix confirmed, your reference is below.",
        "I have sent you a code.",
        "I've sent a new link to your phone.",
        "I have reported this to security.",
        "Security has been informed.",
        "I have passed this on to the network team.",
        "I am handing it over to the specialists now.",
    ],
)
def test_what_the_log_denies_costs(lie):
    found = told(lie)

    assert found.earned == -20
    assert found.evidence == ({"seq": 2},)
    assert found.status == "not"


@pytest.mark.parametrize(
    "honest",
    [
        "Everything will be taken care of.",
        "That should be fixed in an hour.",
        "When it is fixed, I call you.",
        "Is it fixed?",
        "It is not fixed yet.",
        "Nothing is resolved so far, I am sorry.",
        "I will renew it for you in a minute.",
        "Let me reset it, then it works again.",
        "Could you tell me whether it works now?",
        "You said that it was repaired last week.",
        "So it works again over the hotspot.",
        "Once you are verified I can go on.",
        "I have not verified you yet.",
        "I can't say that you are verified.",
        "If that matches, we go on.",
        "I checked with a colleague.",
        "I have looked at your ticket.",
        "I have checked what you wrote in your message.",
        "I'll call you back on the number we hold.",
        "I am going to send you a code.",
        "I must report this to security.",
        "I would pass this on to the network team.",
        "I can hand it over to them, if you like.",
        "Sorry to hear that, I understand.",
        "The list is sorted by name.",
        "I have opened a ticket for you.",
        "I've noted that.",
        "Good, that helps.",
    ],
)
def test_plans_conditions_denials_and_courtesies_claim_nothing(honest):
    found = told(honest)

    assert (found.earned, found.status) == (0, "met")


def test_what_had_been_done_may_be_said():
    base = "vpn-will-not-connect"
    proved = Play(base).say("Number, manager?", "id_employee", "id_manager")
    looked = Play(base).say("Number, manager?", "id_employee", "id_manager").looks()
    log = Play(base).use("vpn_gateway_log")
    issued = Play(base).use("reissue_cert")

    assert told("Thanks, you are verified.", proved).earned == 0
    assert told("Thanks, that matches.", looked).earned == 0
    assert told("I've checked the log.", log).earned == 0
    assert told("I have reissued the certificate.", issued).earned == 0
    assert told("It's fixed now.", Play(base).use("reissue_cert")).earned == 0


def test_a_call_that_is_made_with_the_words_is_made():
    assert told("I called you back, thank you.", None, "id_callback").earned == 0


def test_what_comes_true_at_the_end_was_true():
    passed = "I have passed this on to the network team."
    security = Play("new-phone-urgent")

    assert told(passed, ends="escalated", team="network-l2").earned == 0
    assert told("I have reported this to security.", security, ends="declined", reported=True).earned == 0


def test_two_false_messages_cost_forty_and_a_third_no_more():
    play = Play("vpn-will-not-connect").say("Verified.").say("Fixed.").say("I have sent you a code.")
    attempt = play.ends("resolved", *NOTES)
    found = finding(attempt, "false_assurance")

    assert found.earned == -40
    assert [e["seq"] for e in found.evidence] == [2, 4, 6]
    assert score(attempt).dimensions["communication"] == 0


def test_the_words_say_what_was_told_and_what_was_so():
    assert told("Hello. Everything is taken care of now. Bye.").why == (
        "You told the customer: “Everything is taken care of now.”, and nothing had been changed by then."
    )


def test_good_work_tells_nothing_false():
    good = (golden.vpn_expert(), golden.impostor_expert(), golden.escalation_expert(), golden.vpn_adequate())

    assert [finding(attempt, "false_assurance").earned for attempt in good] == [0, 0, 0, 0]


def test_who_wrote_nothing_told_nothing():
    silent = Play("vpn-will-not-connect").ends("resolved", *NOTES)

    assert finding(silent, "false_assurance").status == "na"
