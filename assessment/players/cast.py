"""The test players by name, and how one plays a world on paper."""

from assessment.players.able import Expert, Trusting
from assessment.players.analyst import Analyst
from assessment.players.desk import Desk
from assessment.players.poor import Careless, Injector, Rude, Silent, Suspicious
from assessment.scoring.scorecard import Scorecard
from scenarios.world.document import Player

CAST: dict[Player, type[Analyst]] = {
    Player.EXPERT: Expert,
    Player.CARELESS: Careless,
    Player.TRUSTING: Trusting,
    Player.SUSPICIOUS: Suspicious,
    Player.SILENT: Silent,
    Player.RUDE: Rude,
    Player.INJECTOR: Injector,
}


def play(player: Player, desk: Desk) -> None:
    """From the first message to the closed ticket."""
    CAST[player](desk).play()


def why(card: Scorecard) -> str:
    """What a score rests on: the lowest cap, and the weakest dimension with the rows that cost most there."""
    lowest = min(card.caps, key=lambda cap: cap.limit, default=None)
    capped = f"capped at {lowest.limit:g}: {lowest.why} " if lowest else ""
    scores = {name: number for name, number in card.dimensions.items() if number is not None}
    weakest = min(scores, key=lambda name: scores[name])
    lost = [f for f in card.criteria if f.dimension == weakest and f.points - f.earned > 0]
    lost.sort(key=lambda f: f.earned - f.points)
    rows = "; ".join(f"{f.title}: {f.why}" for f in lost[:2])
    return f"{capped}Weakest is {weakest.replace('_', ' ')} with {scores[weakest]:g}. {rows}".strip()
