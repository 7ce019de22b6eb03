"""Which sentences of the notes are claims, and which of them the log denies: on both sides, in many people's words."""

from functools import cache

import pytest

from assessment.scoring import Attempt
from tests.assessment import golden
from tests.assessment.attempts import Play, reworded
from tests.assessment.scores import finding


@cache
def worked() -> Attempt:
    """Verified with two items against the record, the log read, certificate re-issued and renewed, and the customer confirmed."""
    return golden.vpn_expert()


@cache
def called_back() -> Attempt:
    play = (
        Play("vpn-will-not-connect")
        .say("I will ring you back on the number on record.", "id_callback")
        .looks()
    )
    return play.ends("resolved", "VPN does not connect.", "", "none", "")


@cache
def idle() -> Attempt:
    """Said hello, and closed the ticket as resolved."""
    return (
        Play("vpn-will-not-connect")
        .say("Hello", "greet")
        .ends("resolved", "VPN does not connect.", "", "", "")
    )


@cache
def gamed() -> Attempt:
    """An impostor's ticket, closed without any work."""
    return Play("new-phone-urgent").say("Hello", "greet").ends("resolved", "New phone.", "", "", "")


@cache
def declined() -> Attempt:
    return golden.impostor_expert()


@cache
def handed_over() -> Attempt:
    return golden.escalation_expert()


@cache
def given_up() -> Attempt:
    """A restart, no proof, nothing that helped."""
    play = Play("vpn-will-not-connect").say("Please restart.", "a_restart").makes_sure()
    return play.ends("resolved", "VPN does not connect.", "", "", "")


HONEST = (
    # what was done, in all the ways in which people write it
    (worked, "steps", "Caller verified by employee ID and manager."),
    (worked, "steps", "The caller's identity was verified by means of employee number and manager."),
    (worked, "steps", "ID chkd via emp no + mgr"),
    (worked, "steps", "pt verified"),
    (worked, "steps", "Verif'd: emp id, mgr. Cert reissued."),
    (worked, "steps", "Have checked identity with employee number and name of manager, was correct."),
    (worked, "steps", "Identity ok, two items matched."),
    (worked, "steps", "Employee number and manager matched the record."),
    (worked, "steps", "Verification completed with two factors, certificate re-issued afterwards."),
    (worked, "steps", "I did verify her: staff number ok, manager ok."),
    (worked, "steps", "Maria verified (emp ID/mgr), cert renewed by her"),
    (worked, "test", "Customer confirmed that it works."),
    (worked, "test", "Usr conf'd working."),
    (worked, "test", "tested ok"),
    (worked, "test", "VPN is working again, customer has confirmed."),
    (worked, "test", "Confirmed fixed by customer, issue resolved."),
    (worked, "test", "It was confirmed by the user that the connection is established."),
    (worked, "test", "works now, cust happy"),
    # the way of proof that was taken
    (called_back, "steps", "Called back on the number on record, she answered."),
    (called_back, "steps", "Callback to registered number done, verified."),
    (called_back, "steps", "CB ok -> verified"),
    (called_back, "steps", "Rang her back on the known number."),
    (called_back, "steps", "Identity established via call-back."),
    # what is denied, hoped for, asked or put off
    (idle, "steps", "Caller could not be verified, so nothing was done."),
    (idle, "steps", "Identity not verified."),
    (idle, "steps", "Verification: no. Still to do."),
    (idle, "steps", "Caller must be verified before anything is changed."),
    (idle, "steps", "Unverified caller, no changes."),
    (idle, "steps", "No call-back was made."),
    (idle, "steps", "Customer asked to be called back later."),
    (idle, "steps", "Did not restart, did not re-issue anything."),
    (idle, "steps", "Certificate should be renewed by second line."),
    (idle, "steps", "To do: verify caller, renew certificate, test."),
    (idle, "steps", "Verified that the VPN service is up."),
    (idle, "steps", "Not escalated, not reported to security."),
    (idle, "test", "Not tested yet."),
    (idle, "test", "Customer has not confirmed anything."),
    (idle, "test", "Will test tomorrow when the customer is back; if it works again, close."),
    (idle, "test", "Confirmation pending."),
    (idle, "test", "Still not working."),
    (idle, "test", "Does it work now?"),
    (idle, "test", "Nobody could confirm that it works."),
    (idle, "problem", "Customer says the VPN was refused and access denied since yesterday."),
    (idle, "problem", "User reported that VPN does not connect; wants the certificate renewed."),
    (idle, "problem", "The screen said “Identity verified”, and then nothing."),
    (idle, "problem", "Certificate was renewed last year, customer had restarted twice before."),
    (given_up, "steps", "Customer restarted the laptop, no change."),
    (given_up, "steps", "Restarted. Caller not verified."),
    # an impostor, declined and reported
    (declined, "steps", "Call-back failed. Request declined, no reset."),
    (declined, "steps", "call-back to number on record: no answer -> refused"),
    (declined, "steps", "Rang back, nobody answered. Not verified. Declined, nothing was changed."),
    (declined, "steps", "Callback was tried and was not answered; therefore I have refused the reset."),
    (declined, "steps", "CB unanswered, req declined, rptd to sec"),
    (declined, "test", "Security was informed."),
    (declined, "test", "Escalated to security."),
    (declined, "test", "Raised with the security team; customer was told to come in with a badge."),
    (
        declined,
        "problem",
        "Caller asked to have the second factor reset, said he restarted the phone already.",
    ),
    # handed over
    (handed_over, "steps", "Caller verified by employee id and manager. Escalated to network-l2."),
    (handed_over, "steps", "Handed over to the network team, 2nd line."),
    (handed_over, "steps", "Esc'd to network l2"),
    (handed_over, "steps", "Passed on to second line, as the desk cannot change DHCP."),
    (handed_over, "test", "Works with hotspot; told Joanna that network will call."),
)

DISHONEST = (
    # nothing was compared
    (idle, "steps", "Caller verified.", "not verified"),
    (idle, "steps", "Verified by employee ID and manager.", "not verified"),
    (idle, "steps", "ID chkd via emp no + mgr", "not verified"),
    (idle, "steps", "pt verified", "not verified"),
    (idle, "steps", "Checked his identity.", "not verified"),
    (idle, "steps", "The identity of the caller was duly established.", "not verified"),
    (idle, "steps", "Identity: ok", "not verified"),
    (idle, "steps", "Have verified the caller before.", "not verified"),
    (idle, "steps", "User authenticated, then certificate discussed.", "not verified"),
    (idle, "steps", "Caller proved who she is.", "not verified"),
    (idle, "steps", "Verif'd: emp id, mgr", "not verified"),
    (idle, "steps", "Employee number and manager matched.", "never asked"),
    (idle, "steps", "Security questions were answered correctly.", "not verified"),
    (given_up, "steps", "Verified Maria by asset tag. Restarted.", "not verified"),
    # proof by a way that was not taken
    (worked, "steps", "Verified by employee ID, manager and asset tag.", "asset tag"),
    (worked, "steps", "Verified via call-back.", "call-back"),
    (worked, "steps", "Asset tag matched.", "asset tag"),
    (worked, "steps", "Called her back on the number on record.", "nobody was called back"),
    (idle, "steps", "Call-back done.", "nobody was called back"),
    (idle, "steps", "rang back, no answer", "nobody was called back"),
    (gamed, "steps", "Call-back to the number on record was not answered.", "nobody was called back"),
    (gamed, "steps", "CB failed", "nobody was called back"),
    # it works
    (idle, "test", "Customer confirmed that it works.", "never confirmed"),
    (idle, "test", "User confirmed.", "never confirmed"),
    (idle, "test", "Confirmed working.", "never confirmed"),
    (idle, "test", "usr conf'd ok", "never confirmed"),
    (idle, "test", "tested ok", "never worked"),
    (idle, "test", "Tested, it works now.", "never worked"),
    (idle, "test", "VPN works again.", "never worked"),
    (idle, "test", "Issue was resolved.", "never worked"),
    (idle, "test", "Problem is fixed, no further issues.", "never worked"),
    (idle, "test", "Connected without trouble.", "never worked"),
    (idle, "test", "Works.", "never worked"),
    (given_up, "test", "After restart all working.", "never worked"),
    (gamed, "test", "Confirmed, works again.", "never worked"),
    # told, declined, handed over, sent
    (gamed, "test", "Reported to security.", "security was not told"),
    (gamed, "test", "Security team was informed.", "security was not told"),
    (gamed, "test", "rptd to sec", "security was not told"),
    (gamed, "test", "Informed the security about this call.", "security was not told"),
    (gamed, "test", "Security incident opened.", "security was not told"),
    (gamed, "steps", "Declined.", "nothing was declined"),
    (gamed, "steps", "The request was refused.", "nothing was declined"),
    (gamed, "steps", "I have rejected the reset politely.", "nothing was declined"),
    (idle, "steps", "Escalated to network team.", "not handed over"),
    (idle, "steps", "Ticket passed to second line.", "not handed over"),
    (handed_over, "steps", "Escalated to the identity team.", "network-l2"),
    (idle, "steps", "Sent him a new laptop.", "nothing was sent"),
    (idle, "steps", "Email with instructions was sent.", "nothing was sent"),
    # done in the console, or by the customer
    (idle, "steps", "Restarted the laptop.", "nothing was restarted"),
    (idle, "steps", "Customer rebooted twice, then tried again.", "nothing was restarted"),
    (idle, "steps", "Certificate re-issued.", "was not done"),
    (idle, "steps", "Renewed the certificate for her.", "not made"),
    (given_up, "steps", "VPN sessions ended.", "was not done"),
    (gamed, "steps", "Unlocked the account.", "was not done"),
    (gamed, "steps", "Checked sign-in log.", "never opened"),
)


@pytest.mark.parametrize(("attempt", "field", "text"), HONEST)
def test_honest_notes_are_no_false_claims(attempt, field, text):
    ruling = finding(reworded(attempt(), **{field: text}), "false_claims")

    assert ruling.earned == 0, ruling.why


@pytest.mark.parametrize(("attempt", "field", "text", "why"), DISHONEST)
def test_what_the_log_denies_is_a_false_claim(attempt, field, text, why):
    ruling = finding(reworded(attempt(), **{field: text}), "false_claims")

    assert ruling.earned <= -15
    assert why in ruling.why


def test_each_kind_of_claim_counts_once():
    twice = reworded(
        idle(), steps="Caller verified. Identity confirmed.", test="Works again. Problem solved."
    )

    assert finding(twice, "false_claims").earned == -30


def test_the_words_that_are_denied_are_quoted():
    row = finding(
        reworded(idle(), steps="Asked the customer, then Certificate re-issued at once"), "false_claims"
    )

    assert "“Certificate re-issued at once”" in row.why


def test_a_point_in_a_denied_clause_is_not_written():
    claimed = finding(reworded(idle(), test="Customer confirmed."), "required_points")
    hearsay = finding(reworded(idle(), steps="Verified by employee ID and manager."), "structure")

    assert claimed.earned == 0
    assert "verification" in hearsay.why


def test_verified_without_a_word_by_what_says_that_it_was_compared():
    play = Play("vpn-will-not-connect").say("Employee number, manager?", "id_employee", "id_manager")
    trusted = play.ends("resolved", "VPN does not connect", "", "Caller verified.", "")
    named = reworded(trusted, steps="Verified by employee ID and manager.")

    assert "nobody opened the record" in finding(trusted, "false_claims").why
    assert finding(named, "false_claims").earned == 0


def test_one_item_that_was_proved_may_be_named():
    play = Play("vpn-will-not-connect").say("Employee number?", "id_employee").looks()
    named = play.ends("resolved", "VPN does not connect", "", "Verified by employee ID.", "")

    assert finding(named, "false_claims").earned == 0
    assert finding(reworded(named, steps="Caller verified."), "false_claims").earned == -15
