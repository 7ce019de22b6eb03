"""What proving a scenario takes from the conversation: whether it is heard right, and what the customer lets slip."""

from pathlib import Path
from random import Random

import chat.customer
import chat.voices
import scenarios.personas
from chat.proving.guard import Guard
from chat.proving.phrases import can_be_told_apart
from chat.proving.walks import WALKS, Overheard, walk
from scenarios.proving import WORLD, Case, Checked, Figure, Finding, register
from scenarios.world import variants

HEARING = Path(chat.customer.__file__).parent
SPEAKING = [Path(chat.voices.__file__).parent / part for part in ("bank", "scripted")]
PERSONAS = [Path(scenarios.personas.__file__), scenarios.personas.FOLDER]
HERE = Path(__file__).parent


register("phrases", after=("references",), sources=(HERE, HEARING, WORLD))(can_be_told_apart)


@register("walks", after=("references",), sources=(HERE, HEARING, WORLD, *SPEAKING, *PERSONAS))
def nothing_slips_out(case: Case) -> Checked:
    """Random conversations; half of them go part of the way to the goal first."""
    rows = variants.rows(case.data)
    for variant in case.worlds:
        worlds = [case.drawn(variant, row) for row in range(rows)]
        guards = [Guard(world) for world in worlds]
        way = case.way(variant)
        moves = way.moves[:-1] if way else ()
        found: dict[tuple[str, str], Overheard] = {}
        for i in range(WALKS):
            led = moves[: i % (len(moves) + 1)] if i % 2 else ()
            dice = Random(f"{case.slug}:{variant}:{i}")
            for heard in walk(worlds[i % rows], guards[i % rows], dice, led=led):
                found.setdefault((heard.slip.kind, heard.slip.path or heard.slip.what), heard)
        for kind in ("leak", "contradiction"):
            yield Figure(variant, f"{kind}s", sum(heard.slip.kind == kind for heard in found.values()))
        for heard in found.values():
            yield Finding(variant, heard.slip.path, _in_words(heard))


def _in_words(heard: Overheard) -> str:
    after = ", then ".join(heard.trail[-2:])
    verb = "gives away" if heard.slip.kind == "leak" else "says"
    return f'the customer {verb} {heard.slip.what}: "{heard.text}", after {after}'
