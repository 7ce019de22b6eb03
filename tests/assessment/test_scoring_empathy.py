"""Whether kind words name what the customer said or feels, in any style."""

import pytest

from tests.assessment.attempts import Play
from tests.assessment.scores import finding


def answered(slug, text, act="empathise"):
    """What one kind line earns as an answer to the opening."""
    return finding(Play(slug).say(text, act).ends("resolved", "", "", "", ""), "empathy_when_needed")


@pytest.mark.parametrize(
    "text",
    [
        "I understand your frustration.",
        "I completely understand how frustrating this must be for you.",
        "That sounds really stressful, I am sorry.",
        "Sorry for the inconvenience.",
        "Oh no, how annoying!",
        "I feel with you, this is not nice.",
        "Ugh, that's rubbish.",
    ],
)
def test_a_sentence_that_would_fit_any_ticket_earns_half(text):
    found = answered("locked-out-monday", text)

    assert found.earned == 7.5
    assert "would fit any ticket" in found.why


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("locked-out-monday", "I quite understand: to be locked out twice in one morning is most vexing."),
        ("locked-out-monday", "Locked out again? That's no way to start the week."),
        ("locked-out-monday", "ouch, lock-out again. not nice"),
        ("locked-out-monday", "I feel with you, the second time today, this is really bad."),
        ("locked-out-monday", "ugh thrown out again, that sucks"),
        ("vpn-will-not-connect", "No VPN today of all days, bad timing."),
        ("vpn-will-not-connect", "I see it cannot wait, you need it today."),
        ("phone-stays-silent", "Bank closes at three: I see that time is short."),
        ("prints-vanish", "Asking three times and still no paper, I understand that you are angry."),
        ("both-screens-dark", "Both screens dark with proofs to check, what a morning."),
        ("workbook-view-only", "Only looking and no touching, that must be maddening."),
    ],
)
def test_words_that_name_the_thing_earn_all_in_every_style(slug, text):
    assert answered(slug, text).status in ("met", "na")


@pytest.mark.parametrize(
    "text",
    [
        "Sorry that it locked you out again.",
        "I am sorry it threw you out a second time, after the early shift let you in.",
        "Apologies that you are locked out again.",
        "I regret that the lock came back after five minutes.",
        "Sorry to hear that you're locked out again.",
    ],
)
def test_regret_that_it_came_back_answers_the_feeling(text):
    for act in ("apologise", "paraphrase"):
        assert answered("locked-out-monday", text, act).status == "met"


@pytest.mark.parametrize(
    "text", ["Sorry, which laptop is locked?", "Sorry, Priya.", "Sorry that I ask, who is your manager?"]
)
def test_an_excuse_of_ones_own_answers_no_feeling(text):
    assert answered("locked-out-monday", text, "apologise").status == "not"


def passed(*replies, slug="both-screens-dark"):
    play = Play(slug)
    for text, *acts in replies:
        play.say(text, *acts)
    return finding(play.ends("resolved", "", "", "", ""), "empathy_when_needed")


def test_the_reply_that_passed_over_the_opening_is_cited_and_not_the_greeting():
    found = passed(
        ("Hello.", "greet"), ("Number?", "id_employee"), ("Error?", "f_error"), slug="locked-out-monday"
    )

    assert (found.status, found.evidence) == ("not", ({"seq": 4},))


def test_patience_that_wore_away_is_cited_where_it_had_and_quotes_what_they_wrote_then():
    """The needless step tells: half an hour gone, and the next reply goes on as if nothing had been."""
    play = Play("both-screens-dark").say("Hello.", "greet").say("Number?", "id_employee")
    play.say("Put the driver on again.", "a_graphics_driver")
    worn = next(e for e in play.events if e.kind == "turn" and e.data["patience"] < 60)
    after = play.say("Since when?", "f_when").say("And now?", "f_screen").lines
    found = finding(play.ends("resolved", "", "", "", ""), "empathy_when_needed")
    here = next(x for x in after if x.sender == "user" and x.seq > worn.data["messages"][-1])

    assert (found.status, found.evidence) == ("not", ({"seq": here.seq},))
    assert play.world.ticket.opening[:30] not in found.better


def test_one_that_was_answered_is_cited_beside_one_that_was_not():
    play = Play("locked-out-monday").say("Locked out again? That's no way to start.", "empathise")
    play.say("Number?", "id_employee")
    play._log("feeling", reply=5)
    play.say("Manager?", "id_manager").say("Error?", "f_error")
    found = finding(play.ends("resolved", "", "", "", ""), "empathy_when_needed")

    assert found.why == "You answered 1 of 2 moments of stress."
    assert found.evidence == ({"seq": 2}, {"seq": 6})
