"""Leaks at rest: nothing that has to be earned can be read somewhere else in the document."""

import re
from collections.abc import Iterator

from scenarios.world.checks.problem import Problem, Problems
from scenarios.world.document import Action, World
from scenarios.world.state import POSSESSION

WINDOW = 4  # so many words in a row give a text away
Text = tuple[str, str]  # path, words


def facts_stay_hidden(world: World) -> Problems:
    """The words of a fact that has to be earned occur nowhere else."""
    texts = list(_texts(world))
    for name, fact in world.facts.items():
        if fact.volunteer is None:
            elsewhere = [text for text in texts if text[0] != f"facts.{name}.say"]
            yield from _found(elsewhere, fact.say, f"the fact '{name}'", WINDOW)


def cause_stays_hidden(world: World) -> Problems:
    """Nobody says the cause. A tool may show it: to find that is the work."""
    shown = {f"facts.{name}.say" for name, fact in world.facts.items() if fact.holder == "tool"}
    texts = [text for text in _texts(world) if text[0] not in shown]
    for phrase in world.root_cause.say_any:
        yield from _found(texts, phrase, "the cause")


def identity_stays_hidden(world: World) -> Problems:
    """No value that would prove who is calling, nor the number that is called back."""
    policy, record = world.identity.policy, world.identity.directory
    proving = {factor for rule in (*policy.low, *policy.high) for factor in rule.of} - set(POSSESSION)
    texts = list(_texts(world))
    for factor in sorted(proving | {"phone_on_file"}):
        if value := getattr(record, factor, None):
            yield from _found(texts, value, f"the customer's {factor}")


def overlap(secret: str, text: str, window: int | None = None) -> str:
    """Words in a row that both share, `window` of them; the whole secret if it is shorter or none is given."""
    hidden, shown = words(secret), words(text)
    size = min(window or len(hidden), len(hidden))
    if not size:
        return ""
    seen = set(_runs(shown, size))
    return " ".join(next((run for run in _runs(hidden, size) if run in seen), ()))


def words(text: str) -> list[str]:
    """Lower-case words and numbers without apostrophes."""
    return re.findall(r"[^\W_]+", re.sub("['\u2019]", "", text.casefold()))


def _runs(tokens: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def _found(texts: list[Text], secret: str, what: str, window: int | None = None) -> Problems:
    for path, text in texts:
        if shared := overlap(secret, text, window):
            yield Problem(path, f"gives {what} away: '{shared}'")


def _texts(world: World) -> Iterator[Text]:
    """All that can be read from the start, and all that the customer or the console may say."""
    yield from (("title", world.title), ("summary", world.summary))
    yield from (("ticket.subject", world.ticket.subject), ("ticket.opening", world.ticket.opening))
    yield from ((f"customer.persona.quirks.{i}", q) for i, q in enumerate(world.customer.persona.quirks))
    for i, earlier in enumerate(world.history):
        yield f"history.{i}.subject", earlier.subject
        yield f"history.{i}.resolution", earlier.resolution
    yield from ((f"facts.{name}.say", fact.say) for name, fact in world.facts.items())
    yield from ((f"facts.{name}.instead", fact.instead) for name, fact in world.facts.items() if fact.instead)
    yield from ((f"beliefs.{name}.say", belief.say) for name, belief in world.beliefs.items())
    yield from ((f"beats.{name}.say", beat.say) for name, beat in world.beats.items() if beat.say)
    yield from ((f"nlu.asked_as.{act}", words) for act, words in world.nlu.asked_as.items())
    for name, tool in world.tools.items():
        yield from ((f"tools.{name}.{key}", getattr(tool, key)) for key in ("label", "about", "empty"))
    for name, action in world.actions.items():
        yield from ((f"actions.{name}.{key}", text) for key, text in _said_by(action))


def _said_by(action: Action) -> Iterator[Text]:
    for key in ("label", "about", "help", "say", "on_pre_fail"):
        if text := getattr(action, key):
            yield key, text
    yield from (("effects", effect.say) for effect in action.effects if effect.say)
