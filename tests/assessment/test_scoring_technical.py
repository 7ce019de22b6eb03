"""Evidence, goal, detours, harm, research."""

from dataclasses import replace

import pytest

from assessment.scoring import score
from assessment.scoring.record import Record
from tests.assessment import golden
from tests.assessment.attempts import Play, document
from tests.assessment.scores import caps_of, finding, status

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")


def test_facts_count_by_their_share_and_only_before_the_fix():
    play = (
        Play("vpn-will-not-connect")
        .say("number, manager", "id_employee", "id_manager")
        .say("error?", "f_error")
    )
    play.use("reissue_cert").say("renew", "a_renew_cert", steps=True).makes_sure().say("try", "a_reconnect")
    play.say("Since when?", "f_when").use("vpn_gateway_log")
    attempt = play.ends("resolved", *NOTES)

    assert finding(attempt, "critical_facts").earned == pytest.approx(35 / 4)
    assert "unfounded" in caps_of(attempt)


def test_advice_on_facts_says_how_to_get_them_and_not_what_they_are():
    attempt = Play("vpn-will-not-connect").say("hello", "greet").ends("resolved", *NOTES)
    better = finding(attempt, "critical_facts").better

    assert "what changed before it began" in better
    assert "0x800" not in better.lower()


def test_resolving_what_is_not_solved_misses_the_goal():
    attempt = Play("vpn-will-not-connect").say("hello", "greet").ends("resolved", *NOTES)

    assert status(attempt, "goal_reached") == "not"
    assert "goal_missed" in caps_of(attempt)


def test_declining_what_was_solved_is_not_its_right_end():
    solved = golden.vpn_expert()
    declined = replace(solved, resolution=solved.resolution | {"type": "declined"})

    assert status(declined, "goal_reached") == "part"
    assert score(declined).overall <= 60


def test_escalating_rightly_counts_as_the_goal():
    assert status(golden.escalation_expert(), "goal_reached") == "met"


def test_escalating_to_the_right_team_after_the_time_is_allowed():
    long = Play("vpn-will-not-connect").say("hello", "greet", after=26 * 60)
    allowed = long.ends("escalated", *NOTES, team="network-l2", reason="late")
    early = Play("vpn-will-not-connect").say("hello", "greet").ends("escalated", *NOTES, team="network-l2")
    astray = replace(allowed, resolution=allowed.resolution | {"team": "sales"})

    assert status(allowed, "goal_reached") == "met"
    assert status(early, "goal_reached") == "not"
    assert status(astray, "goal_reached") == "not"


def expert_who_also(*acts):
    """Efficiency (0 to 100) of an expert who asks these as well, before the end."""
    play = Play("vpn-will-not-connect").say("Number, manager?", "id_employee", "id_manager").looks()
    play.say("Error?", "f_error").say("Changes?", "f_changes").use("vpn_gateway_log")
    play.say("Dates?", "a_check_cert", steps=True).makes_sure()
    for act in acts:
        play.use(act.removeprefix("use ")) if act.startswith("use ") else play.say("And?", act)
    play.use("reissue_cert").say("Renew it.", "a_renew_cert", steps=True).makes_sure()
    play.say("Try?", "a_reconnect", "confirm_fix")
    return score(play.ends("resolved", *NOTES)).efficiency


def test_who_verifies_and_finds_the_evidence_makes_no_detour():
    assert expert_who_also() == 100


def test_two_questions_beyond_the_way_cost_nothing_and_each_further_one_a_fifth():
    more = ("f_frequency", "f_network", "f_device", "f_tried", "f_impact")

    assert [expert_who_also(*more[:n]) for n in range(2, 6)] == [100, 80, 60, 60]


def test_looking_up_is_cheap_and_the_same_once_more_is_not():
    assert expert_who_also("f_frequency", "f_network", "use vpn_status", "use directory_groups") == 100
    assert expert_who_also("use vpn_status", "use vpn_status") == 80


def test_a_step_that_could_not_help_or_was_made_before_costs_a_fifth_at_once():
    assert expert_who_also("a_restart") == 80
    assert expert_who_also("a_check_clock", "use clear_sessions") == 60
    assert expert_who_also("f_scope", "f_scope") == 80


def test_being_asked_back_is_no_detour():
    plain = Play("vpn-will-not-connect").say("What does it say?", "f_error")
    asked_back = (
        Play("vpn-will-not-connect")
        .say("what is it", options=("f_error", "ask_problem"))
        .say("the error", "f_error")
    )

    def moves(play):
        return finding(replace(play.ends("resolved", *NOTES), outcome="resolved"), "efficiency").why

    assert moves(plain) == moves(asked_back)


def test_quick_but_wrong_earns_nothing():
    attempt = Play("vpn-will-not-connect").ends("resolved", *NOTES)

    assert score(attempt).efficiency == 0
    assert score(attempt).dimensions["technical"] == 0


def test_a_minor_harm_costs_part_and_a_major_one_all():
    minor = Play("vpn-will-not-connect").say("reinstall it", "a_reinstall", steps=True).makes_sure()
    major = Play("vpn-will-not-connect").use("disable_cert_check")

    assert status(minor.ends("resolved", *NOTES), "no_harm") == "part"
    assert status(major.ends("resolved", *NOTES), "no_harm") == "not"


def test_research_is_the_right_article_before_the_fix():
    late = golden.vpn_adequate()

    assert score(golden.vpn_expert()).research == 100
    assert score(late).research == 0
    assert "research" not in score(late).formula


def test_a_cited_red_herring_lowers_research():
    attempt = golden.vpn_expert()
    herring = attempt.world.knowledge.red_herrings[0]
    cited = replace(attempt, resolution=attempt.resolution | {"cited": [herring]})

    assert score(cited).research == 70


def test_detours_are_named_and_cited():
    play = Play("vpn-will-not-connect").say("Number, manager?", "id_employee", "id_manager").looks()
    play.say("What does the error say?", "f_error").say("Were you away?", "f_changes")
    play.say("Please restart the laptop.", "a_restart").say("Is the clock right?", "a_check_clock")
    play.say("Once more, restart it.", "a_restart").say("And again.", "a_restart").use(
        "vpn_status", "vpn_gateway_log", "reissue_cert"
    )
    play.say("Renew it: Settings, Certificate.", "a_renew_cert", steps=True).makes_sure()
    play.say("Connect again.", "a_reconnect")
    found = finding(play.ends("resolved", *NOTES), "efficiency")

    assert found.status == "part"
    assert "“Please restart the laptop.”" in found.why and "and more" in found.why
    cited = {e.get("seq") or e.get("event") for e in found.evidence}
    mine = [line for line in play.lines if line.sender == "user"]
    said = {line.seq for line in mine if "restart" in line.text or "clock" in line.text}
    within = next(e.number for e in play.events if e.data.get("action") == "vpn_status")
    assert said <= cited and within not in cited
    assert not any(line.seq in cited for line in mine if "error" in line.text)


def test_luck_earns_half_of_the_goal_and_nothing_for_being_quick():
    attempt = golden.impostor_reports_everything()

    assert finding(attempt, "goal_reached").earned == 17.5
    assert finding(attempt, "efficiency").earned == 0


def test_harm_is_told_once_and_referred_to_elsewhere():
    rows = {f.id: f for f in score(golden.vpn_shortcut()).criteria}
    harm = rows["no_harm"].evidence[0]

    assert "Switch off certificate check" in rows["no_harm"].why
    for name in ("goal_reached", "efficiency"):
        assert "See “Nothing harmful was done”" in rows[name].why
        assert "Switch off" not in rows[name].why
        assert harm in rows[name].evidence


def test_a_needless_change_is_cited_with_what_it_did_also_where_nothing_was_settled():
    play = (
        Play("vpn-will-not-connect")
        .say("Restart it.", "a_restart")
        .say("Is the clock right?", "a_check_clock")
    )
    found = finding(play.ends("resolved", *NOTES), "efficiency")
    step = next(e.number for e in play.events if e.data.get("action") == "restart")

    assert found.earned == 0
    assert "“restart it” took 4 minutes and changed nothing" in found.why
    assert {"event": step} in found.evidence
    assert "clock" not in found.why  # a look is no change


def test_a_needless_change_on_the_way_to_the_goal_says_why_it_could_not_help():
    play = Play("vpn-will-not-connect").say("Number, manager?", "id_employee", "id_manager").looks()
    play.say("What does it say?", "f_error").say("Were you away?", "f_changes").say(
        "Restart it.", "a_restart"
    )
    play.use("vpn_gateway_log", "reissue_cert").say("Renew it.", "a_renew_cert", steps=True).makes_sure()
    found = finding(play.say("Try?", "a_reconnect").ends("resolved", *NOTES), "efficiency")
    step = next(e.number for e in play.events if e.data.get("action") == "restart")

    assert found.status == "part"
    assert "“Restart it.” (took 4 minutes and changed nothing: the certificate" in found.why
    assert {"event": step} in found.evidence


def test_what_was_not_settled_lacked_is_named():
    hello = Play("vpn-will-not-connect").say("hello", "greet").ends("resolved", *NOTES)
    unverified = score(golden.vpn_unsafe())
    told = Play("new-phone-urgent").say("No.", "refuse_policy").ends("declined", *NOTES)

    assert "the trouble was not over" in finding(hello, "goal_reached").why
    assert "the caller had not proved who they are" in finding(hello, "goal_reached").why
    assert any("the caller had not proved who they are" in cap.why for cap in unverified.caps)
    assert "security was not told" in finding(told, "goal_reached").why


def test_a_hand_over_that_was_not_due_is_named():
    attempt = Play("vpn-will-not-connect").say("hello", "greet").ends("escalated", *NOTES, team="nobody")

    assert "it was handed over to a team that cannot help" in finding(attempt, "goal_reached").why


def test_what_priority_rests_on_is_asked_once_for_nothing():
    assert expert_who_also("f_network", "f_device", "f_scope") == 100


def test_a_goodbye_is_no_step():
    play = Play("vpn-will-not-connect")
    play.say("TKT-1, restart it now and then, bye.", "give_ticket", "a_restart", "close")

    assert Record(play.ends("resolved", *NOTES)).detours == ()


def researched(*opened, cited):
    """An attempt that opened these articles and cited those."""
    play = Play("vpn-will-not-connect")
    for slug in opened:
        play.opens(slug)
    return finding(play.ends("resolved", "", "", "", "", cited=cited), "right_article")


def test_an_article_that_was_cited_and_never_opened_is_named():
    right = document("vpn-will-not-connect").world.knowledge.right
    unread = researched(right, cited=[right, "vpn-slow-at-home"])
    blind = researched(cited=[right])
    two = researched(cited=[right, "vpn-slow-at-home"])

    assert researched(right, cited=[right]).earned == 100
    assert (unread.earned, unread.status) == (70, "part")
    assert "You cited “vpn slow at home” without opening it." in unread.why
    assert blind.earned == 0 and f"“{right.replace('-', ' ')}” without opening it" in blind.why
    assert "without opening them" in two.why


def test_handing_over_needs_all_that_its_author_asked_for():
    """Evidence alone, minutes into the call: two moves of the desk would have cured it."""
    play = Play("new-desk-no-network").say("Number, manager?", "id_employee", "id_manager").looks()
    play.say("Anything between? Lamp? The label?", "f_between", "f_lamp", "f_label").use("switch_ports")
    attempt = play.ends("escalated", "No network.", "Port shut.", "Asked.", "", team="network-l2")

    assert finding(attempt, "goal_reached").status == "not"
