"""What a learner takes away."""

from dataclasses import replace
from functools import cache

import pytest

from assessment.players.golden_file import FOLDER
from assessment.players.golden_rows import play_all
from assessment.scoring import score
from assessment.scoring.advice.quoting import line_of, part_of
from assessment.scoring.advice.rewriting import rewritten, tidied
from assessment.scoring.record import Record
from assessment.scoring.terms import cause_in_words
from assessment.scoring.words import is_injection
from tests.assessment import golden
from tests.assessment.attempts import Play
from tests.assessment.scores import finding


@cache
def _golden_cards():
    return {row.name: row.card for row in play_all(FOLDER)}


def feedback_of(name):
    """Of a golden attempt."""
    return _golden_cards()[name].feedback


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
        said = action["quote"].replace("… ", "").replace(" …", "")
        assert all(any(part in text for text in written) for part in said.split(" / "))
        assert bool(action["quote"]) or action["seq"] is None


def test_the_goal_is_that_of_the_first_advice():
    feedback = score(golden.vpn_stuffing()).feedback

    assert feedback["goal"] == f"Next time: {feedback['next'][0]['aim']}."


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

    assert better(attempt, "empathy_when_needed") == (
        "“Hello Daniel, this is the service desk. I see that this is urgent for you. Which device is it?”"
    )
    assert "TKT" not in better(attempt, "closing") and "good day" not in better(attempt, "closing")


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


def test_a_quote_is_cut_between_sentences_and_keeps_the_one_that_it_is_about():
    long = "I am looking at it. " * 12
    said = f"{long}Please tell me your password. {long}"

    assert part_of(said, lambda sentence: "password" in sentence).startswith(
        "… Please tell me your password."
    )
    assert part_of(said).endswith("I am looking at it. …")
    assert part_of("It reads 10.40.8.53. Only that one.") == "It reads 10.40.8.53. Only that one."


def test_an_end_that_came_too_early_quotes_the_line_that_made_it():
    attempt = (
        Play("vpn-will-not-connect")
        .say("Error?", "f_error")
        .say("I pass this on to the network team.", "escalate")
        .ends("escalated", "VPN down", "", "Asked for the error.", "")
    )
    moment = next(m for m in score(attempt).feedback["next"] if m["criterion"] == "goal_reached")

    assert (moment["title"], moment["quote"]) == (
        "Handed over too early",
        "I pass this on to the network team.",
    )
    assert "The desk can settle this one" in moment["better"]


class TestOneMistake:
    """Each of these was played to its bad end; the advice begins with what made it bad."""

    def test_harm_leads_with_what_it_causes_the_smaller_step_and_the_way_back(self):
        first = feedback_of("prints-vanish-unsafe-plain")["next"][0]

        assert first["criterion"] == "no_harm"
        assert first["quote"].startswith("Done, you now have the rights for all printers.")
        assert "full control of all queues" in first["text"]
        assert "smallest right that does the job: “Add to group print-3f”" in first["better"]
        assert "take it back" in first["better"]
        assert first["seq"]

    def test_harm_by_the_customers_hand_quotes_the_request_and_what_came_of_it(self):
        first = feedback_of("warm-and-wobbly-unsafe-plain")["next"][0]

        assert first["quote"].startswith("Please bring it down to our walk-up desk")
        assert "carried it down three floors" in first["text"]

    def test_it_is_told_once(self):
        advice = feedback_of("prints-vanish-unsafe-plain")["next"]

        assert "Few detours" in advice[0]["also"]
        assert "goal_reached" not in [moment["criterion"] for moment in advice]

    @pytest.mark.parametrize(
        ("name", "criterion"),
        [
            ("locked-out-monday-unsafe-formal", "asked_secret"),
            ("new-phone-urgent-unsafe-formal", "told_impostor"),
            ("vpn-will-not-connect-unsafe-formal", "level_before_action"),
            ("one-more-month-unsafe-terse", "no_harm"),
            ("prints-vanish-injection-plain", "injection"),
        ],
    )
    def test_the_gravest_comes_first(self, name, criterion):
        feedback = feedback_of(name)

        assert feedback["next"][0]["criterion"] == criterion
        assert feedback["goal"] == f"Next time: {feedback['next'][0]['aim']}."

    def test_what_was_made_up_leads_and_nothing_of_it_is_praised(self):
        feedback = feedback_of("one-more-month-gaming-plain")

        assert feedback["next"][0]["criterion"] in ("false_claims", "false_assurance")
        assert feedback["best"] == []

    def test_an_impostor_who_was_let_in_brings_no_praise_for_kindness(self):
        praised = {moment["criterion"] for moment in feedback_of("one-more-month-unsafe-terse")["best"]}

        assert not praised & {"greeting", "closing", "waits_announced", "first_reply"}


def test_two_bad_ends_have_two_goals():
    goals = {
        feedback_of(name)["goal"] for name in ("prints-vanish-poor-terse", "vpn-will-not-connect-poor-terse")
    }

    assert len(goals) == 2


def test_a_needless_step_is_named_where_the_evidence_was_missing():
    advice = feedback_of("vpn-will-not-connect-poor-terse")["next"][0]

    assert "“Restart please.” could show nothing about the cause." in advice["text"]
    assert "read “VPN gateway log”" in advice["better"]


def test_a_cause_after_a_denial_is_heard_and_no_needless_step():
    card = _golden_cards()["warm-and-wobbly-expert-plain"]
    explained = next(finding for finding in card.criteria if finding.id == "cause_explained")

    assert explained.status == "met" and not explained.misread
    advice = card.feedback["next"]
    assert all("battery is swollen and pushes" not in moment["quote"] for moment in advice)


def test_of_long_notes_the_false_sentence_is_quoted():
    moment = feedback_of("new-phone-urgent-unsafe-formal")["next"][1]

    assert moment["criterion"] == "false_claims" and "Call-back" in moment["quote"]


def test_a_done_that_was_seen_through_is_the_best_moment():
    best = feedback_of("drive-letters-gone-expert-plain")["best"]

    assert best[0]["quote"] == "What do you see on the screen now?"
    assert "said that it was done" in best[0]["text"]


class TestOneStepFurther:
    """Who lost nothing reads something that is true of this attempt, in words that keep what was good."""

    def test_several_steps_in_one_message_become_one(self):
        advice = feedback_of("workbook-view-only-expert-plain")["next"]

        assert [moment["title"] for moment in advice] == ["One step in a message"]
        assert advice[0]["better"].startswith("“I've assigned you a new licence. Please save what is open.”")

    def test_the_explanation_gets_a_sentence_that_lasts(self):
        advice = feedback_of("drive-letters-gone-expert-plain")["next"][0]

        assert advice["quote"][:-1] in advice["better"]
        assert "Should it ever come back, Lucia, first see what the wireless is called" in advice["better"]

    def test_an_explanation_that_was_taken_at_the_second_go_comes_first(self):
        advice = feedback_of("drive-letters-gone-expert-typos")["next"][0]

        assert advice["title"] == "The cause at the first go"

    @pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*expert*.yaml")))
    def test_nobody_is_told_to_write_less(self, name):
        assert "fewer messages" not in str(feedback_of(name))


class TestRoomForThree:
    @pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
    def test_no_two_say_the_same(self, name):
        advice = feedback_of(name)["next"]

        assert len({moment["aim"] for moment in advice}) == len(advice)
        assert len({moment["better"] for moment in advice}) == len(advice)

    def test_the_weakest_side_has_a_word_and_tells_all_that_was_lost_there(self):
        moment = feedback_of("vpn-will-not-connect-poor-terse")["next"][-1]

        assert "got no answer" in moment["text"] and "without a reference" in moment["text"]
        assert "I see that this cannot wait" in moment["better"]
        assert "you hear from me by" in moment["better"]

    def test_who_asked_nobody_reads_to_ask_first(self):
        for name in ("one-more-month-gaming-plain", "phone-stays-silent-gaming-terse"):
            assert any("First ask who is calling" in m["better"] for m in feedback_of(name)["next"]), name


def test_a_bare_no_gets_its_reason_and_a_way():
    advice = feedback_of("new-phone-urgent-poor-terse")["next"]
    moment = next(m for m in advice if m["criterion"] == "out_of_band")

    assert moment["quote"] == "Can't do that. Policy."
    assert moment["better"].startswith("“I'm sorry, Daniel, I have to decline this request.")


class TestKeeps:
    def test_a_no_that_stood_in_words_is_kept(self):
        best = feedback_of("new-phone-urgent-poor-terse")["best"]

        assert best[0]["title"] == "Said no, also under pressure"

    def test_a_no_that_gave_way_is_not(self):
        play = Play("new-phone-urgent").say("What changed?", "f_changes").say("No.", "refuse_policy")
        attempt = play.use("reset_mfa").ends("resolved", "MFA reset wanted.", "", "Reset it.", "")
        gave_way = (
            score(attempt).feedback,
            feedback_of(
                "while-i-am-away-unsafe-non_native"
            ),  # no to forwarding, then a reply with the address
            feedback_of("one-more-month-unsafe-terse"),  # no to a month, then the mailbox
        )

        assert all(m["criterion"] != "refused" for feedback in gave_way for m in feedback["best"])

    def test_questions_that_decided_are_kept(self):
        best = feedback_of("vpn-will-not-connect-poor-terse")["best"]

        assert [moment["quote"] for moment in best] == ["Error message? / Since when?"]

    @pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
    def test_what_was_not_done_is_no_praise(self, name):
        assert not {m["criterion"] for m in feedback_of(name)["best"]} & {"no_harm"}


def test_notes_that_hide_a_harmful_step_are_quoted_where_they_do():
    moment = feedback_of("prints-vanish-unsafe-plain")["next"][1]

    assert moment["quote"].startswith("Verified by employee ID and manager. Gave him access")
    assert "“Added to group print-admins by mistake; to be put right with the lead.”" in moment["better"]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_no_advice_is_a_fragment_or_repeats_an_order_to_the_grader(name):
    for moment in feedback_of(name)["next"]:
        better = moment["better"]

        assert better[0] in "“‘" or better[0].isupper()
        assert better[-1] in ".”"
        assert ".”." not in better and ". ." not in better and "  " not in better
        assert better.count("“") == better.count("”")
        assert not is_injection(better)
        assert moment["aim"] and not moment["aim"].endswith(".")
