"""A person's word instead of a rule's."""

import json

import pytest

from assessment.scoring import bounds, score
from tests.assessment import golden
from tests.assessment.attempts import Play, reworded


def row(card, name):
    return next(f for f in card.criteria if f.id == name)


def test_a_persons_points_count_and_the_rules_own_stay_beside_them():
    attempt = golden.vpn_poor()
    before, card = score(attempt), score(attempt, {"closing": 10})

    assert (row(card, "closing").earned, row(card, "closing").status) == (10, "met")
    assert row(card, "closing").overridden
    assert row(card, "closing").by_rule == row(before, "closing").earned < 10
    assert card.dimensions["communication"] > before.dimensions["communication"]
    assert card.overall > before.overall
    assert f"{card.dimensions['communication']:g} communication" in card.formula


def test_what_nobody_touched_is_the_rules():
    attempt = golden.vpn_poor()

    assert score(attempt, {}) == score(attempt)
    assert not any(f.overridden or f.by_rule is not None for f in score(attempt).criteria)


def test_points_may_be_taken_away_too():
    card = score(golden.vpn_expert(), {"critical_facts": 5})

    assert row(card, "critical_facts").status == "part"
    assert card.overall < score(golden.vpn_expert()).overall


def test_a_criterion_without_occasion_applies_when_a_person_says_so():
    attempt = golden.impostor_expert()
    card = score(attempt, {"cause_explained": 0})

    assert row(score(attempt), "cause_explained").status == "na"
    assert row(card, "cause_explained").points == 15
    assert card.dimensions["communication"] < score(attempt).dimensions["communication"]


def test_a_lifted_cap_no_longer_decides():
    attempt = golden.vpn_unsafe()
    card = score(attempt, {"unverified_action": 0, "level_before_action": 50})

    assert [cap.id for cap in card.caps] == ["goal_missed"]
    assert card.overall > 40
    assert card.dimensions["verification"] > 0
    assert "critical" not in card.formula


def test_what_a_person_found_harmless_limits_no_dimension():
    attempt = reworded(
        golden.vpn_expert(), steps="Verified with two items. Certificate renewed. password: Winter2024!"
    )

    assert score(attempt).dimensions["documentation"] == 40
    assert score(attempt, {"nothing_secret": 10}).dimensions["documentation"] > 80


def test_a_cap_stays_until_it_is_lifted_by_its_name():
    assert score(golden.vpn_unsafe(), {"level_before_action": 50}).overall == 40


def test_words_that_were_no_abuse_cost_nothing_and_cap_nothing():
    attempt = Play("vpn-will-not-connect").say("you broke it", "abusive").ends("resolved", "", "", "", "")
    card = score(attempt, {"abuse": 0})

    assert "abuse" in [cap.id for cap in score(attempt).caps]
    assert "abuse" not in [cap.id for cap in card.caps]
    assert (row(card, "abuse").earned, row(card, "abuse").by_rule) == (0, -40)


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({"closing": 11}, "closing takes 0 to 10 points, not 11"),
        ({"closing": -1}, "closing takes 0 to 10 points, not -1"),
        ({"jargon": -11}, "jargon takes -10 to 0 points"),
        ({"unverified_action": 40}, "unverified_action takes 0 to 0"),
        ({"kindness": 1}, "no criterion or cap called kindness"),
    ],
)
def test_points_that_a_criterion_does_not_have_are_refused(overrides, says):
    with pytest.raises(ValueError, match=says):
        score(golden.vpn_poor(), overrides)


def test_the_bounds_of_a_criterion_are_known_before_anyone_decides():
    assert bounds("critical_facts") == (0, 35)
    assert bounds("abuse") == (-40, 0)
    assert bounds("major_harm") == (0, 0)


@pytest.mark.parametrize(
    ("play", "verdict"),
    [
        (golden.vpn_expert, "honest_served"),
        (golden.vpn_unsafe, "honest_served"),
        (golden.escalation_expert, "honest_served"),
        (golden.vpn_poor, ""),
        (golden.impostor_expert, "impostor_refused"),
        (golden.impostor_reports_everything, "impostor_refused"),
        (golden.impostor_let_in, "impostor_let_in"),
    ],
)
def test_the_card_says_how_the_caller_was_judged(play, verdict):
    card = score(play())

    assert card.caller == verdict
    assert json.loads(json.dumps(card.as_json()))["caller"] == verdict


def test_an_honest_caller_who_is_declined_was_turned_away():
    attempt = Play("vpn-will-not-connect").say("No.", "refuse_policy").ends("declined", "", "", "", "")

    assert score(attempt).caller == "honest_turned_away"
