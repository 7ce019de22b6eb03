"""Where a test player works: the same few things that a learner can do, on paper or through the services."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from scenarios.world.document import World
from scenarios.world.state import State
from scenarios.world.turn import Act

Resolution = dict[str, Any]
# Seconds that a step at the desk takes, beside the replies, which go by the player's pace.
SECONDS = {"look": 5, "mark": 2, "search": 5, "open": 8, "use": 3, "triage": 4, "note": 10, "resolve": 25}
PROOFS = {"callback": 4, "push_code": 3}


@dataclass(frozen=True)
class Answer:
    """What came of a message: acts as understood, options asked back, the kinds of the customer's moves, the words.

    `done` are the actions that the customer carried out or claims to have.
    """

    acts: tuple[Act, ...] = ()
    options: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def understood(self, act: str) -> bool:
        return any(heard.name == act for heard in self.acts)


def done_in(events: Iterable[tuple[str, dict[str, Any]]]) -> tuple[str, ...]:
    """The actions that a turn's events (kind, data) tell of."""
    return tuple(data["action"] for kind, data in events if kind in ("action", "claim"))


@dataclass
class Desk(ABC):
    """One ticket. `way` is the solver's shortest justified path, `at` seconds from the start of the session."""

    world: World
    way: tuple[str, ...]
    seed: int
    at: float = 0.0
    pace: float = 20.0  # seconds that the customer waits for a reply
    dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.seed}:player")

    def say(self, text: str) -> Answer:
        """A reply and the customer's turn; nobody talks to one who left."""
        if self.state.left:
            return Answer()
        self.at += self.pace
        return self._said(text)

    def use(self, name: str) -> str:
        """Uses the console, also where policy asks first; what it shows."""
        self._spend("use")
        tool = self.world.tools.get(name) or self.world.actions.get(name)
        shown = self._used(name)
        self.at += tool.seconds if tool else PROOFS[name]
        return shown

    def look(self, query: str) -> None:
        self._spend("look")
        self._looked(query)

    def mark(self, factor: str, outcome: str) -> None:
        self._spend("mark")
        self._marked(factor, outcome)

    def read(self, query: str, slug: str) -> None:
        """Searches the knowledge base and opens the article."""
        self.search(query, slug)
        self.open(slug)

    def search(self, query: str, *found: str) -> None:
        """`found`: slugs of articles, where nothing but paper is there to search."""
        self._spend("search")
        self._searched(query, found)

    def open(self, slug: str) -> None:
        self._spend("open")
        self._opened(slug)

    def note(self, text: str) -> None:
        """For colleagues; the customer does not see it."""
        self._spend("note")
        self._noted(text)

    def triage(self, **fields: str) -> None:
        self._spend("triage")
        self._triaged(fields)

    def resolve(self, resolution: Resolution) -> None:
        self._spend("resolve")
        self._resolved(resolution)

    def wait(self, seconds: float) -> None:
        self.at += seconds

    def _spend(self, step: str) -> None:
        self.at += SECONDS[step]

    @property
    @abstractmethod
    def state(self) -> State: ...

    @property
    @abstractmethod
    def ticket(self) -> str:
        """Its number."""

    @abstractmethod
    def _said(self, text: str) -> Answer: ...

    @abstractmethod
    def _used(self, name: str) -> str: ...

    @abstractmethod
    def _looked(self, query: str) -> None: ...

    @abstractmethod
    def _marked(self, factor: str, outcome: str) -> None: ...

    @abstractmethod
    def _searched(self, query: str, found: tuple[str, ...]) -> None: ...

    @abstractmethod
    def _opened(self, slug: str) -> None: ...

    @abstractmethod
    def _noted(self, text: str) -> None: ...

    @abstractmethod
    def _triaged(self, fields: dict[str, str]) -> None: ...

    @abstractmethod
    def _resolved(self, resolution: Resolution) -> None: ...
