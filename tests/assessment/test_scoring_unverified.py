"""Notes where nobody was verified: what they should say, what they hide, and that saying so is true."""

import pytest

from assessment.scoring.notes.told import Told
from assessment.scoring.record import Record
from tests.assessment import golden
from tests.assessment.attempts import Play, reworded
from tests.assessment.scores import finding

SKIPPED = "that nobody was verified"
FAILED = "that the check of who was calling failed"
PARTLY = "that the caller proved too little"


def skipped(kind="resolved", **end):
    """The error read and the certificate renewed for nobody in particular."""
    play = Play("vpn-will-not-connect").say("What does it say?", "f_error").use("reissue_cert")
    return play.ends(kind, "VPN failed with 0x800B0101.", "", "Certificate re-issued.", "", **end)


def failed(kind="declined", **end):
    """A call-back to the number on record, which somebody else's phone answered, or nobody."""
    play = Play("new-phone-urgent").say("I ring you back on the number we hold.", "id_callback")
    return play.ends(kind, "Wants the second factor reset.", "", "No reset.", "", **end)


def half(kind="escalated", **end):
    play = Play("vpn-will-not-connect").say("Employee number?", "id_employee").looks()
    return play.ends(kind, "VPN failed.", "", "Looked at it.", "", team="network-l2", **end)


def why(attempt, steps):
    return finding(reworded(attempt, steps=steps), "required_points").why


ADMITTED = [
    (skipped, "Caller was not verified. Certificate re-issued."),
    (skipped, "I forgot to verify the caller; certificate re-issued."),
    (skipped, "Unverified caller, cert reissued."),
    (skipped, "Nobody asked who was calling. Re-issued the certificate."),
    (skipped, "Verification skipped because of the hurry."),
    (skipped, "No ID check done, cert reissued."),
    (skipped, "Certificate re-issued without proof of identity."),
    (failed, "Call-back failed. No reset."),
    (failed, "call-back: no answer, no reset"),
    (failed, "Identity could not be confirmed, so no reset."),
    (failed, "Caller not verified. Nothing changed."),
    (failed, "Rang back, nobody answered."),
    (half, "Only the employee number was given, no second proof."),
    (half, "Caller not fully verified."),
]
HIDDEN = [
    (skipped, "Certificate re-issued and renewed.", SKIPPED),
    (skipped, "Checked the error, re-issued the certificate.", SKIPPED),
    (skipped, "Helped the customer with the certificate.", SKIPPED),
    (failed, "No reset was made.", FAILED),
    (failed, "Request declined by policy.", FAILED),
    (failed, "Explained that he has to come in.", FAILED),
    (half, "Looked at the VPN and passed it on.", PARTLY),
]


@pytest.mark.parametrize(("attempt", "steps"), ADMITTED)
def test_who_says_so_has_not_hidden_it_and_is_not_denied(attempt, steps):
    noted = reworded(attempt(), steps=steps)
    told = finding(noted, "required_points").why

    assert "leave out" not in told
    assert "how the caller was verified" not in told.partition("Not borne out by the log")[2]
    assert Told(Record(noted)).parts["verification"] in ("true", "beside")
    assert finding(noted, "false_claims").earned == 0


def test_in_words_that_the_scenario_knows_it_is_the_point():
    honest = finding(reworded(skipped(), steps="Caller was not verified. Re-issued."), "required_points")
    silent = finding(reworded(skipped(), steps="Re-issued."), "required_points")

    assert honest.earned == silent.earned + 10


def test_a_check_that_never_was_cannot_have_failed():
    why = finding(reworded(skipped(), steps="Call-back failed."), "required_points").why

    assert f"{SKIPPED} and how it ended" in why


@pytest.mark.parametrize(("attempt", "steps", "what"), HIDDEN)
def test_what_the_notes_hide_of_it_is_named(attempt, steps, what):
    told = why(attempt(), steps)

    assert what in told
    assert "how the caller was verified" not in told


@pytest.mark.parametrize("kind", ["resolved", "escalated", "declined"])
def test_it_is_named_however_the_ticket_ended(kind):
    assert SKIPPED in why(skipped(kind, reason="Cannot be done here."), "Passed on.")
    assert FAILED in why(failed(kind, reason="Cannot be done here."), "Passed on.")


def test_a_reason_that_tells_it_is_enough():
    told = finding(failed(reason="Call-back was not answered."), "required_points").why

    assert FAILED not in told


def test_words_that_hide_it_are_answered_by_what_was_so():
    told = why(skipped(), "Verified by employee ID and manager.")

    assert "Not borne out by the log: how the caller was verified" in told
    assert told.endswith(f"The notes leave out {SKIPPED}.")


def test_what_to_write_is_that_nobody_was_verified():
    points, structure = (finding(skipped(), row).better for row in ("required_points", "structure"))

    assert SKIPPED in points and SKIPPED in structure
    assert "how the caller was verified" not in points + structure


def test_a_caller_who_was_verified_is_not_called_unknown():
    row = finding(reworded(golden.vpn_expert(), steps="Re-issued."), "required_points")

    assert "how the caller was verified" in row.why
    assert SKIPPED not in row.why


@pytest.mark.parametrize(
    ("act", "told", "unknown"),
    [
        ("f_error", "the exact error message, the cause", "what changed before"),
        ("f_changes", "what changed before, the cause", "the exact error message"),
        ("f_tried", "what was done about it", "the exact error message, what changed before and the cause"),
        ("f_network", "what was done about it", "the exact error message, what changed before and the cause"),
    ],
)
def test_what_was_found_is_asked_for_and_what_was_not_is_to_be_found_first(act, told, unknown):
    play = Play("vpn-will-not-connect").say("Tell me, please?", act)
    better = finding(play.ends("resolved", "VPN.", "", "None.", ""), "required_points").better
    known, _, first = better.partition(" First ")

    assert known.startswith(f"Write what you saw and did in this session: {told}, ")
    assert first == f"find out {unknown}."


@pytest.mark.parametrize(
    ("act", "asked"), [("f_error", "what was seen, why, what"), ("f_tried", "what was seen, what")]
)
def test_a_cause_that_nothing_had_shown_is_to_be_found_first(act, asked):
    play = Play("vpn-will-not-connect").say("Tell me, please?", act)
    better = finding(play.ends("resolved", "VPN.", "", "None.", ""), "structure").better

    assert asked in better
    assert ("First find out why." in better) is (act == "f_tried")


def test_a_tool_that_was_never_opened_is_to_be_opened_first():
    play = Play("prints-vanish").say("Hello", "greet")
    better = finding(play.ends("resolved", "No print.", "", "None.", ""), "required_points").better

    assert "open “Print server log”" in better.partition("First ")[2]


def test_all_that_was_found_is_all_that_is_asked_for():
    bare = reworded(golden.vpn_expert(), problem="", cause="", steps="", test="")

    assert "First " not in finding(bare, "required_points").better
