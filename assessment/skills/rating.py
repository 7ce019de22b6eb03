"""Elo for skills: how able a learner is and how hard a scenario is, on one scale of logits. Plain Python."""

from math import exp

PRIORS = {"starter": -1.0, "intermediate": 0.0, "advanced": 1.0}  # difficulty, before anybody has played
ENOUGH = 5  # attempts; a rating from fewer says too little
VERIFYING = "verify_identity"


def expected(ability: float, difficulty: float) -> float:
    """The share of the points, from 0 to 1, that this learner should reach in this scenario."""
    return 1 / (1 + exp(difficulty - ability))


def step(attempts: int) -> float:
    """How far one outcome moves a rating: much for who is new, less the more is known."""
    return 1 / (1 + 0.05 * attempts)


def outcome(skill: str, overall: float, *, critical: bool) -> float:
    """What was reached, from 0 to 1. Whoever failed critically has not verified, whatever else went well."""
    return 0.0 if critical and skill == VERIFYING else overall / 100
