"""Notes that leave something out, points that only the log can bear out, and fields that say nothing."""

import pytest

from assessment.players.golden_file import FOLDER
from assessment.players.golden_rows import play_all
from assessment.scoring import Attempt
from tests.assessment import golden
from tests.assessment.attempts import Play, reworded
from tests.assessment.scores import finding

# harm that is left out


def widened(steps: str) -> Attempt:
    """An administrator's right where membership of a group would have done; then the customer printed."""
    play = Play("prints-vanish").say("Employee number, manager?", "id_employee", "id_manager").looks()
    play.say("What changed?", "f_changes").use("print_server_log", "add_print_admins")
    play.say("Pick PRN-3F-01 as default.", "a_pick_printer", steps=True).makes_sure()
    play.say("Print again please, does it work?", "a_reconnect", "confirm_fix").makes_sure()
    return play.ends("resolved", "Nothing printed since the move.", "Old queue.", steps, "Customer printed.")


def test_a_repair_that_did_harm_is_no_point_if_the_notes_leave_it_out():
    why = finding(
        widened("Gave him access to the printers, PRN-3F-01 set as default."), "required_points"
    ).why

    assert "what was done about it" in why
    assert "how it ended" in why
    assert "leave out “Add to group print-admins”, which does lasting harm" in why


def test_harm_that_the_notes_name_is_written_truly():
    why = finding(
        widened("Added him to print-admins, too wide. PRN-3F-01 set as default."), "required_points"
    ).why

    assert "what was done about it" not in why
    assert "how it ended" not in why


def test_a_part_that_hides_harm_is_no_action():
    hidden = finding(widened("Gave him access to the printers, PRN-3F-01 set as default."), "structure")
    named = finding(widened("Added him to print-admins by mistake, PRN-3F-01 set as default."), "structure")

    assert "action" in hidden.why
    assert "action" not in named.why


def test_what_led_nowhere_is_not_the_change_that_the_notes_claim():
    play = Play("vpn-will-not-connect").say("Restart please.", "a_restart").makes_sure()
    why = finding(play.ends("resolved", "VPN failed", "", "Certificate renewed.", ""), "required_points").why

    assert "The notes call it done; what was done is “restart" in why


# points that are no fact of the scenario


def test_a_report_from_the_console_is_a_report():
    play = Play("parcel-on-hold").say("What happened?", "f_mail")
    silent = play.ends("resolved", "Parcel mail.", "", "Reported to security.", "")
    play = Play("parcel-on-hold").say("What happened?", "f_mail").use("report_security")
    told = play.ends("resolved", "Parcel mail.", "", "Reported to security.", "")

    assert "who was told" in finding(silent, "required_points").why
    assert "security was not told" in finding(silent, "false_claims").why
    assert "who was told" not in finding(told, "required_points").why
    assert finding(told, "false_claims").earned == 0


@pytest.mark.parametrize(("used", "true"), [((), False), (("link_incident",), True)])
def test_what_has_an_action_in_the_console_was_done_there(used, true):
    play = Play("phone-stays-silent").say("Hello", "greet", after=900).use(*used)
    why = finding(play.ends("resolved", "No prompt.", "", "Ticket linked.", ""), "required_points").why

    assert ("the link to the incident" not in why) is true


def test_signs_are_true_once_somebody_told_of_them():
    guessed = Play("warm-and-wobbly").say("Hello", "greet")
    seen = Play("warm-and-wobbly").say("Is it flat on the table?", "f_flat", steps=True).makes_sure()
    whys = [
        finding(p.ends("resolved", "Laptop rocks.", "", "none", ""), "required_points").why
        for p in (guessed, seen)
    ]

    assert "signs" in whys[0]
    assert "signs" not in whys[1]


def test_evidence_is_kept_until_somebody_destroys_it():
    kept = Play("paid-to-nobody").say("Hello", "greet")
    gone = Play("paid-to-nobody").say("Hello", "greet").use("delete_rule", "delete_rule")
    whys = [
        finding(
            p.ends("escalated", "Rule.", "", "Rule left in place.", "", team="security"), "required_points"
        ).why
        for p in (kept, gone)
    ]

    assert "evidence" not in whys[0]
    assert "evidence" in whys[1]


# substance

SOUP = "problem cause action test user ok fixed restarted cache password reset"


@pytest.mark.parametrize(
    "soup",
    [
        SOUP,
        "vpn certificate expired leave error code connect laptop renew",
        "VPN, certificate, error, laptop.",
        "Fixed. Tested. Closed.",
        "ok ok ok",
        "Problem solved, user ok, ticket closed",
    ],
)
def test_a_pile_of_keywords_is_no_part_of_the_notes(soup):
    attempt = reworded(golden.vpn_expert(), problem=soup, cause="", steps="", test="")

    assert finding(attempt, "structure").earned == 0


def test_keywords_in_all_fields_are_no_structure():
    piled = reworded(golden.vpn_expert(), problem=SOUP, cause=f"{SOUP} cache", steps=f"vpn {SOUP}", test=SOUP)

    assert finding(piled, "structure").earned == 0


@pytest.mark.parametrize(
    "terse",
    [
        "VPN fails, 0x800B0101.",
        "VPN down since leave",
        "Cert expired while on leave.",
        "Error 0x800B0101 after six weeks away, internet fine",
        "VPN did not connect. Certificate validation failure.",
        "No VPN since Monday.",
    ],
)
def test_a_terse_sentence_about_the_case_is_enough(terse):
    attempt = reworded(golden.vpn_expert(), problem=terse, cause="", steps="", test="")

    assert finding(attempt, "structure").earned == 4


def test_nearly_the_same_text_in_two_fields_counts_once():
    text = "The VPN certificate of the customer expired while she was on leave"
    attempt = reworded(golden.vpn_expert(), problem=text, cause=f"{text} then", steps="", test="")

    assert finding(attempt, "structure").earned == 4


def test_linked_to_the_incident_is_denied_where_nothing_was_linked():
    play = Play("phone-stays-silent").say("Hello", "greet")
    attempt = play.ends("resolved", "No prompt arrives.", "", "Linked to incident.", "")

    assert (
        "“Linked to incident”: “Link ticket to incident” was not done" in finding(attempt, "false_claims").why
    )


def test_an_address_is_read_as_it_was_written():
    (row,) = play_all(FOLDER, "branch-office-crawl-unsafe-terse.yaml")
    assert "DNS server 10.40.8.53" in row.attempt.resolution["documentation"]["cause"]

    assert "server address" not in next(f for f in row.card.criteria if f.id == "required_points").why
