"""Moves in words: generic acts as this list puts them, a scenario's own acts by the phrases of its document."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from chat.customer import library
from chat.customer.details import has_jargon, has_steps
from scenarios.world.document import World

LONGEST = 90  # characters of a phrase that a careful writer would send
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@cache
def wordings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = YAML(typ="safe").load((Path(__file__).parent / "wordings.yaml").read_text())
    return found


def ways_to_say(world: World, act: str, dice: Random) -> list[str]:
    """Different sentences for one act, the best first. A newcomer gets steps and no technical terms."""
    if act in wordings():
        return list(wordings()[act])
    known = world.nlu.extra_phrases.get(act) or library.phrases().get(act, ())
    phrases = dice.sample(sorted(set(known)), len(set(known)))
    steps = any(action.intent == act and action.needs_help_if for action in world.actions.values())
    phrases.sort(
        key=lambda phrase: (has_jargon(phrase), len(phrase) > LONGEST, steps and not has_steps(phrase))
    )
    return [sentence(phrase) for phrase in phrases]


def filled(text: str, world: World, **values: str) -> str:
    """With the customer's first name, the subject, and what else the sentence names."""
    known = {"name": first_name(world), "subject": world.ticket.subject.strip(" .!?"), **values}
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def first_name(world: World) -> str:
    return world.customer.name.split()[0]


def sentence(text: str) -> str:
    """Begins with a capital and ends with a stop."""
    text = text.strip()
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!…" else ".")


def listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def in_words(number: float) -> str:
    return NUMBERS[int(number)] if 0 <= number < len(NUMBERS) else f"{number:g}"
