"""What goes into a turn and what comes out: acts heard, moves to say, events for the log."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from scenarios.world.document import World
from scenarios.world.state import State

# Points of patience; a scenario may set its own.
DELTAS = {
    "empathy": 6,
    "clear_instruction": 2,
    "repeat_question": -6,
    "jargon": -4,
    "long_silence": -6,
    "blame": -20,
    "wrong_fix": -10,
    "secret": -8,
    "offtopic": -4,
    "declined": -4,
    "premature_close": -8,
    "fixed": 25,
}
SORE = -4  # from here on a loss of patience is remembered as its cause


@dataclass(frozen=True)
class Act:
    """Something a learner's message does. `confidence` from 0 to 1; `arg` is a field, a value or ""."""

    name: str
    confidence: float = 1.0
    arg: str = ""


@dataclass(frozen=True)
class Heard:
    """One or more learner messages as understood. `at` is seconds from the start of the session."""

    acts: tuple[Act, ...]
    at: float = 0.0
    options: tuple[str, ...] = ()  # not sure: the best guesses, to ask back
    unclear: bool = False  # nothing recognised in words that meant something
    jargon: bool = False
    steps: bool = False  # spells out how to do it


@dataclass(frozen=True)
class Move:
    """One thing the customer says or does. `text` holds the fact's own words, never anything unearned."""

    kind: str
    ref: str = ""
    text: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    state: State
    events: tuple[Event, ...]
    moves: tuple[Move, ...]


@dataclass
class Turn:
    """The turn being made: a private copy of the state, and what has come of it so far."""

    world: World
    state: State
    dice: Random
    at: float = 0.0
    events: list[Event] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    @classmethod
    def after(cls, world: World, state: State, dice: Random, at: float) -> "Turn":
        return cls(world, state.copy(), dice, at)

    def say(self, kind: str, ref: str = "", text: str = "", options: tuple[str, ...] = ()) -> None:
        self.moves.append(Move(kind, ref, text, options))

    def log(self, kind: str, **data: Any) -> None:
        self.events.append(Event(kind, data))

    def feel(self, why: str, points: int | None = None) -> None:
        """Move patience by the scenario's (or the usual) points, within 0 to 100; a good turn builds trust."""
        if points is None:
            points = self.world.customer.mood.deltas.get(why, DELTAS[why])
        if not points:
            return
        state = self.state
        state.patience = max(0, min(100, state.patience + points))
        if why != "decay":
            state.trust = max(0, min(100, state.trust + int(points / 2)))
        if points <= SORE:
            state.sore, state.sore_turn = why, state.turn
        self.log("mood", why=why, points=points, patience=state.patience)

    def times(self, what: str) -> int:
        """Counts an asking; how often it had been asked before."""
        before = self.state.asked.get(what, 0)
        self.state.asked[what] = before + 1
        return before

    def earn(self, fact: str) -> None:
        if fact not in self.state.earned:
            self.state.earned.append(fact)
            self.log("fact", fact=fact, critical=self.world.facts[fact].critical)

    def outcome(self) -> Outcome:
        return Outcome(self.state, tuple(self.events), tuple(self.moves))
