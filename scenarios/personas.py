"""The people that scenarios cast: one file each, named by a customer (`persona: hurried-novice`).

A file holds the fields of a `Persona`, the mood they start in, and their manner. The manner stays out of scenario
documents, as all wordings do: a better word reaches every scenario that casts them.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field
from ruamel.yaml import YAML

from scenarios.world.document import Name, Part, Persona, Tone, Words

FOLDER = Path(__file__).parent / "personas"


class Manner(Part):
    """How one person writes. What is left out is as usual for their tone."""

    typing: str = ""  # for people: how it looks
    bank: Tone | None = None  # whose wordings they use where they have none of their own
    lower: bool | None = None  # no capitals, few commas and apostrophes
    in_full: bool | None = None  # "I do not" for "I don't"
    articles: bool = True  # False: most are left out
    stop: str = "."  # at the end of a statement of their own
    pause: str = ". "  # between two of them
    slips: float = Field(0, ge=0, le=1)  # chance of a typo in a wording
    shouts: float = Field(0, ge=0, le=1)  # chance of a word in capitals
    says: dict[Words, Words] = {}  # their word for a common one
    words: dict[Name, list[Words]] = {}  # wordings of their own, by what they are for


@cache
def personas() -> dict[str, dict[str, Any]]:
    """By name: the fields of a persona, `mood`, where a customer of this kind starts, and `manner`."""
    yaml = YAML(typ="safe", pure=True)
    return {file.stem: yaml.load(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.yaml"))}


def cast(customer: Mapping[str, Any]) -> dict[str, Any]:
    """The customer with the persona that is named in place of its name; what the scenario says goes first.

    Raises KeyError with the name where there is no such persona.
    """
    written = customer.get("persona", {})
    named = {"like": written} if isinstance(written, str) else written
    if not isinstance(named, Mapping) or "like" not in named:
        return dict(customer)
    persona = dict(personas()[str(named["like"])])
    mood, _ = persona.pop("mood", {}), persona.pop("manner", {})
    return {**customer, "persona": {**persona, **named}, "mood": mood | dict(customer.get("mood", {}))}


def manner_of(persona: Persona) -> Manner:
    """The manner of the persona that they are like, unless the scenario gave them another tone."""
    file = personas().get(persona.like or "", {})
    return _manner(persona.like) if persona.like and file.get("tone") == persona.tone else Manner()


@cache
def _manner(name: str) -> Manner:
    return Manner.model_validate(personas()[name].get("manner", {}))
