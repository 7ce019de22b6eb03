"""What people write in notes, beside an attempt of which it is true or untrue: (attempt, field, text)."""

from functools import cache

from assessment.scoring import Attempt
from tests.assessment import golden
from tests.assessment.attempts import Play


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
    (worked, "steps", "Verified caller through two data points; reissued cert and let her renew it."),
    (worked, "steps", "Authenticated the user per policy (low level). Then re-issued."),
    (worked, "steps", "Asked emp # and mgr, both fine. Cert re-issued on CA."),
    (worked, "steps", "Log checked: certificate expired. Checked with the customer the date in the client."),
    (worked, "test", "Connection tested with the customer, successful."),
    (worked, "test", "She tried again and is connected."),
    (worked, "test", "Fix verified with the customer."),
    (worked, "test", "Problem solved, no further action needed."),
    (worked, "steps", "Confirmed via gateway log that the certificate had expired."),
    (worked, "steps", "Customer confirmed the error code and that colleagues are fine."),
    (idle, "problem", "Caller confirmed that only she is affected."),
    (idle, "problem", "Customer confirmed error 0x."),
    (idle, "problem", "Mail works, internet works, only VPN fails."),
    (idle, "problem", "Everything else is working, only VPN not."),
    (idle, "problem", "VPN worked until Friday. Nothing changed since, she says."),
    (idle, "problem", "It works at home and in the office, but not on the train."),
    (idle, "problem", "Laptop runs now on the hotel wifi."),
    (idle, "steps", "Verification skipped because customer was in a hurry."),
    (idle, "steps", "I forgot to verify the caller."),
    (idle, "steps", "Caller was not asked for identity."),
    (idle, "steps", "No verification, no restart and no escalation."),
    (idle, "steps", "Identity unclear."),
    (idle, "steps", "Offered a call-back, customer declined."),
    (idle, "steps", "Customer will be called back tomorrow."),
    (idle, "steps", "Customer refused to restart the laptop."),
    (idle, "steps", "Needs to be escalated to network."),
    (idle, "steps", "Recommend: verify identity, renew certificate."),
    (idle, "steps", "Explained that the certificate can be renewed after verification."),
    (idle, "steps", "Customer asked whether security was informed; not my call."),
    (idle, "test", "Test outstanding."),
    (idle, "test", "none"),
    (idle, "test", "Not confirmed by customer."),
    (idle, "test", "Customer left before we could test whether it works again."),
    (idle, "test", "Unclear if it works now."),
    (idle, "test", "The customer hopes it is fixed by Monday."),
    (given_up, "test", "Restart did not fix the issue."),
    (given_up, "test", "Issue not resolved by restart."),
    (given_up, "test", "Issue is still not fixed after reboot."),
    (given_up, "test", "Problem remains; restart made no difference."),
    (declined, "steps", "Declined to reset without proof. Told caller to visit a desk."),
    (declined, "steps", "No reset made. Caller not verified on high level."),
    (declined, "steps", "Caller claims he was verified yesterday by a colleague. Call back unsuccessful."),
    (declined, "test", "Reported as suspicious to security."),
    (declined, "test", "Forwarded to IT security for follow-up."),
    (declined, "test", "Nothing to test; security knows."),
    (handed_over, "steps", "Employee ID and manager correct. Ticket assigned to network second line."),
    (handed_over, "steps", "Routed to network-l2, since DHCP scope must be changed."),
    (handed_over, "test", "Sites open over hotspot. Nothing else changed."),
    (handed_over, "test", "Joanna informed, will use hotspot till fixed."),
    (handed_over, "test", "Not fixed yet; network team takes over."),
    (handed_over, "cause", "After the fix last weekend the DNS server was switched off."),
    (worked, "steps", "Validated identity as per policy, then issued a fresh certificate."),
    (worked, "steps", "ID OK (2 factors). Reissue cert, user renewed, reconnect."),
    (worked, "steps", "Customer identified by staff number/manager. Gateway log read: cert expired."),
    (worked, "test", "User reconnected while on chat, all fine."),
    (worked, "test", "Connection is established since then; confirmed by Maria."),
    (worked, "test", "Works, thanks."),
    (idle, "problem", "Error appears since she is back; worked before the holiday."),
    (idle, "problem", "Resolved ticket from last month came back."),
    (idle, "problem", "User already restarted, no luck. Verified by himself that wifi is ok."),
    (idle, "cause", "Maybe the certificate was never renewed."),
    (idle, "steps", "Did not get to verify identity before the customer left."),
    (idle, "steps", "Caller hung up, so no check of identity, no fix, no test."),
    (idle, "steps", "Would have called back but no number was available."),
    (idle, "steps", "Next shift: please verify, reissue the certificate and report to security if odd."),
    (idle, "steps", "Nothing done yet, ticket to be escalated by lead."),
    (idle, "steps", "I could not check the gateway log."),
    (idle, "steps", "Asked customer to send a screenshot by mail."),
    (idle, "test", "To be confirmed by the customer tomorrow."),
    (idle, "test", "Customer never got to test it."),
    (idle, "test", "Closed without confirmation."),
    (given_up, "steps", "Reboot did not help. Not verified, hence certificate not touched."),
    (given_up, "test", "Still fails after reboot, so not solved."),
    (declined, "steps", "Caller failed the call-back. I declined."),
    (declined, "steps", "Tried to ring back on number in directory: nobody there. Refused politely."),
    (declined, "test", "Security has the case."),
    (declined, "cause", "Fraud suspected, identity was never proven."),
    (handed_over, "steps", "Verified by two items. Hotspot test OK. Network team has it now."),
    (handed_over, "test", "Customer knows that second line will call; no fix from our side."),
    (handed_over, "test", "With hotspot the booking page opened, confirmed by Joanna."),
    (handed_over, "steps", "Transferred to network (L2)."),
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

# Untrue as well, in still other words.
UNTRUE = (
    (idle, "steps", "Verification successful."),
    (idle, "steps", "Verification done via employee ID."),
    (idle, "steps", "ID verification passed."),
    (idle, "steps", "Customer's identity has been confirmed."),
    (idle, "steps", "I confirmed her identity first."),
    (idle, "steps", "Caller was verified according to policy."),
    (idle, "steps", "Security check passed."),
    (idle, "steps", "Verified (emp ID + manager)."),
    (idle, "steps", "Staff number and supervisor were correct."),
    (idle, "steps", "User is verified and the VPN is fixed."),
    (idle, "steps", "Caller ID'd by employee number."),
    (idle, "steps", "Callback performed."),
    (idle, "steps", "I called the customer back on the registered number."),
    (idle, "steps", "Phoned her on the number on file."),
    (idle, "test", "User has confirmed that VPN works."),
    (idle, "test", "Customer happy, all fixed."),
    (idle, "test", "Working fine now."),
    (idle, "test", "All good now, VPN connected."),
    (idle, "test", "Works perfectly."),
    (idle, "test", "Tested with customer: OK"),
    (idle, "test", "Test successful"),
    (idle, "test", "The customer says that everything works."),
    (idle, "test", "VPN up again."),
    (idle, "test", "Issue resolved."),
    (idle, "test", "It's working."),
    (idle, "test", "confirmed by user"),
    (idle, "steps", "Laptop was restarted."),
    (idle, "steps", "Did a restart, then reconnect."),
    (idle, "steps", "Handed over to network second line."),
    (idle, "steps", "Escalated."),
    (idle, "steps", "Informed security."),
    (gamed, "steps", "Request denied."),
    (gamed, "steps", "We refused to reset the factor."),
    (gamed, "steps", "Reset was denied as per policy."),
    (gamed, "steps", "Security has been notified."),
    (gamed, "steps", "Raised a security incident."),
    (gamed, "steps", "Flagged to security as fraud."),
    (gamed, "steps", "Reviewed the sign-in log."),
    (gamed, "steps", "Sign-in log checked, odd addresses."),
    (gamed, "steps", "Called back, nobody picked up."),
    (idle, "steps", "Identification of the customer was carried out successfully."),
    (idle, "steps", "Caller passed verification."),
    (idle, "steps", "Verification: employee ID + manager OK"),
    (idle, "steps", "did verify the caller by emp id"),
    (idle, "steps", "Customer verified, no issues there."),
    (idle, "steps", "Called the customer on the registered number."),
    (idle, "steps", "Performed a call-back."),
    (idle, "test", "Customer is now able to connect."),
    (idle, "test", "VPN was tested and it works."),
    (idle, "test", "User reports all ok."),
    (idle, "test", "Successfully resolved."),
    (idle, "test", "Connection restored."),
    (idle, "steps", "The case was escalated to the network team."),
    (idle, "steps", "Forwarded to 2nd level."),
    (idle, "steps", "Reported the incident to the security department."),
    (idle, "steps", "PC rebooted."),
    (idle, "steps", "Performed a restart of the laptop."),
    (idle, "steps", "Certificate has been renewed."),
    (idle, "steps", "Sent the customer an email with the guide."),
    (gamed, "steps", "I refused the request as policy demands."),
    (gamed, "steps", "Rejected."),
    (gamed, "steps", "Told security about the caller."),
    (gamed, "steps", "Call back failed, so declined"),
    (gamed, "test", "Security informed, ticket closed."),
    (gamed, "steps", "Sessions revoked, password reset."),
)
