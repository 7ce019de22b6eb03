"""Better wordings that fit what had been said and done: proof, safety, a no, what was asked already."""

from dataclasses import replace

import pytest

from assessment.scoring import score
from assessment.scoring.advice.asking import who_is_calling
from assessment.scoring.advice.quoting import line_of, quoted
from assessment.scoring.advice.rewriting import rewritten
from assessment.scoring.record import Record
from scenarios.world.document import Enough, Policy
from tests.assessment.attempts import Play
from tests.assessment.scores import finding

NOTES = ("View only.", "", "Assigned the licence.", "")


def edda() -> Play:
    """Asked for her number, which she lacks, and her manager, whom she names."""
    return (
        Play("workbook-view-only").say("Your number and your manager?", "id_employee", "id_manager").looks()
    )


def better(attempt, criterion: str) -> str:
    record = Record(attempt)
    found = finding(attempt, criterion)
    return rewritten(record, found, line_of(record, found))


class TestProof:
    def test_what_the_caller_lacks_is_not_asked_for_again(self):
        attempt = edda().use("assign_licence").ends("resolved", *NOTES)

        assert better(attempt, "level_before_action").endswith(
            "“We can make sure in another way. Which asset tag is on your device?”"
        )
        assert better(attempt, "independent_items").startswith("Ask for the asset tag, look each up")

    def test_where_no_item_is_left_the_call_back_is_offered(self):
        attempt = edda().use("assign_licence").ends("resolved", *NOTES)
        few = Policy(
            low=[Enough(any=2, of=["employee_id", "manager"])], high=attempt.world.identity.policy.high
        )
        identity = attempt.world.identity.model_copy(update={"policy": few})
        world = attempt.world.model_copy(update={"identity": identity})

        said = who_is_calling(Record(replace(attempt, world=world)))

        assert (
            said
            == "We can make sure in another way. I will ring you back on the number that we have on record."
        )

    def test_who_was_never_asked_is_asked_for_what_policy_takes(self):
        attempt = Play("workbook-view-only").use("assign_licence").ends("resolved", *NOTES)

        assert "What is your employee number? Which asset tag is on your device?" in better(
            attempt, "level_before_action"
        )

    @pytest.mark.parametrize(
        "waiver",
        [
            "Never mind the number, that's fine.",
            "That is okay, I believe you.",
            "No problem, we can skip that this time.",
            "Doesn't matter, the manager is good enough for me.",
            "Don't worry about it, let us go on.",
            "I'll make an exception just this once.",
            "ok no need for the employee number then",
        ],
    )
    def test_the_line_that_did_without_proof_is_quoted(self, waiver):
        play = edda().say(f"{waiver} What does the strip say?", "f_error")
        attempt = play.use("assign_licence").ends("resolved", *NOTES)
        first = score(attempt).feedback["next"][0]

        assert first["criterion"] == "level_before_action"
        assert waiver in first["quote"] and first["seq"] == play.lines[-2].seq

    @pytest.mark.parametrize(
        ("said", "acts"),
        [
            ("Never mind the number, which asset tag is on it?", ("id_asset",)),
            ("That is fine, who is your manager?", ("id_manager",)),
            ("It is fine that the file opens.", ("inform_done",)),
            ("Does it open in the browser?", ("a_other_way",)),
            ("I see. What does the strip say?", ("f_error",)),
        ],
    )
    def test_a_line_that_goes_on_asking_for_proof_or_speaks_of_something_else_waives_nothing(
        self, said, acts
    ):
        play = Play("workbook-view-only").say("Hello", "greet").say(said, *acts)
        attempt = play.say("Thank you.", "thank").use("assign_licence").ends("resolved", *NOTES)
        row = finding(attempt, "level_before_action")

        assert row.status == "not"
        assert quoted(Record(attempt), row).text == "Assign licence: Office apps"


class TestNo:
    def test_a_no_to_an_impostor_promises_no_later_yes(self):
        attempt = Play("new-phone-urgent").use("reset_mfa").ends("resolved", "New phone.", "", "Reset.", "")
        said = better(attempt, "no_harm")

        assert "before a call-back" not in said and "I have to decline this request" in said
        assert "“Reported to security: a caller in the name of Daniel Osei; no proof was asked for." in said
        assert "Done and to be put right: ‘Reset second factor’.”" in said

    def test_the_report_tells_what_failed_and_what_did_not_fit(self):
        play = Play("new-phone-urgent").say("Tag? I ring you back.", "id_asset", "id_callback")
        attempt = play.use("sign_in_log").ends("declined", "New phone.", "", "Declined.", "")

        assert better(attempt, "goal_reached") == (
            "Tick “report to security” as well, with the note: “Reported to security: a caller in the name of "
            "Daniel Osei; no asset tag was given, the call-back failed and ‘Sign-in log’ does not fit the story. "
            "Nothing was changed.” The next desk may be called in ten minutes."
        )
        assert "Reported to security" in finding(attempt, "reported").better

    def test_an_impostor_is_offered_no_reference(self):
        attempt = Play("new-phone-urgent").say("Hello", "greet").ends("declined", "", "", "", "")

        assert finding(attempt, "closing").better.startswith("“I have to decline this")


class TestSafety:
    def test_what_is_dangerous_is_made_safe_before_any_question(self):
        play = Play("warm-and-wobbly").say("Please restart.", "a_restart")
        attempt = play.ends("resolved", "Pointer clicks.", "", "Restart.", "")
        safe = "First of all make it safe: “Please shut the laptop down now and unplug it at the wall."

        assert better(attempt, "critical_facts").startswith(safe)
        assert better(attempt, "goal_reached").startswith(safe)
        assert (
            score(attempt)
            .feedback["goal"]
            .startswith("Next time: make it safe before your next question: “Please shut")
        )

    def test_once_it_is_safe_the_questions_come(self):
        play = Play("warm-and-wobbly").say("Off, please.", "a_power_off").say("On the sill.", "a_set_aside")
        attempt = play.ends("resolved", "Pointer clicks.", "", "Off.", "")

        assert better(attempt, "critical_facts").startswith("Before you hand it over, ask “How warm is it")


class TestAsked:
    def test_what_was_asked_only_after_the_change_is_not_advised_as_if_it_never_was(self):
        play = Play("prints-vanish").say("Number? Manager?", "id_employee", "id_manager").looks()
        play.use("print_server_log", "add_print_group").say(
            "Choose the new one.", "a_pick_printer"
        ).makes_sure()
        attempt = (
            play.say("Try.", "a_reconnect").say("What changed?", "f_changes").ends("resolved", "", "", "", "")
        )
        said = better(attempt, "critical_facts")

        assert "What you did only afterwards belongs before the change: ask “Did anything change" in said

    def test_a_question_that_was_dodged_is_asked_again_after_a_kind_word(self):
        attempt = Play("parcel-on-hold").say("Did you click?", "f_clicked").ends("resolved", "", "", "", "")

        assert "tell Tilda that nobody is blamed, then ask “Did you click on anything in it" in better(
            attempt, "critical_facts"
        )


class TestNotes:
    def test_what_was_never_found_out_is_to_be_found_first(self):
        attempt = (
            Play("branch-office-crawl").say("Others too?", "f_scope").ends("resolved", "Slow.", "", "", "")
        )
        said = better(attempt, "required_points")

        assert "Find out first, and then write: hotspot works and server address." in said
        assert "that nobody was verified" in said and "that the cause is still open" in said
        assert "how the caller was verified" not in said


class TestPraise:
    def test_a_short_question_on_which_the_ticket_turns_is_kept(self):
        play = Play("branch-office-crawl").say("Error?", "f_error").say("Lately anything new?", "f_changes")
        attempt = play.say("Bye.", "close").ends("resolved", "Slow.", "", "Asked.", "")
        best = score(attempt).feedback["best"]

        assert ("A question that decides", "Lately anything new?") in [(m["title"], m["quote"]) for m in best]

    def test_a_heap_of_questions_is_not(self):
        play = Play("branch-office-crawl").say("Hello.", "greet")
        play.say("Changes? Others? Error? Since when?", "f_changes", "f_impact", "f_error", "f_when")
        attempt = play.say("Bye.", "close").ends("resolved", "Slow.", "", "Asked.", "")

        assert all(m["title"] != "A question that decides" for m in score(attempt).feedback["best"])
