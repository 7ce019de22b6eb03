"""What the customer heard, and when."""

from dataclasses import replace

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


def test_a_greeting_that_was_heard_as_something_else_is_one_by_its_first_word():
    assert status(after(("Hello Maria, sorry about that", "empathise")), "greeting") == "met"
    assert status(after(("Maria, say hello to nobody", "off_topic")), "greeting") == "part"


def test_a_stressed_opening_asks_for_empathy_within_two_replies():
    kind = ("No VPN today, bad timing", "empathise")
    soon = after(("Hello", "greet"), kind)
    late = after(("Hello", "greet"), ("Error?", "f_error"), ("Since?", "f_when"), kind)

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
    seen = ("What does it say?", "f_error")
    right = after(seen, ("Your certificate expired", "explain_cause:right"))
    wrong = after(seen, ("The server is down", "explain_cause:wrong"))
    stiff = after(seen, ("TLS says the certificate expired", "explain_cause:right"), jargon=True)

    assert status(right, "cause_explained") == "met"
    assert status(wrong, "cause_explained") == "not"
    assert status(stiff, "cause_explained") == "part"
    assert status(golden.impostor_expert(), "cause_explained") == "na"


def test_a_cause_that_nothing_had_shown_yet_is_a_guess():
    guessed = finding(after(("Your certificate expired", "explain_cause:right")), "cause_explained")

    assert guessed.status == "part"
    assert "a guess" in guessed.why


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
    without = after(("The network team has it. Bye", "escalate", "close"))

    assert status(golden.vpn_expert(), "closing") == "met"
    assert status(without, "closing") == "part"
    assert status(after(("hello", "greet")), "closing") == "not"


def test_a_goodbye_against_the_customers_word_earns_nothing():
    early = finding(after(("TKT-1, bye", "give_ticket", "close")), "closing")
    twice = finding(after(("bye", "close"), ("TKT-1, bye", "close")), "closing")
    handed = after(("The network team has it. TKT-1, bye", "escalate", "close"))

    assert (early.status, twice.status) == ("not", "not")
    assert "the customer said so" in early.why
    assert "Stay until it works" in early.better
    assert status(handed, "closing") == "met"


def test_an_impostor_who_was_turned_away_need_not_agree_to_the_goodbye():
    play = Play("new-phone-urgent").say("I call you back", "id_callback").say("No.", "refuse_policy")
    attempt = play.say("TKT-1, goodbye.", "close").ends("declined", *NOTES, reported=True)

    assert status(attempt, "closing") == "met"


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
    attempt = after(("The network team has it. Call again if it is slow, bye.", "escalate", "close"))

    assert finding(attempt, "closing").status == "part"


def test_the_name_alone_makes_no_formula_fit():
    formula = Play("new-phone-urgent").say("I understand how frustrating, Daniel.", "empathise")

    assert finding(formula.ends("declined", *NOTES), "empathy_specific").earned == 3


def test_the_same_stock_sentence_answers_one_feeling_and_fits_none():
    stock = "I understand how frustrating this is."
    formula = Play("new-phone-urgent").say(stock, "empathise").say(stock, "empathise")
    found = finding(formula.ends("declined", *NOTES), "empathy_specific")

    assert found.status == "not"
    assert "more than once" in found.why


def test_pity_for_somebody_calm_is_a_formula_and_a_kind_word_is_none():
    def calm(text):
        return finding(
            Play("one-more-month").say(text, "empathise").ends("declined", *NOTES), "empathy_specific"
        )

    assert calm("I understand your frustration, Luca.").status == "not"
    assert calm("I see, a sponsor on holiday is annoying.").status == "na"
    assert calm("I understand.").status == "na"


def asked_how_long(*answers, before="I give this to the network team."):
    """An escalation, the customer's question for how long, and what the learner wrote then."""
    play = Play("vpn-will-not-connect").say("What does it say?", "f_error").say(before, "escalate")
    play.lines[-1] = replace(play.lines[-1], text="OK. How long will it take?")
    for text, *acts in answers:
        play.say(text, *acts)
    return finding(play.ends("escalated", *NOTES, team="network-l2"), "questions")


def test_a_question_of_the_customer_that_nobody_takes_up_costs_a_little():
    found = asked_how_long(("Bye.", "close"))

    assert found.earned == 10.5
    assert "“How long will it take?”" in found.why
    assert {"seq": 5} in found.evidence and {"seq": 6} in found.evidence


@pytest.mark.parametrize(
    "answer",
    [
        ("They call you within the hour.", "set_expectation"),
        ("I can't say yet, sorry.", "apologise"),
        ("Tomorrow at the latest. Bye.", "close"),
        ("top o the evening",),  # not understood: it may have been the answer
    ],
)
def test_any_word_about_it_is_an_answer(answer):
    assert asked_how_long(answer).earned == 15


def test_what_was_said_before_they_asked_is_an_answer_too():
    told = "I give this to the network team, they ring you within two hours."

    assert asked_how_long(("Bye.", "close"), before=told).earned == 15


def test_who_asks_how_to_do_it_is_told_or_helped_on():
    def helped(text, *acts):
        play = Play("vpn-will-not-connect").say("What does it say?", "f_error")
        play.say("Look at the certificate.", "a_check_cert").say(text, *acts)
        return finding(play.ends("resolved", *NOTES), "questions").earned

    assert helped("Since when is it so?", "f_when") == 10.5
    assert helped("Open the globe, then Certificate.", "a_check_cert") == 15
    assert helped("One minute, I look it up.", "hold") == 15


def test_who_claims_that_it_is_fixed_has_not_asked():
    play = Play("phone-stays-silent").say(
        "Reference TKT-1. Fixed. Bye.", "give_ticket", "confirm_fix", "close"
    )

    assert finding(play.ends("resolved", "", "", "", ""), "fix_confirmed").why == (
        "There was no fix that the customer could confirm."
    )


def test_a_deadline_is_reason_for_kind_words_and_a_formula_is_no_more_than_that():
    play = Play("phone-stays-silent").say("So stressful. I understand.", "empathise")
    row = finding(play.ends("resolved", "", "", "", ""), "empathy_specific")

    assert (row.why, row.earned) == ("Kind, but it would fit any ticket.", 3)


def test_kind_words_that_fit_are_told_where_the_mood_did_not_ask_for_them():
    play = Play("drive-letters-gone").say(
        "All drives gone, and at reception, that must be stressful.", "empathise"
    )
    row = finding(play.ends("resolved", "", "", "", ""), "empathy_specific")

    assert row.status == "na" and row.why.startswith("You took up what the customer had told you")


def ordered(*texts, slug="vpn-will-not-connect"):
    """An attempt of replies that were all taken for instructions or questions."""
    play = Play(slug)
    for text in texts:
        play.say(text, "f_error")
    return finding(play.ends("resolved", *NOTES), "curt")


def test_commands_through_a_whole_attempt_are_named_with_a_quote():
    found = ordered("Restart it.", "Send me the number.", "Now read the message.", "Check the cable.")

    assert found.earned == -5
    assert "“Restart it.” and “Send me the number.”" in found.why
    assert found.evidence == ({"seq": 2}, {"seq": 4}, {"seq": 6}, {"seq": 8})


@pytest.mark.parametrize(
    "texts",
    [
        ("restart pls", "send number pls", "read msg pls thx", "check cable pls"),
        ("could u restart", "cud u send the number", "now the message?", "thx. check cable"),
        ("Error?", "Since when?", "Others too?", "Cable in?"),
        ("Please you make a restart.", "Please you send me the number.", "Please read it.", "Look please."),
        ("Restart it.", "Thanks. Your number?", "Great, so what does it say?", "Check the cable, please."),
        ("Restart it.", "Send me the number."),
        ("Let's restart it.", "We need the number now.", "I would like you to read it.", "You may check."),
    ],
)
def test_a_terse_style_that_asks_is_not_curt(texts):
    assert ordered(*texts).earned == 0
