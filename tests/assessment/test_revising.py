"""A person's word in a stored scorecard: reckoned from what was stored, and as the rules themselves would."""

import json

import pytest

from assessment.scoring import score
from assessment.scoring.caps import Cap
from assessment.scoring.criterion import Finding
from assessment.scoring.reckoning import reckon
from assessment.scoring.revising import bounds_in, revised
from assessment.scoring.rubric import WEIGHTS
from tests.assessment import golden


def stored(card):
    """As a database gives it back."""
    return json.loads(json.dumps(card.as_json()))


def row(card, name):
    return next(r for r in card["criteria"] if r["id"] == name)


@pytest.mark.parametrize(
    "attempt", [golden.vpn_expert, golden.vpn_poor, golden.vpn_unsafe, golden.impostor_expert]
)
def test_without_a_change_everything_stays(attempt):
    card = stored(score(attempt()))
    assert stored_again(revised(card, {})) == card


def stored_again(card):
    return json.loads(json.dumps(card))


@pytest.mark.parametrize(
    "changes",
    [
        {"closing": 10},
        {"closing": 2.5, "greeting": 0},
        {"cause_explained": 15, "jargon": 0},
        {"goal_reached": 35, "goal_missed": 0},
        {"level_before_action": 50, "unverified_action": 0},
    ],
)
def test_it_is_what_the_rules_would_have_come_to(changes):
    attempt = golden.vpn_unsafe()
    by_rules, by_hand = (
        stored(score(attempt, changes)),
        stored_again(revised(stored(score(attempt)), changes)),
    )

    for known in (
        "overall",
        "dimensions",
        "criteria",
        "caps",
        "limits",
        "formula",
        "is_at_edge",
        "efficiency",
    ):
        assert by_hand[known] == by_rules[known], known


def test_newer_weights_and_limits_do_not_reach_it():
    card = stored(score(golden.vpn_unsafe()))
    card["weights"] = WEIGHTS | {"verification": 0, "technical": 55}
    card["limits"]["verification"] = [11.0, "as it was then"]

    again = revised(card, {"closing": 10})

    assert again["dimensions"]["verification"] <= 11
    assert again["formula"].startswith("0.00 × ")
    assert again["weights"] == card["weights"]


def test_the_rules_own_points_stay_beside_it_however_often_it_changes():
    card = stored(score(golden.vpn_poor()))
    own = row(card, "closing")["earned"]

    twice = revised(stored_again(revised(card, {"closing": 10})), {"closing": 5})

    assert row(twice, "closing")["earned"] == 5
    assert row(twice, "closing")["by_rule"] == own


def test_a_cap_falls_only_when_it_is_named():
    card = stored(score(golden.vpn_unsafe()))
    assert "unverified_action" in [cap["id"] for cap in card["caps"]]

    kept = revised(card, {"level_before_action": 50})
    lifted = revised(card, {"level_before_action": 50, "unverified_action": 0})

    assert kept["overall"] == card["overall"] == 40
    assert lifted["overall"] > 40
    assert card["dimensions"]["verification"] == 0 < lifted["dimensions"]["verification"]


def test_advice_on_what_a_person_found_done_is_gone():
    card = stored(score(golden.vpn_poor()))
    first = card["feedback"]["next"][0]["criterion"]

    again = revised(card, {first: row(card, first)["points"]})

    assert first not in [moment["criterion"] for moment in again["feedback"]["next"]]
    assert again["feedback"]["goal"] != card["feedback"]["goal"]
    assert revised(card, {"greeting": 10})["feedback"]["goal"] == card["feedback"]["goal"]


@pytest.mark.parametrize(
    "changes", [{"closing": 10.5}, {"closing": -1}, {"abuse": 5}, {"nonsense": 1}, {"empty": 0}]
)
def test_points_that_cannot_be_given_are_refused(changes):
    with pytest.raises(ValueError):
        revised(stored(score(golden.vpn_unsafe())), changes)


def test_a_criterion_is_worth_what_it_was_worth_then():
    card = stored(score(golden.vpn_poor()))
    row(card, "closing")["points"] = 12.0
    assert bounds_in(card, "closing") == (0, 12)


@pytest.mark.parametrize(
    ("total", "limit", "near"),
    [
        (38, None, True),
        (42.01, None, False),
        (61.5, None, True),
        (79, None, True),
        (90, None, False),
        (41.5, 40, True),
        (55, 40, False),
        (58, 60, True),
        (68.5, 70, False),
    ],
)
def test_at_the_edge_is_what_two_points_decide(total, limit, near):
    finding = Finding("a", "A", "technical", 100, total, "part", (), "", "", False)
    caps = [] if limit is None else [Cap("c", limit, False, "", ())]
    assert reckon([finding], caps, WEIGHTS).is_at_edge is near
