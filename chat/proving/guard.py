"""Listens to a customer for what they cannot have said: secrets that nobody earned, and things made up. Plain Python."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chat.voices.scripted.wordings import bank
from scenarios.personas import manner_of
from scenarios.world.checks.leaks import words
from scenarios.world.document import World
from scenarios.world.state import State
from scenarios.world.turn import Move

Run = tuple[str, ...]
Kind = Literal["leak", "contradiction"]
WINDOW = 4  # so many words in a row of a fact give it away
TELLING = 3  # shorter texts and codes than this are everyday words and small numbers
RECORD = ("employee_id", "asset_tag", "manager", "username", "phone_on_file")
CODE = re.compile(r"\w*\d(?:[\w.:/\\-]*\w)?")
EVERYDAY = re.compile(r"\d{,3}|(?:19|20)\d\d")  # numbers that tell nothing by themselves, and years
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z][\w'’-]*")  # a capital that no sentence begins with
SENTENCE = re.compile(r"(?<=[.!?…)])\s+")
SLOT = re.compile(r"\{\w+\}")
DOING = ("claim", "did")  # pools whose wordings say that something was done


@dataclass(frozen=True, order=True)
class Secret:
    """Words in a row, and where the document keeps what they give away."""

    path: str
    what: str


@dataclass(frozen=True)
class Slip:
    """One thing that should not have been said. `path` is the place in the document that it touches."""

    kind: Kind
    path: str
    what: str


class Guard:
    """Knows one world's secrets; `slips` hears one message."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._public = _public(world)
        manner = manner_of(world.customer.persona)
        own = [wording for wordings in manner.words.values() for wording in wordings]
        self._own = _Said([*(SLOT.sub(" ", wording) for wording in own), *manner.says.values()])
        self._tokens = {name: frozenset(words(fact.say)) for name, fact in world.facts.items()}
        self._common = (
            _bank_words() | self._public.tokens | self._own.tokens | set(words(world.customer.name))
        )
        self._common |= {token for quirk in world.customer.persona.quirks for token in _telling(quirk)}
        self._secrets: dict[int, dict[Run, list[Secret]]] = {}
        self._codes: dict[str, list[str]] = {}
        self._hide_facts()
        self._hide_cause()
        self._hide_identity()

    def slips(self, text: str, state: State, moves: Sequence[Move]) -> Iterator[Slip]:
        """What is wrong with this message, given where the conversation stands after it and what it had to say."""
        yield from self._leaks(text, state)
        yield from self._inventions(text, state, moves)

    def _leaks(self, text: str, state: State) -> Iterator[Slip]:
        sentences = [words(sentence) for sentence in SENTENCE.split(text)]
        told: dict[Secret, Run] = {}
        for size, secrets in self._secrets.items():
            for run in secrets.keys() & {run for heard in sentences for run in _runs(heard, size)}:
                if not any(self._known(secret, run, state) for secret in secrets[run]):
                    told.setdefault(secrets[run][0], run)
        for secret, run in sorted(told.items()):
            yield Slip("leak", secret.path, f"{secret.what}, '{' '.join(run)}'")
        for code in self._codes.keys() & _codes(text):
            facts = self._codes[code]
            if not any(fact in state.earned for fact in facts):
                yield Slip("leak", f"facts.{facts[0]}.say", f"the value {code} of the fact '{facts[0]}'")

    def _known(self, secret: Secret, run: Run, state: State) -> bool:
        """Whether the learner has earned it, or the customer heard it from the learner."""
        place, _, name = secret.path.partition(".")
        if place == "facts":
            return name.removesuffix(".say") in state.earned
        if place == "identity":
            field = name.rpartition(".")[2]
            return field in state.told or tuple(words(state.answered.get(field, ""))) == run
        return False

    def _inventions(self, text: str, state: State, moves: Sequence[Move]) -> Iterator[Slip]:
        """Codes, numbers and names that come from nowhere, and deeds that nobody did."""
        named = {token for token in _telling(text) if token not in self._common}
        if named:
            named -= {token for move in moves for token in words(move.text)}
            named -= {token for move in moves for option in move.options for token in self._label(option)}
            named = {t for t in named if not any(t in self._tokens[fact] for fact in state.earned)}
        for token in sorted(named):
            yield Slip("contradiction", "", f"'{token}', which nothing that was said or earned contains")
        for move in moves:
            if (move.kind in ("did", "result") and move.ref not in state.done) or (
                move.kind in ("claim", "admit") and move.ref not in state.claimed
            ):
                yield Slip("contradiction", f"actions.{move.ref}", f"that '{move.ref}' was done; it was not")
        if not any(move.kind in DOING for move in moves):
            for run in _deeds() & {tuple(words(sentence)) for sentence in SENTENCE.split(text)}:
                yield Slip("contradiction", "", f"'{' '.join(run)}', and nothing was done or claimed")

    def _label(self, act: str) -> list[str]:
        action = self._world.action_for(act)
        label = self._world.actions[action].label if action else None
        return words(f"{label or ''} {self._world.nlu.asked_as.get(act, '')} {act}")

    def _hide(self, run: Run, secret: Secret) -> None:
        size = len(run)
        if not any(run in said for said in (self._public.runs(size), self._own.runs(size), _bank_runs(size))):
            self._secrets.setdefault(len(run), {}).setdefault(run, []).append(secret)

    def _hide_facts(self) -> None:
        for name, fact in self._world.facts.items():
            said = words(fact.say)
            secret = Secret(f"facts.{name}.say", f"the fact '{name}'")
            if len(said) >= TELLING:
                for run in set(_runs(said, min(WINDOW, len(said)))):
                    self._hide(run, secret)
            for code in _codes(fact.say) - self._public.codes:
                self._codes.setdefault(code, []).append(name)

    def _hide_cause(self) -> None:
        for phrase in self._world.root_cause.say_any:
            if run := tuple(words(phrase)):
                self._hide(run, Secret("root_cause.say_any", "the cause"))

    def _hide_identity(self) -> None:
        for side in ("directory", "caller"):
            for field in RECORD:
                if run := tuple(words(getattr(getattr(self._world.identity, side), field) or "")):
                    self._hide(run, Secret(f"identity.{side}.{field}", f"the {field} nobody asked for"))


class _Said:
    """What was said in public, so that nobody gives it away."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [words(text) for text in texts]
        self._runs: dict[int, frozenset[Run]] = {}
        self.tokens = frozenset(token for text in self._texts for token in text)
        self.codes = frozenset(code for text in texts for code in _codes(text))

    def runs(self, size: int) -> frozenset[Run]:
        if size not in self._runs:
            self._runs[size] = frozenset(run for text in self._texts for run in _runs(text, size))
        return self._runs[size]


def _public(world: World) -> _Said:
    return _Said([world.title, world.ticket.subject, world.ticket.opening])


def _runs(tokens: list[str], size: int) -> Iterator[Run]:
    return zip(*(tokens[i:] for i in range(size)), strict=False)


def _codes(text: str) -> set[str]:
    """Error codes, long numbers and the like, lower-case."""
    found = {code.casefold() for code in CODE.findall(text) if len(code) >= TELLING}
    return {code for code in found if not EVERYDAY.fullmatch(code)}


def _telling(text: str) -> list[str]:
    """Words that must come from somewhere: with a digit in them, or a capital in mid-sentence."""
    named = [*CODE.findall(text), *NAME.findall(text)]
    return [token for name in named for token in words(name)]


@cache
def _wordings() -> dict[str, list[list[str]]]:
    """Pool → the words of each wording, without its slots."""
    return {
        pool: [words(SLOT.sub(" ", wording)) for wordings in tones.values() for wording in wordings]
        for pool, tones in bank().items()
    }


@cache
def _bank_words() -> frozenset[str]:
    return frozenset(token for wordings in _wordings().values() for said in wordings for token in said)


@cache
def _bank_runs(size: int) -> frozenset[Run]:
    return frozenset(
        run for wordings in _wordings().values() for said in wordings for run in _runs(said, size)
    )


@cache
def _deeds() -> frozenset[Run]:
    """Whole wordings that only somebody uses who did something."""
    others = {
        run for pool, wordings in _wordings().items() if pool not in DOING for run in map(tuple, wordings)
    }
    did = {run for pool in DOING for run in map(tuple, _wordings()[pool]) if len(run) >= TELLING}
    return frozenset(did - others)
