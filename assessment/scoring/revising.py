"""A stored scorecard with a person's word in it: nothing is read again, so that newer rules change nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessment.scoring.advice.aims import goal
from assessment.scoring.caller import LET_IN
from assessment.scoring.caps import Cap
from assessment.scoring.criterion import Finding
from assessment.scoring.overrides import LIFTED, Overrides, bounds, overridden, standing
from assessment.scoring.reckoning import Reckoning, percent, reckon
from assessment.scoring.rubric import WEIGHTS

Card = Mapping[str, Any]
# The cap that rests on the same facts as a criterion; a person says whether it falls with the criterion.
TIED = {
    "level_before_action": "unverified_action",
    "no_harm": "major_harm",
    "goal_reached": "goal_missed",
    "critical_facts": "unfounded",
}


def bounds_in(card: Card, name: str) -> tuple[float, float]:
    """As `bounds`, with what this scorecard says the criterion is worth. ValueError for what is not in it."""
    if any(cap["id"] == name for cap in card["caps"]) and not _row(card, name):
        return LIFTED, LIFTED
    row = _row(card, name)
    if row is None:
        raise ValueError(f"There is no criterion or cap called {name} in this score.")
    low, high = bounds(name)
    return low, row["points"] or high


def revised(card: Card, overrides: Overrides) -> dict[str, Any]:
    """`card`: what `Scorecard.as_json` gave, or this function. ValueError for points that cannot be given."""
    for name, points in overrides.items():
        low, high = bounds_in(card, name)
        if not low <= points <= high:
            raise ValueError(f"Give {low:g} to {high:g} points.")
    findings = tuple(overridden(_finding(row), overrides) for row in card["criteria"])
    found = standing(tuple(_cap(cap) for cap in card["caps"]), overrides)
    limits = {name: (limit, why) for name, (limit, why) in card.get("limits", {}).items()}
    weights = card.get("weights") or WEIGHTS
    made = reckon(findings, found, weights, limits)
    return {
        **card,
        **_numbers(findings, made),
        "weights": weights,
        "criteria": [finding.as_json() for finding in findings],
        "caps": [cap.as_json() for cap in found],
        "caller": _caller(card["caller"], found),
        "feedback": _feedback(card["feedback"], findings, found),
    }


def _numbers(findings: Sequence[Finding], made: Reckoning) -> dict[str, Any]:
    return {
        "overall": made.overall,
        "dimensions": made.dimensions,
        "limits": made.limits,
        "formula": made.formula,
        "is_at_edge": made.is_at_edge,
        "efficiency": percent(findings, "efficiency"),
        "research": percent(findings, "right_article"),
    }


def _row(card: Card, name: str) -> dict[str, Any] | None:
    return next((row for row in card["criteria"] if row["id"] == name), None)


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(**row | {"evidence": tuple(row["evidence"])})


def _cap(row: dict[str, Any]) -> Cap:
    return Cap(**row | {"evidence": tuple(row["evidence"])})


def _caller(verdict: str, found: Sequence[Cap]) -> str:
    """An impostor who was let in only by caps that were lifted got nothing."""
    if verdict != "impostor_let_in" or LET_IN & {cap.id for cap in found}:
        return verdict
    return "" if any(cap.id == "goal_missed" for cap in found) else "impostor_refused"


def _feedback(known: dict[str, Any], findings: Sequence[Finding], found: Sequence[Cap]) -> dict[str, Any]:
    """Without advice on what a person found done or on a cap that was lifted, and without praise for what they found lacking."""
    done = {f.id for f in findings if f.overridden and f.status == "met"}
    lacking = {f.id for f in findings if f.overridden and f.status != "met"}
    stands = {f.id for f in findings} | {cap.id for cap in found}
    advice = [m for m in known["next"] if m["criterion"] in stands - done]
    return {
        **known,
        "best": [moment for moment in known["best"] if moment["criterion"] not in lacking],
        "next": advice,
        "goal": known["goal"] if advice == known["next"] else goal(advice),
    }
