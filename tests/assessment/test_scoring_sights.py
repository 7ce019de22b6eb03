"""What a learner says to have looked at: held against what could tell of it."""

import pytest

from tests.assessment.attempts import PACK, Play, document
from tests.assessment.scores import finding

NOTES = ("VPN connection failed", "", "none", "")
SLUGS = sorted(path.stem for path in PACK.glob("*.yaml"))


def looked_up():
    """The caller's record was opened, and nothing else."""
    return Play("vpn-will-not-connect").say("Number, manager?", "id_employee", "id_manager").looks()


def read(slug="vpn-certificate-renewal"):
    return looked_up().opens(slug)


def used(slug, *names):
    return lambda: Play(slug).say("Number, manager?", "id_employee", "id_manager").looks().use(*names)


def asked(slug, *acts):
    return lambda: Play(slug).say("What do you see?", *acts, steps=True).makes_sure()


def told(play, text):
    return finding(play().say(text).ends("escalated", *NOTES), "false_assurance").earned


@pytest.mark.parametrize(
    ("play", "lie"),
    [
        (looked_up, "The line is fine here, I checked."),
        (looked_up, "The line is fine here."),
        (looked_up, "I checked, the line is fine."),
        (looked_up, "I've checked your connection and it looks ok."),
        (looked_up, "On our side the network is working."),
        (looked_up, "Our servers are up on our end."),
        (looked_up, "checked the server, all good"),
        (looked_up, "I had a quick look at your mailbox, nothing there."),
        (looked_up, "I have tested the line from here."),
        (looked_up, "We reviewed your licence."),
        (looked_up, "I looked into the printer queue."),
        (looked_up, "VPN looks good from my side, Maria."),
        (looked_up, "Your laptop is ok on our side, I have checked it."),
        (looked_up, "I have inspected your certificate."),
        (read, "The line is fine here, I checked."),
        (read, "I looked at your mailbox."),
        (used("prints-vanish", "printer_status"), "I've checked your mailbox."),
        (used("warm-and-wobbly", "updates"), "The line is fine here, I checked."),
    ],
)
def test_what_nothing_that_was_opened_could_show_was_not_seen(play, lie):
    assert told(play, lie) == -20


@pytest.mark.parametrize(
    ("play", "truth"),
    [
        (looked_up, "I've checked your account, thank you."),
        (looked_up, "I looked up your department."),
        (looked_up, "I checked the manager's name."),
        (looked_up, "I have checked your details, all fine."),
        (looked_up, "I have looked through everything I have."),
        (looked_up, "Checked. Thank you."),
        (looked_up, "Your user name looks good here."),
        (looked_up, "Is the line fine, have you checked?"),
        (looked_up, "Once I have checked the line I tell you."),
        (looked_up, "I have not checked the line yet."),
        (looked_up, "You said that the line is fine here."),
        (looked_up, "I will have checked the server by noon."),
        (read, "I've checked our guide on the VPN."),
        (read, "I looked into how the certificate is renewed."),
        (read, "I checked the article, one more minute."),
        (used("vpn-will-not-connect", "vpn_gateway_log"), "I've checked the line, it's fine on our side."),
        (used("vpn-will-not-connect", "vpn_gateway_log"), "I have checked your certificate."),
        (used("vpn-will-not-connect", "vpn_gateway_log"), "I looked at the log."),
        (used("vpn-will-not-connect", "vpn_status"), "The server is fine here, I checked."),
        (used("vpn-will-not-connect", "vpn_status"), "Our network looks ok from here."),
        (used("vpn-will-not-connect", "directory_groups"), "I've checked your access rights."),
        (used("prints-vanish", "print_server_log"), "I checked the server, your jobs are held."),
        (used("prints-vanish", "printer_status"), "The printer is fine on our side."),
        (used("locked-out-monday", "sign_in_log"), "I have checked your account and your phone."),
        (used("branch-office-crawl", "line_monitor"), "The line is fine here, I checked."),
        (used("workbook-view-only", "licence_history"), "I've checked your licence."),
        (asked("vpn-will-not-connect", "a_check_cert"), "We checked the certificate, it has run out."),
        (asked("vpn-will-not-connect", "f_network"), "The internet is working, I checked with you."),
    ],
)
def test_what_was_opened_told_or_done_by_then_may_be_said(play, truth):
    assert told(play, truth) == 0


@pytest.mark.parametrize("slug", SLUGS)
def test_whatever_the_console_calls_a_tool_may_be_named_once_it_was_opened(slug):
    for name, tool in document(slug).world.tools.items():
        whole, (of, _, part) = tool.label.casefold(), tool.label.casefold().partition(":")
        for named in {whole, of, part.strip() or of}:
            assert told(used(slug, name), f"I have checked the {named}.") == 0, named
