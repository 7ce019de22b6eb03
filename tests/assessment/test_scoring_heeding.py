"""Questions of the customer are answered by what can answer them."""

from dataclasses import replace

import pytest

from assessment.players.golden_file import FOLDER
from assessment.players.golden_rows import play_all
from tests.assessment.attempts import Play
from tests.assessment.scores import finding

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")
PASSED_ON = ("I give this to the network team.", "escalate")
FULL, IGNORED = 15, 10.5


def asked(*answers, before=PASSED_ON, question="OK. How long will it take?"):
    """What the row gives where the customer asks this after `before`, and the learner answers so."""
    play = Play("vpn-will-not-connect").say("What does it say?", "f_error").say(*before)
    play.lines[-1] = replace(play.lines[-1], text=question)
    for text, *acts in answers:
        play.say(text, *acts)
    return finding(play.ends("escalated", *NOTES, team="network-l2"), "questions")


@pytest.mark.parametrize(
    "answer",
    [
        ("Bye.", "close"),
        ("Have a good day, Maria, bye!", "close"),
        ("Your reference is TKT-20250119-00042. Enjoy your afternoon.", "give_ticket", "close"),
        ("Good morning to you too. Take care.", "close"),
        ("Thank you for your time today. Goodbye.", "thank", "close"),
        ("Sorry for the trouble.", "apologise"),
        ("I understand.", "empathise"),
        ("Did it begin today?", "f_when"),
        ("What kind of laptop is it?", "f_device"),
        ("Anything else that I can do for you today?", "anything_else"),
    ],
)
def test_a_goodbye_or_a_kind_word_is_no_answer_to_how_long(answer):
    found = asked(answer)

    assert found.earned == IGNORED
    assert "“How long will it take?”" in found.why


@pytest.mark.parametrize(
    "answer",
    [
        ("About two hours.", "set_expectation"),
        ("By 3, I hope. Bye.", "close"),
        ("Before noon. Bye!", "close"),
        ("Not long. Bye.", "close"),
        ("On Monday, when they are back. Your reference is TKT-1, bye.", "give_ticket", "close"),
        ("It depends on the team, bye.", "close"),
        ("I can't promise anything, sorry.", "apologise"),
        ("Hard to say. Have a good day!", "close"),
        ("They will call you as they have it. Bye.", "close"),
        ("You'll hear from them. Bye.", "close"),
        ("I keep you posted. Bye.", "close"),
        ("It is done, bye.", "close"),
        ("Please wait a moment.", "hold"),
        ("that is for shure in the nexed dayz",),
    ],
)
def test_a_time_a_promise_or_not_knowing_is_one(answer):
    assert asked(answer).earned == FULL


def test_it_may_come_a_reply_later():
    late = asked(("Is the laptop on?", "f_device"), ("About an hour. Bye.", "close"))

    assert late.earned == FULL


@pytest.mark.parametrize(("replies", "earned"), [(0, FULL), (1, FULL), (2, IGNORED)])
def test_during_the_work_it_is_taken_up_within_two_replies(replies, earned):
    others = [("Is the laptop on?", "f_device"), ("What did you try?", "f_tried")]
    answers = [*others[:replies], ("About an hour more.", "set_expectation"), ("Bye.", "close")]
    found = asked(*answers, before=("Please restart.", "a_restart"), question="Again? How long, this time?")

    assert found.earned == earned


@pytest.mark.parametrize("question", ["And when will they bother?", "When do I hear from you?", "How long??"])
def test_it_may_be_asked_in_other_words(question):
    assert asked(("Bye.", "close"), question=question).earned == IGNORED
    assert asked(("Within the hour, bye.", "close"), question=question).earned == FULL


@pytest.mark.parametrize(
    ("before", "earned"),
    [
        ("The network team takes it, they have it in two hours.", FULL),
        ("I give it to them at once.", FULL),
        ("I don't know how long they take, I pass it on.", FULL),
        ("The network team comes to you with a new one.", IGNORED),
        ("They will call you.", IGNORED),
    ],
)
def test_before_the_question_only_a_time_answers_it(before, earned):
    told = asked(("Bye.", "close"), before=(before, "escalate", "set_expectation"))

    assert told.earned == earned


def test_an_able_attempt_that_leaves_the_question_open_loses_a_little():
    (row,) = play_all(FOLDER, "warm-and-wobbly-expert-plain.yaml")
    asked = next(x for x in row.attempt.lines if "How long will it take?" in x.text)
    found = next(f for f in row.card.criteria if f.id == "questions")

    assert found.earned == IGNORED
    assert {"seq": asked.seq} in found.evidence


LEFT_TO_DO = (
    "Do I need to do anything?",
    "That is fine. Is anything needed from me?",
    "Fine. What happens then?",
    "What should I do now?",
    "Can I keep working with it?",
    "Is it safe?",
)
WHO_CALLS = (
    "Alright. Will they contact me?",
    "Sure, will they call me?",
    "k, they get back to me right?",
    "I see. Will I be contacted directly?",
    "Will somebody call me back?",
)


@pytest.mark.parametrize("question", [*LEFT_TO_DO, *WHO_CALLS])
@pytest.mark.parametrize(
    "answer",
    [
        ("That's all from my side. Bye now.", "inform_done@0.51", "close"),
        ("Goodbye now, have a nice day.", "close"),
        ("Your reference is TKT-20250119-00042. Bye.", "give_ticket", "close"),
        ("Anything else?", "anything_else"),
    ],
)
def test_what_is_left_to_do_and_who_calls_is_asked_for_an_answer_too(question, answer):
    found = asked(answer, question=question)

    assert found.earned == IGNORED
    assert question.split(". ")[-1].split(", ")[-1] in found.why


@pytest.mark.parametrize("question", LEFT_TO_DO)
@pytest.mark.parametrize(
    "answer",
    [
        ("No, nothing. Bye.", "close"),
        ("You can go on with your work.", "set_expectation"),
        ("Just leave it plugged in, bye.", "close"),
        ("Please don't touch it.",),
        ("Yes. Bye.", "close"),
        ("They'll take it from here. Bye.", "close"),
        ("Take the box out.", "a_take_out"),
        ("I don't know yet, sorry.", "apologise"),
    ],
)
def test_what_they_may_do_or_that_it_is_nothing_answers_what_is_left_to_do(question, answer):
    assert asked(answer, question=question).earned == FULL


@pytest.mark.parametrize("question", WHO_CALLS)
@pytest.mark.parametrize(
    "answer",
    [
        ("Yes, by phone. Bye.", "close"),
        ("They will ring you today.", "set_expectation"),
        ("You'll hear from them, bye.", "close"),
        ("No, I will. Bye.", "close"),
    ],
)
def test_yes_no_or_a_promise_answers_who_calls(question, answer):
    assert asked(answer, question=question).earned == FULL


def test_what_was_said_just_before_answers_it():
    nothing = ("I give it to the network team, you need not do anything.", "escalate")
    contact = ("The network team has it, they will call you.", "escalate")
    bye = ("Bye.", "close")

    assert asked(bye, before=nothing, question=LEFT_TO_DO[0]).earned == FULL
    assert asked(bye, before=contact, question=WHO_CALLS[0]).earned == FULL
    assert asked(bye, before=contact, question=LEFT_TO_DO[0]).earned == IGNORED


@pytest.mark.parametrize(
    "said", ["Shall I test it now?", "I will do what I can.", "Can I send you a picture?", "Should it not?"]
)
def test_other_questions_are_no_such_question(said):
    assert asked(("Bye.", "close"), question=said).earned == FULL
