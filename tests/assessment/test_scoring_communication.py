"""What the customer heard, and when."""

import pytest

from assessment.scoring import score
from assessment.scoring.words import shows_stress
from tests.assessment import golden
from tests.assessment.attempts import Play
from tests.assessment.scores import finding, status

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")


def after(*replies, slug="vpn-will-not-connect", **more):
    """An attempt of these replies, each (text, acts...)."""
    play = Play(slug)
    for text, *acts in replies:
        play.say(text, *acts, **more)
    return play.ends("resolved", *NOTES)


def test_greeting_wants_hello_and_the_name():
    assert status(after(("Hello Maria", "greet")), "greeting") == "met"
    assert status(after(("Hello", "greet")), "greeting") == "part"
    assert status(after(("What is it?", "ask_problem")), "greeting") == "not"


def test_a_stressed_opening_asks_for_empathy_within_two_replies():
    soon = after(("Hello", "greet"), ("Bad timing", "empathise"))
    late = after(("Hello", "greet"), ("Error?", "f_error"), ("Since?", "f_when"), ("Bad timing", "empathise"))

    assert status(soon, "empathy_when_needed") == "met"
    assert status(late, "empathy_when_needed") == "not"


def test_empathy_takes_up_what_the_customer_said():
    fitting = after(("Losing the vpn today is rotten", "empathise"))
    formula = after(("I understand", "empathise"))

    assert status(fitting, "empathy_specific") == "met"
    assert status(formula, "empathy_specific") == "part"


def test_empathy_cannot_be_spammed():
    spam = after(*[("Losing the vpn is rotten", "empathise")] * 5)

    assert status(spam, "empathy_specific") == "part"


def test_two_questions_at_a_time_are_enough():
    few = after(("Error? Since when?", "f_error", "f_when"))
    many = after(("Error? Since when? Where?", "f_error", "f_when", "f_network"), ("a? b? c?",))

    assert status(few, "questions") == "met"
    assert status(many, "questions") == "not"


def test_asking_twice_costs():
    twice = after(("Error?", "f_scope"), ("Error?", "f_scope"))

    assert status(twice, "questions") == "part"


def test_the_cause_must_be_the_right_one_and_plain():
    right = after(("Your certificate expired", "explain_cause:right"))
    wrong = after(("The server is down", "explain_cause:wrong"))
    stiff = after(("TLS says the certificate expired", "explain_cause:right"), jargon=True)

    assert status(right, "cause_explained") == "met"
    assert status(wrong, "cause_explained") == "not"
    assert status(stiff, "cause_explained") == "part"
    assert status(golden.impostor_expert(), "cause_explained") == "na"


def test_waits_are_announced():
    announced = (
        Play("vpn-will-not-connect")
        .say("One minute", "hold:1")
        .use("vpn_gateway_log")
        .say("So", "f_error", after=40)
    )
    silent = (
        Play("vpn-will-not-connect")
        .say("Hello", "greet")
        .use("vpn_gateway_log")
        .say("So", "f_error", after=40)
    )

    assert status(announced.ends("resolved", *NOTES), "waits_announced") == "met"
    assert status(silent.ends("resolved", *NOTES), "waits_announced") == "not"
    assert status(after(("Hello", "greet")), "waits_announced") == "na"


def test_a_fix_counts_as_confirmed_only_when_it_is_true():
    assert status(golden.vpn_expert(), "fix_confirmed") == "met"
    assert status(after(("Does it work now?", "confirm_fix")), "fix_confirmed") == "not"
    assert status(golden.escalation_expert(), "fix_confirmed") == "na"


def test_closing_wants_goodbye_and_a_reference():
    assert status(after(("TKT-1, bye", "give_ticket", "close")), "closing") == "met"
    assert status(after(("bye", "close")), "closing") == "part"
    assert status(after(("hello", "greet")), "closing") == "not"


def test_jargon_small_talk_and_abuse_take_points_away():
    def points(*replies, **more):
        return score(after(*replies, **more)).dimensions["communication"]

    polite = [("Hello Maria", "greet"), ("TKT-1, bye", "give_ticket", "close")]
    plain = points(*polite, ("ok",))
    jargon = points(*polite, ("flush the resolver",), jargon=True)

    assert plain - jargon == 10
    assert finding(after(("nice weather", "offtopic")), "off_topic").earned == -15
    assert finding(after(("are you stupid", "abusive")), "abuse").earned == -40


def test_what_was_asked_back_is_not_held_against_the_learner():
    attempt = (
        Play("vpn-will-not-connect")
        .say("well met Maria", options=("greet", "thank"))
        .ends("resolved", *NOTES)
    )
    unclear = (
        Play("vpn-will-not-connect").say("top o the good morning", unclear=True).ends("resolved", *NOTES)
    )

    for doubtful in (attempt, unclear):
        row = finding(doubtful, "greeting")
        assert row.status == "part"
        assert row.misread or row.evidence == ({"seq": 2},)


def test_half_a_message_that_was_not_heard_counts_half():
    attempt = after(("Hello Maria, that must be frustrating", "greet"))

    assert finding(attempt, "greeting").status == "met"
    assert finding(attempt, "empathy_when_needed").misread


def test_a_cause_that_was_named_but_not_heard_counts_half():
    named = after(("So your certificate expired last week.", "paraphrase"))
    asked = after(("Has your certificate expired?", "f_when"))

    assert finding(named, "cause_explained").misread
    assert status(asked, "cause_explained") == "not"


def test_noise_is_no_misunderstanding():
    attempt = after(("asdf qwer",), unclear=True)

    assert not any(row.misread for row in score(attempt).criteria)


def test_a_guess_at_the_wrong_cause_becomes_part():
    row = finding(after(("it is the thing", "explain_cause:wrong@0.25")), "cause_explained")

    assert (row.status, row.misread) == ("part", True)


def test_a_guessed_insult_costs_nothing():
    attempt = after(("silly thing this", "abusive@0.25"))

    assert finding(attempt, "abuse").earned == 0
    assert "abuse" not in [cap.id for cap in score(attempt).caps]


def test_the_wait_that_nobody_announced_is_named():
    play = Play("vpn-will-not-connect").say("One minute", "hold:1").use("vpn_gateway_log")
    play.say("So", "f_error", after=80).use("vpn_status").say("And", "f_when", after=150)
    found = finding(play.ends("resolved", *NOTES), "waits_announced")
    late = play.lines[-2].seq

    assert found.status == "part"
    assert f"2.5 minutes before line {late}" in found.why
    assert {"seq": late} in found.evidence


def test_a_fix_is_asked_about_again_after_the_last_change():
    play = Play("vpn-will-not-connect").say("Number, manager?", "id_employee", "id_manager").looks()
    play.say("Does it work?", "confirm_fix").use("reissue_cert")
    play.say("Renew it: Settings, Certificate.", "a_renew_cert", steps=True).makes_sure()
    play.state.vars["vpn"] = "up"  # it came up by itself
    found = finding(play.ends("resolved", *NOTES), "fix_confirmed")

    assert found.status == "not"
    assert "not again after it" in found.why
    assert found.better.startswith("Ask again after the last change")


@pytest.mark.parametrize(
    ("opening", "stressed"),
    [
        ("There is no hurry, I wait gladly.", False),
        ("It is not urgent at all.", False),
        ("Please hurry, I need it today!!", True),
    ],
)
def test_a_calm_customer_asks_for_no_sympathy(opening, stressed):
    assert shows_stress(opening) is stressed


def test_a_reference_is_a_number():
    attempt = after(("Call again if it is slow, bye.", "give_ticket", "close"))

    assert finding(attempt, "closing").status == "part"


def test_the_name_alone_makes_no_formula_fit():
    formula = Play("new-phone-urgent").say("I understand how frustrating, Daniel.", "empathise")

    assert finding(formula.ends("declined", *NOTES), "empathy_specific").earned == 3
