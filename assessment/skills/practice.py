"""When a skill is due again: the FSRS schedule, one card for each skill. No clock and no chance: times come in."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

LONGEST = 56  # days; the schedule was fitted to flash cards, and nobody rests a skill for longer
# Without learning steps, which are minutes: a ticket is worked once a day at most.
SCHEDULER = Scheduler(
    desired_retention=0.85,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST,
    enable_fuzzing=False,
)


class Review(NamedTuple):
    """One scored run that used the skill; `score` from 0 to 100."""

    at: datetime
    score: float


def schedule(reviews: Iterable[Review]) -> Card:
    """The card after these reviews, in the order in which they happened. Raises ValueError without any."""
    ordered = sorted(reviews)
    if not ordered:
        raise ValueError("A skill without a review has no schedule.")
    card = Card(card_id=1, due=ordered[0].at.astimezone(UTC))
    for review in ordered:
        card, _ = SCHEDULER.review_card(card, grade(review.score), review.at.astimezone(UTC))
    return card


def grade(score: float) -> Rating:
    if score < 60:
        return Rating.Again
    if score < 75:
        return Rating.Hard
    return Rating.Good if score < 90 else Rating.Easy
