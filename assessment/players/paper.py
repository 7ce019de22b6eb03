"""A desk on paper: the engine, the listener and the voice, without database, server or clock.

What it logs is what the services log (a test holds the two together), so the scores are the same.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from assessment.players.desk import Answer, Desk, Resolution, done_in
from assessment.scoring import Attempt, Happening, Line
from chat.company import find_people
from chat.customer.understanding import Listener, Reading
from chat.voices.scripted import speak
from scenarios.world.state import POSSESSION, State, goal_reached, matches, opening_state
from scenarios.world.step import asks_first, hear, use
from scenarios.world.turn import Event, Heard

TICKET = "TKT-20260316-00001"


@dataclass
class Paper(Desk):
    listener: Listener = field(kw_only=True)
    lines: list[Line] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)
    resolution: Resolution = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._state = opening_state(self.world)
        self._triage = self.world.ticket.arrives.model_dump()
        self._said_in: dict[str, int] = {}  # factor -> line in which the caller gave it
        self._runs = 0
        opening = self._line("ai", self.world.ticket.opening)
        self._log([("started", {"seed": self.seed, "opening": opening.id})])

    @property
    def state(self) -> State:
        return self._state

    @property
    def ticket(self) -> str:
        return TICKET

    @property
    def attempt(self) -> Attempt:
        """What scoring looks at, once it is resolved."""
        return Attempt(
            world=self.world,
            state=self.state,
            lines=tuple(self.lines),
            events=tuple(self.events),
            triage=dict(self._triage),
            resolution=self.resolution,
            outcome=goal_reached(self.world, self.state, justified=False),
            finished=self.at,
            way=self.way,
        )

    def understand(self, text: str) -> Reading:
        return self.listener.understand(text, self.state)

    def _said(self, text: str) -> Answer:
        mine, reading = self._line("user", text), self.understand(text)
        heard = Heard(reading.acts, self.at, reading.options, reading.unclear, reading.jargon, reading.steps)
        dice = Random(f"{self.seed}:{self.state.turn}")
        outcome = hear(self.world, self.state, heard, dice)
        texts, outcome.state.wordings = speak(self.world, outcome.state, outcome.moves, dice)
        self._state = outcome.state
        spoken = [self._line("ai", words) for words in texts]
        self._log([("heard", _heard(mine, reading))])
        cause = {"seq": mine.seq, "reply": spoken[0].seq}
        self._log((event.kind, event.data | cause) for event in outcome.events)
        turn = {
            "turn": self.state.turn,
            "messages": [line.seq for line in spoken],
            "moves": [[move.kind, move.ref] for move in outcome.moves],
            "patience": self.state.patience,
            "trust": self.state.trust,
        }
        self._log([("turn", turn)])
        self._remember(outcome.events, spoken[0].seq)
        moves, done = [move.kind for move in outcome.moves], done_in((e.kind, e.data) for e in outcome.events)
        return Answer(reading.acts, reading.options, tuple(moves), done, tuple(texts))

    def _used(self, name: str) -> str:
        if asks_first(self.world, self.state, name):
            self.state.warned.append(name)
            self._log([("gate_warning", {"action": name})])
        dice = Random(f"{self.seed}:console:{self._runs}")
        outcome, shown = use(self.world, self.state, name, dice, self.at)
        self._state, run = outcome.state, {"run": f"run-{self._runs}"}
        self._runs += 1
        self._log([("console", {"action": name} | run)])
        self._log((event.kind, event.data | run) for event in outcome.events)
        return shown

    def _looked(self, query: str) -> None:
        found = [record["id"] for record in find_people(self.world, self.state, query)]
        self._log([("lookup", {"where": "directory", "query": query, "found": found})])

    def _marked(self, factor: str, outcome: str) -> None:
        value = self.state.answered.get(factor, "")
        truth = bool(value) and matches(self.world, factor, value)
        given = factor in self._said_in or (factor in POSSESSION and bool(value))
        data = {"factor": factor, "outcome": outcome, "given": given, "right": truth == (outcome == "match")}
        self._log([("verification", data | {"evidence": self._said_in.get(factor)})])

    def _searched(self, query: str, found: tuple[str, ...]) -> None:
        self._log([("search", {"query": query, "found": list(found)})])

    def _opened(self, slug: str) -> None:
        self._log([("article", {"slug": slug})])

    def _noted(self, text: str) -> None:
        mine = self._line("user", text, "note")
        self._log([("note", {"message": mine.id, "seq": mine.seq})])

    def _triaged(self, fields: dict[str, str]) -> None:
        self._triage |= fields
        self._log([("triage", dict(fields))])

    def _resolved(self, resolution: Resolution) -> None:
        kind = resolution["type"]
        self.state.ending = {
            "declined": kind == "declined",
            "reported": bool(resolution.get("reported")),
            "escalated": resolution.get("team", "") if kind == "escalated" else "",
        }
        self.resolution = resolution
        self._log([("resolved", dict(resolution))])

    def _remember(self, events: tuple[Event, ...], reply: int) -> None:
        for event in events:
            if event.kind == "identity" and event.data["given"]:
                self._said_in[event.data["field"]] = reply

    def _line(self, sender: Any, text: str, kind: Any = "reply") -> Line:
        number = len(self.lines) + 1
        self.lines.append(Line(f"line-{number}", number, sender, kind, text, self.at))
        return self.lines[-1]

    def _log(self, happened: Any) -> None:
        for kind, data in happened:
            self.events.append(Happening(len(self.events) + 1, kind, data, self.at))


def _heard(mine: Line, reading: Reading) -> dict[str, Any]:
    return {
        "message": mine.id,
        "seq": mine.seq,
        "acts": [{"name": a.name, "confidence": round(a.confidence, 3), "arg": a.arg} for a in reading.acts],
        "options": list(reading.options),
        "unclear": reading.unclear,
    }
