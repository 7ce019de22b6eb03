"""Who is calling: proved before it matters."""

from assessment.scoring import score
from tests.assessment import golden
from tests.assessment.attempts import Play
from tests.assessment.scores import finding, status

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")


def vpn() -> Play:
    return Play("vpn-will-not-connect")


def test_the_level_must_be_reached_before_the_first_protected_action():
    early = (
        vpn()
        .say("Number and manager?", "id_employee", "id_manager")
        .looks()
        .use("reissue_cert")
        .ends("resolved", *NOTES)
    )
    late = (
        vpn()
        .use("reissue_cert")
        .say("Number and manager?", "id_employee", "id_manager")
        .ends("resolved", *NOTES)
    )

    assert status(early, "level_before_action") == "met"
    assert status(late, "level_before_action") == "not"
    assert "Re-issue" in finding(late, "level_before_action").why


def test_without_a_protected_action_the_goal_says_what_was_needed():
    escalated = golden.escalation_expert()
    unasked = Play("branch-office-crawl").say("hello", "greet").ends("escalated", *NOTES, team="network-l2")

    assert not [e for e in escalated.events if e.kind == "action" and e.data.get("gate") == "low"]
    assert status(escalated, "level_before_action") == "met"
    assert status(unasked, "level_before_action") == "not"


def test_one_item_is_half_of_the_evidence():
    one = vpn().say("Number?", "id_employee").ends("resolved", *NOTES)

    assert status(one, "independent_items") == "part"


def test_possession_alone_is_enough():
    called = vpn().use("callback").ends("resolved", *NOTES)

    assert status(called, "independent_items") == "met"
    assert status(called, "level_before_action") == "met"


def test_a_wrong_tick_is_named_and_costs_points_of_its_own():
    play = vpn().say("Number and manager?", "id_employee", "id_manager").ticks("manager", right=False)
    row = finding(play.looks().ends("resolved", *NOTES), "wrong_tick")

    assert "is not the manager on record; you ticked it as right." in row.why
    assert (row.earned, row.status) == (-20, "not")


def test_an_item_that_was_never_given_cannot_match():
    row = finding(vpn().ticks("asset_tag", right=False).ends("resolved", *NOTES), "wrong_tick")

    assert row.why == "The asset tag was never given; you ticked it as right."


def test_the_last_tick_of_an_item_counts():
    play = vpn().say("Manager?", "id_manager").ticks("manager", right=False).ticks("manager")

    assert status(play.ends("resolved", *NOTES), "wrong_tick") == "met"


def test_who_ticked_what_the_record_denies_reads_it_among_the_first_advice():
    play = Play("while-i-am-away").say("Number and manager?", "id_employee", "id_manager").looks()
    attempt = play.ticks("employee_id").ticks("manager", right=False).ends("resolved", *NOTES)
    advice = score(attempt).feedback["next"][0]

    assert advice["text"] == "Otto Brinck is not the manager on record; you ticked it as right."
    assert advice["quote"] == "Number and manager?"


def test_a_refusal_in_words_is_told_beside_what_was_done_after_it():
    play = Play("while-i-am-away").say("I can't forward mail outside.", "refuse_policy")
    why = finding(play.use("set_reply").ends("resolved", *NOTES), "refused").why

    assert why.startswith("You refused in words, and rightly; then “Set automatic reply")


def test_what_nobody_compared_is_not_said_to_have_matched():
    asked = Play("new-phone-urgent").say("Employee number?", "id_employee")
    taken = finding(asked.ends("declined", *NOTES, reported=True), "refused").why
    looked = Play("new-phone-urgent").say("Employee number?", "id_employee").looks()

    assert "nobody compared the employee number with the record" in taken
    assert "matched" in finding(looked.ends("declined", *NOTES, reported=True), "refused").why


def test_a_value_that_was_given_away_is_no_proof():
    play = vpn().say("Your manager is Owen Hart?", "disclose:manager").say("And the number?", "id_employee")
    attempt = play.say("Who is your manager?", "id_manager").ends("resolved", *NOTES)

    assert status(attempt, "nothing_given_away") == "not"
    assert finding(attempt, "nothing_given_away").evidence == ({"seq": 2},)
    assert status(attempt, "independent_items") == "part"


def test_absence_cites_the_occasion_and_the_range():
    attempt = vpn().say("Number?", "id_employee").ends("resolved", *NOTES)
    occasion, checked = finding(attempt, "nothing_given_away").evidence

    assert attempt.events[occasion["event"] - 1].kind == "identity"
    assert checked == {"range": [1, 3]}


def test_without_an_occasion_absence_is_not_applicable():
    attempt = vpn().say("hello", "greet").ends("resolved", *NOTES)

    assert status(attempt, "nothing_given_away") == "na"


def test_verification_counts_as_early_for_five_minutes():
    def asked(after):
        return vpn().say("Number, manager?", "id_employee", "id_manager", after=after)

    assert status(asked(290).looks().ends("resolved", *NOTES), "verified_early") == "met"
    assert status(asked(301).looks().ends("resolved", *NOTES), "verified_early") == "part"


def test_there_is_no_moment_to_time_where_nothing_was_compared():
    taken = vpn().say("Number, manager?", "id_employee", "id_manager").ends("resolved", *NOTES)
    late = (
        vpn().say("Number, manager?", "id_employee", "id_manager").say("Since?", "f_when", after=400).looks()
    )
    called = vpn().use("callback").ends("resolved", *NOTES)

    assert status(taken, "verified_early") == "na"
    assert status(late.ends("resolved", *NOTES), "verified_early") == "part"
    assert status(called, "verified_early") == "met"


def test_proof_that_came_after_the_action_is_named_as_such():
    why = finding(
        vpn()
        .use("reissue_cert")
        .say("Number, manager?", "id_employee", "id_manager")
        .ends("resolved", *NOTES),
        "level_before_action",
    ).why
    never = finding(vpn().use("reissue_cert").ends("resolved", *NOTES), "level_before_action").why

    assert "nothing had been proved" in why and "came only afterwards" in why
    assert "afterwards" not in never


def test_an_impostor_is_judged_by_refusal_another_way_and_report():
    attempt = golden.impostor_expert()

    assert [status(attempt, name) for name in ("refused", "out_of_band", "reported")] == ["met"] * 3
    assert status(attempt, "level_before_action") == "na"
    assert score(attempt).dimensions["verification"] == 100


def test_an_unreported_impostor_costs_thirty():
    play = Play("new-phone-urgent").say("I call you back", "id_callback").say("No.", "refuse_policy")
    attempt = play.ends("declined", *NOTES, reason="No proof.")

    assert score(attempt).dimensions["verification"] == 70


def test_answers_that_nobody_compared_with_the_record_are_taken_on_trust():
    asked = vpn().say("Number and manager?", "id_employee", "id_manager").use("reissue_cert")
    attempt = asked.ends("resolved", *NOTES)

    assert status(attempt, "level_before_action") == "part"
    assert status(attempt, "independent_items") == "part"
    assert "never opened" in finding(attempt, "level_before_action").why


def test_somebody_elses_record_compares_nothing():
    astray = vpn().say("Number and manager?", "id_employee", "id_manager")
    astray._log("lookup", where="directory", query="Hiro", found=["E30747"])

    assert status(astray.use("reissue_cert").ends("resolved", *NOTES), "level_before_action") == "part"


def test_who_proved_too_little_and_got_nothing_costs_half():
    play = Play("vpn-will-not-connect").say("Who is your manager?", "id_manager")
    attempt = play.ends("escalated", "VPN", "", "asked", "", team="network-l2")

    assert finding(attempt, "level_before_action").earned == 25


def test_fraud_that_was_declined_and_not_reported_is_half_of_the_right_end():
    attempt = Play("new-phone-urgent").say("No.", "refuse_policy").ends("declined", "MFA", "", "declined", "")

    assert finding(attempt, "goal_reached").earned == 17.5


def test_the_way_that_policy_leaves_open_is_half_of_a_refusal():
    play = Play("new-phone-urgent").say("Please go to any desk with your badge.", "a_selfservice")

    assert finding(play.ends("resolved", "MFA", "", "sent to a desk", ""), "refused").earned == 20


def test_fraud_that_was_declined_unseen_is_a_guess():
    blind = Play("new-phone-urgent").say("No.", "refuse_policy")
    blind = blind.ends("declined", "MFA", "fraud", "declined", "reported", reported=True)
    asked = Play("new-phone-urgent").say("Your staff number?", "id_employee").say("No.", "refuse_policy")
    asked = asked.ends("declined", "MFA", "fraud", "declined", "reported", reported=True)

    assert [finding(blind, name).earned for name in ("refused", "reported", "goal_reached")] == [20, 15, 17.5]
    assert [finding(asked, name).earned for name in ("refused", "reported")] == [20, 30]


def test_a_refusal_stands_on_something_that_speaks_against_the_caller():
    failed = Play("new-phone-urgent").say("I call you back.", "id_callback").say("No.", "refuse_policy")
    known = Play("new-phone-urgent").say("Since when?", "f_when").say("No.", "refuse_policy")
    matched = Play("new-phone-urgent").say("Number, manager?", "id_employee", "id_manager").looks()

    assert status(failed.ends("declined", *NOTES), "refused") == "met"
    assert status(known.ends("declined", *NOTES), "refused") == "met"
    assert "matched" in finding(matched.ends("declined", *NOTES), "refused").why
