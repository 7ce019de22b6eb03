"""What golden attempts score, and whether the scores keep what is promised of their qualities."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Any

from assessment.players.golden import Heard, Player, Scene
from assessment.players.golden_file import FOLDER, Golden, GoldenError, GoldenFile, read_golden
from assessment.scoring import Attempt, Scorecard, score
from scenarios.reading import read_document

BANDS = {
    "expert": (88, 100),
    "adequate": (55, 80),
    "poor": (41, 54),
    "unsafe": (0, 40),
    "gaming": (0, 25),
    "injection": (0, 70),
}
RANKS = {"expert": 4, "adequate": 3, "poor": 2, "unsafe": 1, "gaming": 0}
COMPARED_WITH_INJECTION = {"expert": 1, "gaming": -1}
PACK = Path(__file__).parents[2] / "scenarios" / "pack"


@dataclass(frozen=True)
class Row:
    """One golden attempt, played as it is written and with the second wordings first."""

    name: str
    golden: Golden
    attempt: Attempt
    card: Scorecard
    attempt_reworded: Attempt
    reworded: Scorecard
    heard: tuple[Heard, ...]
    heard_reworded: tuple[Heard, ...]

    @property
    def overall(self) -> float:
        return self.card.overall

    @property
    def in_band(self) -> bool:
        low, high = BANDS[self.golden.quality]
        return low <= self.overall <= high

    @property
    def understood(self) -> bool:
        """Whether every reply came across, both times."""
        return all(heard.understood for heard in (*self.heard, *self.heard_reworded))

    @property
    def difference(self) -> float:
        return round(abs(self.overall - self.reworded.overall), 2)

    def as_json(self) -> dict[str, Any]:
        golden = self.golden
        return {
            "attempt": self.name,
            "scenario": golden.scenario,
            "variant": golden.variant,
            "quality": golden.quality,
            "style": golden.style,
            "overall": self.overall,
            "in_band": self.in_band,
            "reworded": self.reworded.overall,
            "understood": self.understood,
            "caller": self.card.caller,
            "caps": [cap.id for cap in self.card.caps],
            "dimensions": self.card.dimensions,
        }


def play_all(folder: Path = FOLDER, pattern: str = "*.yaml") -> list[Row]:
    """Every attempt of the folder whose file has such a name. Raises GoldenError with all that cannot be played."""
    scenes: dict[str, Scene] = {}
    faults: list[str] = []
    ready: list[GoldenFile] = []
    for path in sorted(folder.glob(pattern)):
        try:
            file = read_golden(path)
            if (slug := file.golden.scenario) not in scenes:
                scenes[slug] = _scene(file)
            found = list(scenes[slug].faults(file))
        except GoldenError as error:
            found = [str(error)]
        faults += found
        ready += [] if found else [file]
    if faults:
        raise GoldenError("\n".join(faults))
    return [played(file.path.stem, file.golden, scenes[file.golden.scenario]) for file in ready]


def _scene(file: GoldenFile) -> Scene:
    try:
        return Scene(read_document((PACK / f"{file.golden.scenario}.yaml").read_text("utf-8")))
    except FileNotFoundError as error:
        raise GoldenError(file.fault("the pack has no such scenario", "scenario")) from error


def played(name: str, golden: Golden, scene: Scene) -> Row:
    desks = [scene.desk(golden.variant, golden.seed) for _ in range(2)]
    plays = [Player(golden, desks[0]), Player(golden, desks[1], reworded=True)]
    for play in plays:
        play.play()
    first, again = (desk.attempt for desk in desks)
    heard = (tuple(play.heard) for play in plays)
    return Row(name, golden, first, score(first), again, score(again), *heard)


def order_kept(rows: Sequence[Row]) -> float:
    """Share of the pairs of differing quality in one scenario in which the better one scores more."""
    pairs = [
        (one.overall, other.overall) if better > 0 else (other.overall, one.overall)
        for one, other in combinations(rows, 2)
        if one.golden.scenario == other.golden.scenario and (better := _better(one.golden, other.golden))
    ]
    return _share(high > low for high, low in pairs)


def _better(one: Golden, other: Golden) -> int:
    """Above 0 where the first is of the better quality, below where the second is, 0 where they are not compared."""
    if "injection" in (one.quality, other.quality):
        return COMPARED_WITH_INJECTION.get(one.quality, 0) - COMPARED_WITH_INJECTION.get(other.quality, 0)
    return RANKS[one.quality] - RANKS[other.quality]


def bands_met(rows: Sequence[Row]) -> float:
    return _share(row.in_band for row in rows)


def reworded(rows: Sequence[Row]) -> tuple[float, float]:
    """(mean, largest) difference in points, over the attempts of which everything was understood."""
    found = [row.difference for row in rows if row.understood]
    return (round(mean(found), 2), max(found)) if found else (0.0, 0.0)


def fair_groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Attempts of one scenario, variant and quality that make the same moves in several styles."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        golden = row.golden
        groups[golden.scenario, golden.variant, golden.quality, _moves(golden)].append(row)
    return [group for group in groups.values() if len({row.golden.style for row in group}) > 1]


def fairness_spread(rows: Sequence[Row]) -> float:
    """The largest difference in points within one of those groups."""
    spreads = [max(r.overall for r in g) - min(r.overall for r in g) for g in fair_groups(rows)]
    return round(max(spreads, default=0.0), 2)


def _moves(golden: Golden) -> tuple[object, ...]:
    """What is done, whatever the wording and the time."""
    return tuple(
        (m.verb, tuple(sorted(m.means)), m.use, m.open, tuple(sorted((m.mark or {}).items())), m.when)
        for m in golden.moves
    )


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return round(sum(values) / len(values), 4) if values else 1.0
