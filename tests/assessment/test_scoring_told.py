"""Notes are read once: what one row says of them no other row denies."""

import pytest

from assessment.players.golden_file import FOLDER
from assessment.players.golden_rows import play_all
from assessment.scoring import score
from assessment.scoring.advice.remedies import remedy
from assessment.scoring.notes.told import PARTS, Told, lacks
from assessment.scoring.record import Record
from tests.assessment import golden
from tests.assessment.attempts import Play, reworded
from tests.assessment.scores import finding


def told(attempt):
    return Told(Record(attempt))


def test_what_rests_on_harm_is_not_called_missing():
    play = Play("prints-vanish").say("Number and manager?", "id_employee", "id_manager").looks()
    play.use("add_print_admins").say("Please pick PRN-3F-01.", "a_pick_printer").makes_sure()
    attempt = play.say("Does it print?", "confirm_fix").ends(
        "resolved",
        "No page since the move to floor 3.",
        "Old queue of floor 1 was still the default.",
        "Gave him access to the printers, PRN-3F-01 set as default.",
        "Customer printed and confirmed.",
    )

    assert told(attempt).parts["confirmation"] == "harm"
    assert "Rests on a harmful step: what was done about it and how it ended." in (
        finding(attempt, "required_points").why
    )


def test_an_action_that_was_made_up_is_no_part_of_the_notes():
    play = Play("one-more-month").say("Hello", "greet")
    attempt = play.ends("resolved", "", "", "Checked the contract record. Extended by a month.", "")

    assert told(attempt).parts["action"] in ("denied", "missing")


def test_one_word_is_an_action_where_it_is_the_point():
    play = Play("new-phone-urgent").say("Can't do that. Policy.", "refuse_policy")
    attempt = play.ends("declined", "Wants MFA reset.", "", "Declined.", "", reported=True)

    assert told(attempt).parts["action"] == "true"


def test_what_is_written_beside_the_point_is_not_called_missing():
    play = Play("vpn-will-not-connect").say("Error?", "f_error").say("Restart please.", "a_restart")
    attempt = play.ends("escalated", "VPN is down.", "", "Restarted the laptop.", "", team="network-l2")

    assert told(attempt).parts["action"] == "beside"
    assert "Written, but not what decides here: what was done about it" in (
        finding(attempt, "required_points").why
    )


def test_a_pile_of_keywords_tells_no_point():
    pile = "Error code 0x800B0101 leave certificate expired renew employee id asset tag"

    assert not reworded_points(problem=pile, cause="", steps="", test="")


def reworded_points(**notes):
    return [p for p, state in told(reworded(golden.vpn_expert(), **notes)).points.items() if state == "true"]


def test_what_is_lacking_is_told_by_why():
    assert lacks({"cause": "missing", "action": "harm", "symptom": "true"}) == (
        "Missing: cause. Rests on a harmful step: action."
    )


@pytest.mark.parametrize("row", play_all(FOLDER), ids=lambda row: row.name)
def test_no_part_is_there_in_one_row_and_denied_in_the_other(row):
    read = told(row.attempt)
    for part, point in PARTS.items():
        states = {read.of(p) for p in row.attempt.world.documentation.must_mention if p.id == point}
        there = read.parts[part] in ("true", "beside")

        assert not (there and states & {"denied", "harm", "missing"})


def test_three_inventions_are_a_falsified_record():
    advice = score(golden.vpn_stuffing()).feedback["next"]
    claims = next(moment for moment in advice if moment["criterion"] == "false_claims")

    assert claims["title"] == "A falsified record"
    assert claims["text"].startswith("This record is falsified: ")
    assert "no shame" not in claims["better"]


def test_a_harmful_step_that_is_named_is_not_asked_for_again():
    play = Play("while-i-am-away").say("Hello", "greet").use("set_reply")
    unsaid = play.ends("resolved", "Mail while away.", "", "All done for her.", "")
    named = reworded(unsaid, steps="Automatic reply set with the private address of the caller.")

    assert (
        "“Set automatic reply with the caller's text by mistake; to be put right with the lead.”"
        in better(unsaid)
    )
    assert "put right with the lead" not in better(named)


def better(attempt):
    return remedy(Record(attempt), "required_points")
