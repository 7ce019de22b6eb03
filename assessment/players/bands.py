"""The check `players`: every test player ends within the band that the document gives it, in every variant."""

from collections.abc import Iterator
from pathlib import Path

import chat.customer
import chat.voices
from assessment.players.cast import play, why
from assessment.players.paper import Paper
from assessment.scoring import Scorecard, score
from chat.customer.understanding import Classifier, Listener, fit
from scenarios.proving import Case, Checked, Figure, Finding, register
from scenarios.world.document import Player

HERE = Path(__file__).parent
SOURCES = (HERE, HERE.parent / "scoring", Path(chat.customer.__path__[0]), Path(chat.voices.__path__[0]))
SEED = 7


@register("players", after=("references", "solver"), sources=SOURCES)
def players_end_in_their_bands(case: Case) -> Checked:
    if not any(world.players for world in case.worlds.values()):
        return
    classifier = Classifier(fit(*case.worlds.values()))
    for variant, player, card in _played(case, classifier):
        low, high = case.worlds[variant].players[player]
        yield Figure(variant, player.value, card.overall)
        if not low <= card.overall <= high:
            message = f"ends at {card.overall:g}; the document promises {low} to {high}. {why(card)}"
            yield Finding(variant, f"players.{player}", message)


def _played(case: Case, classifier: Classifier) -> Iterator[tuple[str, Player, Scorecard]]:
    """Each player once in each variant, on paper."""
    for variant, world in case.worlds.items():
        way = case.way(variant)
        for player in world.players if way else ():
            desk = Paper(world, way.moves if way else (), SEED, listener=Listener(world, classifier))
            play(player, desk)
            yield variant, player, score(desk.attempt)
