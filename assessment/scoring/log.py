"""Transcript and event log of an attempt, and how both are cited."""

from functools import cached_property
from typing import Any

from assessment.scoring.attempt import Attempt, Happening, Line
from scenarios.world.document import World
from scenarios.world.state import State

Evidence = dict[str, Any]


def seq(number: int) -> Evidence:
    return {"seq": number}


def event(happening: Happening) -> Evidence:
    return {"event": happening.number}


class Log:
    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.world: World = attempt.world
        self.state: State = attempt.state

    @cached_property
    def replies(self) -> tuple[Line, ...]:
        """What the learner wrote to the customer."""
        return tuple(x for x in self.attempt.lines if x.sender == "user" and x.kind == "reply")

    @cached_property
    def notes(self) -> tuple[Line, ...]:
        return tuple(x for x in self.attempt.lines if x.sender == "user" and x.kind == "note")

    @cached_property
    def customer(self) -> tuple[Line, ...]:
        return tuple(x for x in self.attempt.lines if x.sender == "ai")

    def line(self, number: int) -> Line | None:
        return self._by_seq.get(number)

    @cached_property
    def _by_seq(self) -> dict[int, Line]:
        return {x.seq: x for x in self.attempt.lines}

    def checked(self) -> list[Evidence]:
        """The range that was looked through for something absent."""
        return [{"range": [1, max(self._by_seq)]}] if self._by_seq else []

    def events(self, *kinds: str, **data: Any) -> list[Happening]:
        """Events of these kinds whose data has these values, in order."""
        return [
            e
            for e in self.attempt.events
            if e.kind in kinds and all(e.data.get(name) == value for name, value in data.items())
        ]

    def first(self, *kinds: str, **data: Any) -> Happening | None:
        return next(iter(self.events(*kinds, **data)), None)

    @cached_property
    def resolved(self) -> list[Evidence]:
        return [event(e) for e in self.events("resolved")[-1:]]
