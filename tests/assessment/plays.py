"""Test players at a desk on paper, by scenario and name."""

from functools import cache

from assessment.players.cast import play
from assessment.players.paper import Paper
from assessment.scoring import Scorecard, score
from chat.customer.understanding import Classifier, Listener, fit
from scenarios.world.document import Player
from scenarios.world.variants import USUAL
from tests.assessment.attempts import document


@cache
def classifier(slug: str) -> Classifier:
    return Classifier(fit(*document(slug).worlds.values()))


def desk(slug: str, variant: str = USUAL, seed: int = 7) -> Paper:
    read = document(slug)
    world = read.worlds[variant]
    return Paper(world, read.paths[variant].moves, seed, listener=Listener(world, classifier(slug)))


def played(player: str, slug: str, variant: str = USUAL, seed: int = 7) -> tuple[Paper, Scorecard]:
    at = desk(slug, variant, seed)
    play(Player(player), at)
    return at, score(at.attempt)
