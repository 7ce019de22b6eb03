"""A finished attempt as data: all that scoring may look at. Times are seconds from the start of the session."""

from dataclasses import dataclass
from typing import Any, Literal

from scenarios.world.document import World
from scenarios.world.state import State


@dataclass(frozen=True)
class Line:
    """One line of the transcript; a note is written for colleagues, the customer never sees it."""

    id: str
    seq: int
    sender: Literal["user", "ai", "system"]
    kind: Literal["reply", "note"]
    text: str
    at: float


@dataclass(frozen=True)
class Happening:
    """One row of the event log."""

    number: int
    kind: str
    data: dict[str, Any]
    at: float


@dataclass(frozen=True)
class Attempt:
    """`state` is the final one, `outcome` the name of the goal that holds or "".

    `way`: the solver's shortest justified path. `triage`: {category, impact, urgency}.
    `resolution`: {type, documentation: {problem, cause, steps, test}, cited: [slug], team, reason, reported}.
    """

    world: World
    state: State
    lines: tuple[Line, ...]
    events: tuple[Happening, ...]
    triage: dict[str, str]
    resolution: dict[str, Any]
    outcome: str
    finished: float
    way: tuple[str, ...]
    untimed: bool = False
