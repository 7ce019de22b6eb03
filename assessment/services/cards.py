"""Scorecards on their row: written, and read back as `Scorecard.as_json` gave them."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from assessment.models import DIMENSIONS, Assessment

SAMPLED_OF_100 = 5
NUMBERS = ("overall", "efficiency", "research")
TEXTS = ("rules_version", "caller", "criteria", "caps", "feedback", "formula")
BASIS = ("weights", "limits")


def put_card(assessment: Assessment, card: dict[str, Any]) -> None:
    """The caller saves."""
    for name in (*NUMBERS, *TEXTS):
        setattr(assessment, name, card[name])
    for name in DIMENSIONS:
        setattr(assessment, name, card["dimensions"][name])
    assessment.basis = {name: card[name] for name in BASIS}
    assessment.is_misread = any(row["misread"] for row in card["criteria"])
    assessment.is_at_edge = card["is_at_edge"]
    assessment.is_sampled = _is_sampled(assessment.pk)


def card_of(assessment: Assessment) -> dict[str, Any]:
    numbers = {name: getattr(assessment, name) for name in NUMBERS}
    return {
        **{name: None if value is None else float(value) for name, value in numbers.items()},
        **{name: getattr(assessment, name) for name in TEXTS},
        **assessment.basis,
        "dimensions": assessment.dimensions,
        "is_at_edge": assessment.is_at_edge,
    }


def _is_sampled(assessment_id: UUID) -> bool:
    """A share of all scores, always the same ones, and none that anybody could foresee."""
    return int.from_bytes(sha256(assessment_id.bytes).digest()[:4], "big") % 100 < SAMPLED_OF_100
