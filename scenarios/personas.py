"""The people that scenarios cast: one file each, named by a customer (`persona: hurried-novice`)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "personas"


@cache
def personas() -> dict[str, dict[str, Any]]:
    """By name: the fields of a persona, and `mood`, where a customer of this kind starts."""
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
    mood = persona.pop("mood", {})
    own = {field: value for field, value in named.items() if field != "like"}
    return {**customer, "persona": persona | own, "mood": mood | dict(customer.get("mood", {}))}
