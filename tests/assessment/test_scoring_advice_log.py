"""Advice that agrees with the log: what was done is not called nothing, nobody is sent to test twice or told to leave."""

from functools import cache

import pytest

from assessment.scoring import Attempt, score
from assessment.scoring.advice.harming import nature
from assessment.scoring.advice.noting import true_notes
from assessment.scoring.advice.quoting import line_of, part_of
from assessment.scoring.advice.rewriting import rewritten
from assessment.scoring.attempt import Happening
from assessment.scoring.notes.told import Told
from assessment.scoring.record import Record
from tests.assessment.attempts import Play
from tests.assessment.scores import finding

SYMPTOM = "Both big screens dark since this morning."


def better(attempt: Attempt, criterion: str) -> str:
    found = finding(attempt, criterion)
    record = Record(attempt)
    return rewritten(record, found, line_of(record, found))


@cache
def guessed() -> Attempt:
    """Nobody asked who was calling; four things tried, one of which took the colours, the last of which helped."""
    play = Play("both-screens-dark").say("Good morning Nils, what a start to the day!", "greet", "empathise")
    play.say("Please restart the laptop.", "a_restart").makes_sure()
    play.say("Please take the dock's power away.", "a_dock_power").makes_sure()
    play.say("Please put the graphics driver on again.", "a_graphics_driver").makes_sure()
    play.say("Please put the plug into the other side.", "a_move_port").makes_sure()
    play.say("Pull a window over to them please.", "a_reconnect").say("Have a nice day Nils, bye!", "close")
    return play.ends("resolved", SYMPTOM, "", "Verified by employee ID.", "")


@cache
def meetings(cause: str = "Stale delegate, tablet.") -> Attempt:
    """All that decides was found, the right thing done, and the goodbye said over an open protest."""
    play = Play("meetings-wander").say("What does the mail say?", "f_decline", "f_frequency").makes_sure()
    play.use("change_history", "delegate_list", "ask_owner", "remove_delegate", "end_sessions")
    play.say("Changed it on the server. Closing this ticket.", "inform_done", "close")
    return play.ends("resolved", "Calendar declines by itself.", cause, "Removed, signed out.", "")


class TestWhatWasDone:
    def test_steps_that_were_tried_are_not_called_nothing(self):
        said = true_notes(Record(guessed()))

        assert "nothing was" not in said
        assert "Here that is: by Nils, on your word" in said and said.count("“") == 3
        assert "graphics driver" in said  # what changed something comes before what did not

    def test_what_was_only_told_is_said_in_the_customers_words(self):
        play = Play("both-screens-dark").say("Did anything change?", "f_changes")
        said = true_notes(Record(play.ends("resolved", SYMPTOM, "", "Verified.", "")))

        assert "what Nils told you: “" in said and "nothing was" not in said

    def test_nothing_is_nothing(self):
        idle = Play("both-screens-dark").say("Hello", "greet").ends("resolved", SYMPTOM, "", "Verified.", "")

        assert "nothing was checked or done" in true_notes(Record(idle))


class TestTheEnd:
    def test_who_had_the_customer_try_it_is_not_told_to_test(self):
        said = better(guessed(), "goal_reached")

        assert said.startswith("First ask who is calling") and "Does it work now" not in said

    def test_the_mistake_is_called_what_it_is(self):
        titles = [moment["title"] for moment in score(guessed()).feedback["next"]]

        assert "Repaired without knowing for whom" in titles and "Closed without the last step" not in titles

    def test_what_was_lost_on_the_way_has_a_word(self):
        assert "no_harm" in [moment["criterion"] for moment in score(guessed()).feedback["next"]]

    def test_nobody_is_told_how_to_say_goodbye_who_should_stay(self):
        assert "bye" not in better(meetings(), "closing") and "what does not work yet" in better(
            meetings(), "closing"
        )
        assert "bye" in better(guessed(), "closing")

    def test_going_on_names_what_comes_next(self):
        said = better(meetings(), "goal_reached")

        assert "Next comes" not in said
        assert said.endswith("device?” Have Femi try it while you are there, and close when it works.")


class TestTheTest:
    def test_a_change_that_nobody_tried_is_not_called_no_fix(self):
        assert finding(meetings(), "fix_confirmed").why.startswith("Nobody had the customer try it")

    def test_where_nothing_was_changed_there_was_no_fix(self):
        play = Play("meetings-wander").say("What does the mail say?", "f_decline").makes_sure()

        assert "no fix" in finding(play.ends("resolved", "", "", "", ""), "fix_confirmed").why


class TestBest:
    def test_no_quote_stands_there_twice(self):
        quotes = [moment["quote"] for moment in score(guessed()).feedback["best"] if moment["quote"]]

        assert len(quotes) == len(set(quotes))

    def test_a_done_that_a_second_question_brought_about_is_kept(self):
        for seed in range(40):
            play = Play("both-screens-dark", seed=seed).say(
                "Hello Nils, I see how this holds you up.", "greet"
            )
            play.say("Please put the plug into the other side.", "a_move_port")
            if not play.state.claimed:
                continue
            play.say("Did the plug really go over? Please move it to the right.", "a_move_port")
            play.say("Pull a window over please.", "a_reconnect")
            best = score(play.ends("resolved", SYMPTOM, "", "", "")).feedback["best"]
            assert "Did the plug really go over?" in best[0]["quote"]
            return
        pytest.fail("No customer of these claimed to have done it.")


class TestCause:
    @pytest.mark.parametrize(
        "written",
        ["Stale delegate, tablet.", "The tablet of her former assistant still declined on her behalf."],
    )
    def test_the_notes_may_say_it_as_a_customer_would_be_told(self, written):
        assert Told(Record(meetings(written))).parts["cause"] == "true"

    @pytest.mark.parametrize("written", ["Not a delegate, unclear.", "Calendar trouble of the server."])
    def test_what_is_denied_or_another_is_not_it(self, written):
        assert Told(Record(meetings(written))).parts["cause"] != "true"


@pytest.mark.parametrize(
    ("slug", "action", "kind"),
    [
        ("blue-page", "show_key", "told"),
        ("prints-vanish", "add_print_admins", "opened"),
        ("both-screens-dark", "order_monitors", "changed"),
    ],
)
def test_harm_is_worded_by_what_it_is(slug, action, kind):
    record = Record(Play(slug).say("Hello", "greet").ends("resolved", "", "", "", ""))

    assert nature(record, Happening(1, "action", {"action": action}, 0.0)) == kind


def test_what_was_shown_is_not_to_be_taken_back():
    play = Play("blue-page").say("Hello", "greet").use("show_key")
    first = score(play.ends("resolved", "Blue page.", "", "", "")).feedback["next"][0]

    assert "cannot be taken back" in first["better"]
    assert "change nothing" not in first["aim"] and "tell and show nothing" in first["aim"]


def test_a_long_sentence_is_cut_where_a_clause_ends():
    long = "Your laptop was plugged in on the left, where it only charges, and the cleaners had moved the cable in the night"

    assert part_of(long, longest=80) == "Your laptop was plugged in on the left, where it only charges …"


class TestRoom:
    """Where nothing graver wants it, each mistake has a sentence of its own."""

    def quiet(self, *cited: str) -> Attempt:
        play = Play("both-screens-dark").say("Your number and your tag?", "id_employee", "id_asset").looks()
        play.say("Did anything change?", "f_changes").say("Keyboard and mouse?", "f_dock")
        play.say("Which sign is beside the port?", "f_port_sign").makes_sure().use("asset_register")
        play.say("Put the plug into the other side.", "a_move_port").makes_sure()
        play.say("Pull a window over.", "a_reconnect", after=400)
        notes = (
            "Both screens dark since the cleaning.",
            "Dock was in the left port, which carries no video.",
            "Verified by employee ID and asset tag. Moved the dock to the right port.",
            "Customer confirmed both screens.",
        )
        return play.triaged().ends("resolved", *notes, cited=cited)

    def test_what_was_lost_in_the_talk_is_told_one_by_one(self):
        told = score(self.quiet()).feedback["next"]

        assert len(told) == 3 and len({moment["criterion"] for moment in told}) == 3

    def test_an_article_that_was_cited_unread_is_told(self):
        attempt = self.quiet("dock-screens-dark")

        assert "Open “dock screens dark” before you cite it" in better(attempt, "right_article")
        assert "right_article" not in [m["criterion"] for m in score(self.quiet()).feedback["next"]]
