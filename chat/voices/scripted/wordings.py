"""The bank of wordings and the choice among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

BANK = Path(__file__).parent.parent / "bank"
OWN = "own"
TONES = ("friendly", "neutral", "hurried", "grumpy", "dry", "formal")
INTERJECTION = re.compile(
    r"\W*(ah|fine|hmm?|nope?|oh|ok|okay|right|so|sure|u[mh]|well|yeah|yep|yes)\b", re.IGNORECASE
)

Pools = dict[str, list[str]]


@cache
def bank() -> dict[str, Pools]:
    """Kind → tone (or `any`) → wordings."""
    yaml = YAML(typ="safe")
    kinds: dict[str, Pools] = {}
    for path in sorted(BANK.glob("*.yaml")):
        kinds.update(yaml.load(path.read_text(encoding="utf-8")))
    return kinds


@dataclass
class Chooser:
    """Picks wordings not heard before. `used` maps a pool ("greet.dry") to the indices already spoken.

    `own` are a persona's own wordings by kind; the tone `OWN` picks from them.
    """

    dice: Random
    used: dict[str, list[int]]
    own: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def pick(self, kind: str, tone: str, *, text: str = "", short: bool = False) -> str:
        """A wording of `kind` for this tone that suits the words it frames; `short` prefers the terse ones."""
        pools = {OWN: self.own[kind]} if tone == OWN else bank()[kind]
        pool = tone if tone in pools else "any"
        wordings, used = pools[pool], self.used.setdefault(f"{kind}.{pool}", [])
        suitable = [i for i, wording in enumerate(wordings) if suits(wording, text)] or [0]
        fresh = [i for i in suitable if i not in used]
        if not fresh:
            latest = used[-1]
            used[:] = [i for i in used if i not in suitable]
            fresh = [i for i in suitable if i != latest] or suitable
        if short:
            fresh = sorted(fresh, key=lambda i: len(wordings[i]))[: max(2, len(fresh) // 2)]
        chosen = self.dice.choice(fresh)
        used.append(chosen)
        return wordings[chosen]


def suits(wording: str, text: str) -> bool:
    """Whether the frame reads well before the words: "ok, ok it says" and "still ok it says" do not."""
    lead = wording.partition("{text}")[0].rstrip()
    if not lead or not INTERJECTION.match(text):
        return True
    return lead.endswith((",", ".", ":", "!", "?")) and not INTERJECTION.match(lead)
