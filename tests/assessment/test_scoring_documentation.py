"""Notes: what is needed, and true."""

from dataclasses import replace

import pytest

from assessment.scoring import score
from tests.assessment import golden
from tests.assessment.attempts import Play, reworded
from tests.assessment.scores import finding, status


def test_true_and_complete_notes_get_everything():
    assert score(golden.vpn_expert()).dimensions["documentation"] == 100


def test_a_point_counts_only_if_its_fact_was_earned():
    play = Play("vpn-will-not-connect").say("Since when?", "f_when")
    attempt = play.ends("resolved", "VPN failed with 0x800B0101 after leave", "", "none yet", "")
    row = finding(attempt, "required_points")

    assert row.earned == 10
    assert "the exact error message" in row.why


def test_a_code_that_nobody_saw_is_a_false_claim():
    play = Play("vpn-will-not-connect").say("hello", "greet")
    attempt = play.ends("resolved", "VPN failed with 0x800B0101", "", "none", "")

    assert finding(attempt, "false_claims").earned == -15


def test_what_another_answer_showed_is_no_invention():
    """The printer's name is in the server's log; the customer read it out too."""
    play = Play("prints-vanish").say("Which printer is it?", "a_check_printer").makes_sure()
    told = play.ends("resolved", "Jobs go to PRN-1F-02", "", "none", "")
    guessed = (
        Play("prints-vanish").say("Hello", "greet").ends("resolved", "Jobs go to PRN-1F-02", "", "none", "")
    )

    assert finding(told, "false_claims").earned == 0
    assert finding(guessed, "false_claims").earned == -15


def test_verified_is_believed_only_with_a_match_in_the_log():
    play = Play("vpn-will-not-connect").say("hello", "greet")
    attempt = play.ends("resolved", "VPN failed", "", "Caller verified.", "")

    assert finding(attempt, "false_claims").earned == -15
    assert "not verified" in finding(attempt, "false_claims").why


def test_what_is_denied_is_no_claim():
    play = Play("vpn-will-not-connect").say("hello", "greet")
    attempt = play.ends("resolved", "VPN failed", "", "Caller could not be verified, nothing done.", "")

    assert finding(attempt, "false_claims").earned == 0


def test_confirmed_is_believed_only_if_the_customer_did():
    play = Play("vpn-will-not-connect").say("hello", "greet")
    attempt = play.ends("resolved", "VPN failed", "", "none", "Customer confirmed working.")

    assert "never confirmed" in finding(attempt, "false_claims").why


def test_keyword_stuffing_is_a_row_of_false_claims():
    attempt = golden.vpn_stuffing()

    assert finding(attempt, "false_claims").earned <= -60
    assert score(attempt).dimensions["documentation"] == 0


def test_the_same_sentence_in_every_field_counts_once():
    copied = dict.fromkeys(("problem", "cause", "steps", "test"), "VPN certificate expired")

    assert finding(reworded(golden.vpn_expert(), **copied), "structure").earned == 4


def test_category_and_priority_count_half_each():
    right = Play("vpn-will-not-connect").triaged()
    half = Play("vpn-will-not-connect").sets(category="network")
    untouched = Play("vpn-will-not-connect")

    statuses = [status(p.ends("resolved", "a", "b", "c", "d"), "triage") for p in (right, half, untouched)]

    assert statuses == ["met", "part", "not"]


@pytest.mark.parametrize(
    "secret", ["Temporary password: Summer24!", "called back on +61 491 570 006", "rang 0491-570-006"]
)
def test_a_secret_caps_the_notes_at_40(secret):
    attempt = golden.vpn_expert()
    number = attempt.world.identity.directory.phone_on_file
    secret = secret.replace("+61 491 570 006", number).replace(
        "0491-570-006", "0" + number.replace("+61 ", "").replace(" ", "-")
    )
    spilled = reworded(attempt, test=f"Customer confirmed working. {secret}")

    assert status(spilled, "nothing_secret") == "not"
    assert score(spilled).dimensions["documentation"] == 40


@pytest.mark.parametrize(
    "harmless", ["The password was changed on Friday.", "password is expired", "Error 0x800B0101 at 08:52"]
)
def test_talking_about_a_password_is_no_secret(harmless):
    assert status(reworded(golden.vpn_expert(), test=f"confirmed {harmless}"), "nothing_secret") == "met"


def test_a_secret_in_a_note_counts_too():
    play = Play("vpn-will-not-connect").note("password: Summer24!")

    assert status(play.ends("resolved", "VPN failed", "", "x", ""), "nothing_secret") == "not"


def test_an_impostors_notes_are_true_in_their_own_way():
    assert score(golden.impostor_expert()).dimensions["documentation"] == 100


def test_the_reason_of_an_escalation_is_part_of_the_notes():
    attempt = golden.escalation_expert()
    bare = replace(attempt, resolution=attempt.resolution | {"reason": ""})
    moved = reworded(bare, cause="")

    assert finding(moved, "required_points").earned <= finding(attempt, "required_points").earned


def test_a_report_and_a_call_back_are_believed_only_if_they_happened():
    quiet = Play("new-phone-urgent").say("Employee number?", "id_employee")
    attempt = quiet.ends("declined", "MFA", "fraud", "Call-back failed, declined.", "Reported to security.")
    told = finding(attempt, "false_claims").why

    assert "nobody was called back" in told
    assert "security was not told" in told
    assert finding(golden.impostor_expert(), "false_claims").earned == 0


def test_a_repair_that_was_not_made_is_not_documented_by_handing_over():
    play = Play("vpn-will-not-connect").say("hello", "greet")
    attempt = play.ends("escalated", "VPN failed", "", "Certificate renewed.", "", team="network-l2")

    assert "what was done about it" in finding(attempt, "required_points").why
    assert "not made" in finding(attempt, "false_claims").why


def test_the_box_that_tells_security_counts_as_written():
    notes = ("MFA for a new phone", "suspected impostor", "declined", "")
    ticked = Play("new-phone-urgent").say("No", "refuse_policy").ends("declined", *notes, reported=True)
    silent = Play("new-phone-urgent").say("No", "refuse_policy").ends("declined", *notes)

    assert "how it ended" not in finding(ticked, "required_points").why
    assert "how it ended" in finding(silent, "required_points").why


def test_what_arrived_right_may_stay():
    play = Play("vpn-will-not-connect").say("hello", "greet")
    attempt = play.ends("resolved", "VPN failed", "", "none", "")
    right = attempt.world.ticket.model_copy(update={"arrives": attempt.world.ticket.expected})

    assert status(attempt, "triage") == "not"
    assert (
        status(replace(attempt, world=attempt.world.model_copy(update={"ticket": right})), "triage") == "met"
    )


@pytest.mark.parametrize(
    ("steps", "lost"),
    [("Touchpad turned off in the settings.", 0), ("Laptop turned off.", 15)],
)
def test_a_word_of_the_fix_about_something_else_that_was_done_is_no_false_claim(steps, lost):
    play = Play("warm-and-wobbly").say("Turn the touchpad off in the settings.", "a_pad_settings")
    attempt = play.ends("resolved", "Pointer jumps.", "", steps, "")

    assert finding(attempt, "false_claims").earned == -lost


def test_no_cause_is_no_cause():
    attempt = Play("vpn-will-not-connect").say("hello", "greet")
    attempt = attempt.ends("resolved", "VPN does not connect", "No fault found on VPN.", "none at all", "")

    assert "cause" in finding(attempt, "structure").why
