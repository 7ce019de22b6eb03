"""The material of understanding as shipped: acts, words, and many phrases for each act."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from scenarios.world.document import World

HERE = Path(__file__).parent
NONE = "none"


@dataclass(frozen=True)
class Kind:
    """A dialogue act: how the customer would ask whether it was meant, and whether a mistake does harm."""

    name: str
    ask: str
    changing: bool = False


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@lru_cache(1)
def acts() -> dict[str, Kind]:
    """The generic acts by name."""
    return {name: Kind(name, **about) for name, about in _read(HERE / "acts.yaml").items()}


def is_changing(act: str) -> bool:
    """Whether mishearing this act does harm: a scenario's own instructions always may."""
    known = acts().get(act)
    return known.changing if known else act.startswith("a_")


@lru_cache(1)
def lexicon() -> dict[str, Any]:
    """`spellings` (short to whole), `concepts` (idea to words), and lists of words."""
    found: dict[str, Any] = _read(HERE / "lexicon.yaml")
    return found


@lru_cache
def word_list(name: str) -> frozenset[str]:
    """One of the lexicon's lists, to look words up in."""
    return frozenset(str(word) for word in lexicon()[name])


@lru_cache(1)
def cause_words() -> dict[str, Any]:
    """`causes` (id of a root cause to ways of putting it) and the `groups` of words that they share."""
    found: dict[str, Any] = _read(HERE / "causes.yaml")
    return found


@lru_cache(1)
def common_words() -> frozenset[str]:
    """Everyday words of four letters or more, so that none of them is taken for a slip."""
    lines = (HERE / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(1)
def phrases() -> dict[str, tuple[str, ...]]:
    """Act (and `none`) to example phrases. Only fitting needs them."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((HERE / "phrases").glob("*.yaml")):
        for act, examples in _read(path).items():
            found[act] = found.get(act, ()) + tuple(str(example) for example in examples)
    return found


def asked_as(world: World | None, act: str) -> str:
    """How the customer puts an act in a clarifying question: "restart it"; one of its own as its author says."""
    if known := acts().get(act):
        return known.ask
    if world and act in world.nlu.asked_as:
        return world.nlu.asked_as[act]
    action = world.action_for(act) if world else None
    label = world.actions[action].label if world and action else None
    return label[:1].lower() + label[1:] if label else re.sub(r"^[af]_", "", act).replace("_", " ")
