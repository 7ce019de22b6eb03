"""A person's word on a scorecard: points for a criterion instead of the rule's, or a cap lifted."""

from collections.abc import Mapping
from dataclasses import replace

from assessment.scoring.caps import CAPS, Cap
from assessment.scoring.criterion import Finding, status_of
from assessment.scoring.rubric import CRITERIA

Overrides = Mapping[str, float]
LIFTED = 0.0  # the only value for a cap
BY_ID = {criterion.id: criterion for criterion in CRITERIA}
CAP_IDS = frozenset(rule.__name__ for _, _, rule in CAPS)


def bounds(name: str) -> tuple[float, float]:
    """Fewest and most points that a person may give. ValueError for what is neither criterion nor cap."""
    if name in BY_ID:
        return BY_ID[name].worst, BY_ID[name].points
    if name in CAP_IDS:
        return LIFTED, LIFTED
    raise ValueError(f"There is no criterion or cap called {name}.")


def check(overrides: Overrides) -> None:
    """ValueError that says which value cannot be given."""
    for name, points in overrides.items():
        low, high = bounds(name)
        if not low <= points <= high:
            raise ValueError(f"{name} takes {low:g} to {high:g} points, not {points:g}.")


def overridden(finding: Finding, overrides: Overrides) -> Finding:
    """The finding with a person's points. They count also where the rule saw no occasion for the criterion."""
    if finding.id not in overrides:
        return finding
    earned, most = float(overrides[finding.id]), BY_ID[finding.id].points
    return replace(
        finding,
        points=most,
        earned=earned,
        status=status_of(earned / most if most else 1.0, lost=max(0.0, -earned)),
        misread=False,
        overridden=True,
        by_rule=finding.by_rule if finding.overridden else finding.earned,
    )


def standing(found: tuple[Cap, ...], overrides: Overrides) -> tuple[Cap, ...]:
    """The caps that nobody lifted. What is called like a criterion ("abuse") falls with its last point lost."""
    return tuple(cap for cap in found if overrides.get(cap.id) != LIFTED)
