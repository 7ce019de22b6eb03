"""What a learner takes away."""

from dataclasses import replace

import pytest

from assessment.scoring import score
from assessment.scoring.quoting import line_of
from assessment.scoring.record import Record
from assessment.scoring.rewriting import rewritten, tidied
from assessment.scoring.terms import cause_in_words
from tests.assessment import golden
from tests.assessment.attempts import Play
from tests.assessment.scores import finding


@pytest.mark.parametrize("play", golden.ALL)
def test_at_most_three_best_moments_and_three_next_actions(play):
    feedback = score(play()).feedback

    assert len(feedback["best"]) <= 3
    assert len(feedback["next"]) <= 3
    assert feedback["goal"].startswith("Next time: ")


def test_a_next_action_quotes_the_learner_and_says_it_better():
    attempt = golden.vpn_poor()
    written = [line.text for line in attempt.lines if line.sender == "user"]
    written += [*attempt.resolution["documentation"].values(), attempt.resolution["reason"]]

    for action in score(attempt).feedback["next"]:
        assert action["better"]
        assert all(part in written for part in action["quote"].split(" / ") if part)
        assert bool(action["quote"]) or action["seq"] is None


def test_the_goal_is_what_weighed_most():
    attempt = golden.vpn_stuffing()

    assert score(attempt).feedback["goal"] == "Next time: prove who is calling before you change anything."


def test_praise_needs_points():
    card = score(golden.vpn_to_the_grader())

    assert all(moment["criterion"] != "abuse" for moment in card.feedback["best"])


def better(attempt, criterion: str) -> str:
    """What the feedback would say of a criterion, whatever weighs more."""
    record = Record(attempt)
    found = finding(attempt, criterion)
    return rewritten(record, found, line_of(record, found))


def vpn(*lines, **notes):
    play = Play("vpn-will-not-connect")
    for text, *acts in lines:
        play.say(text, *acts)
    return play.ends("resolved", notes.get("problem", ""), "", notes.get("steps", "none"), "")


def test_a_value_that_was_given_away_becomes_an_open_question():
    attempt = vpn(("whats ur manager, is it owen?", "id_manager", "disclose:manager"))

    assert better(attempt, "nothing_given_away") == "“Who is your manager?”"


def test_a_bare_question_gets_its_greeting_and_keeps_its_question():
    attempt = vpn(("ur error pls?", "f_error"))

    assert better(attempt, "greeting") == (
        "“Hello Maria, this is the service desk. What exactly does the message say?”"
    )


def test_short_forms_are_written_out():
    assert tidied("can u plz click renew") == "Can you please click renew?"


def test_of_four_questions_two_are_asked():
    attempt = vpn(("Number, manager, tag, error?", "id_employee", "id_manager", "id_asset", "f_error"))

    assert better(attempt, "questions").startswith("“What is your employee number? Who is your manager?”")


def test_a_repeated_question_is_answered_with_what_the_customer_had_said():
    attempt = vpn(
        ("Did anything change?", "f_changes"), ("What changed?", "f_changes"), ("Changed?", "f_changes")
    )

    assert "been on leave for six weeks" in better(attempt, "questions")


def test_kindness_takes_up_the_words_it_follows():
    attempt = vpn(("Error?", "f_error"))

    assert "i really need it today" in better(attempt, "empathy_when_needed")
    assert "What exactly does the message say?" in better(attempt, "empathy_when_needed")


def test_nobody_promises_an_impostor_anything():
    attempt = Play("new-phone-urgent").say("Which phone?", "f_device").ends("declined", "", "", "", "")

    assert better(attempt, "empathy_when_needed").startswith("“I see that this is urgent for you, Daniel.")


def test_what_was_seen_and_not_written_is_put_into_the_notes():
    attempt = vpn(("Error?", "f_error"), problem="VPN")

    assert "0x800B0101" in better(attempt, "required_points")


def test_an_absence_quotes_no_line():
    attempt = golden.vpn_expert()

    assert line_of(Record(attempt), finding(attempt, "no_harm")) is None
    assert all(m["criterion"] != "no_harm" or not m["quote"] for m in score(attempt).feedback["best"])


def test_a_fact_that_came_by_a_guess_quotes_no_line():
    attempt = vpn(("Dont threaten me.", "f_changes@0.3"))

    assert line_of(Record(attempt), finding(attempt, "critical_facts")) is None


@pytest.mark.parametrize("play", golden.ALL)
def test_no_rewriting_gives_a_value_of_the_record_away(play):
    attempt = play()
    record = attempt.world.identity.directory
    advice = " ".join(action["better"] for action in score(attempt).feedback["next"])

    assert not [
        v for v in (record.employee_id, record.asset_tag, record.manager, record.phone_on_file) if v in advice
    ]


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        (["password you had before", "the phone is still using"], ""),
        (["phone is still using", "password was changed"], "the password was changed"),
    ],
)
def test_a_cause_that_is_no_whole_sentence_is_not_put_into_one(said, clause):
    attempt = golden.vpn_expert()
    cause = attempt.world.root_cause.model_copy(update={"say_any": said})
    world = attempt.world.model_copy(update={"root_cause": cause})

    assert cause_in_words(Record(replace(attempt, world=world))) == clause


def test_what_the_end_lacked_quotes_no_line():
    moment = next(m for m in score(golden.vpn_unsafe()).feedback["next"] if m["criterion"] == "goal_reached")

    assert (moment["seq"], moment["quote"]) == (None, "")
