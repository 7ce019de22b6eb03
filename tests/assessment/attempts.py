"""A little language for attempts: what a learner says, uses and writes becomes a finished Attempt.

Acts are given with the words, as `name`, `name:arg` or `name@confidence`, so that these attempts speak about
scoring and not about understanding. The world answers with its own step.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from assessment.scoring import Attempt, Happening, Line
from scenarios.reading import Document, read_document
from scenarios.world.state import goal_reached, opening_state
from scenarios.world.step import hear, use
from scenarios.world.turn import Act, Event, Heard, Move

PACK = Path(__file__).parents[2] / "scenarios" / "pack"


@cache
def document(slug: str) -> Document:
    return read_document((PACK / f"{slug}.yaml").read_text())


def act(written: str) -> Act:
    name, _, confidence = written.partition("@")
    name, _, arg = name.partition(":")
    return Act(name, float(confidence or 1), arg)


class Play:
    """One learner at one ticket. `after`: seconds that the customer waits for what comes next."""

    def __init__(self, slug: str, seed: int = 7, untimed: bool = False):
        self.read = document(slug)
        self.world = self.read.world
        self.state = opening_state(self.world)
        self.seed, self.untimed = seed, untimed
        self.at = 0.0
        self.lines: list[Line] = []
        self.events: list[Happening] = []
        self.triage = self.world.ticket.arrives.model_dump()
        self._log("started", mode="exam", seed=seed)
        self._line("ai", self.world.ticket.opening)

    def say(self, text, *acts, after=15.0, options=(), unclear=False, jargon=False, steps=False):
        """A reply to the customer, and the customer's turn."""
        self.at += after
        mine = self._line("user", text)
        heard = Heard(tuple(map(act, acts)), self.at, tuple(options), unclear, jargon, steps)
        outcome = hear(self.world, self.state, heard, Random(f"{self.seed}:{self.state.turn}"))
        self.state = outcome.state
        understood = [{"name": a.name, "confidence": a.confidence, "arg": a.arg} for a in heard.acts]
        self._log(
            "heard", message=mine.id, seq=mine.seq, acts=understood, options=list(options), unclear=unclear
        )
        answer = mine.seq + 1
        self._happened(outcome.events, seq=mine.seq, reply=answer)
        self._log(
            "turn",
            turn=self.state.turn,
            messages=[answer],
            moves=[[m.kind, m.ref] for m in outcome.moves],
            patience=self.state.patience,
            trust=self.state.trust,
        )
        gone = [m.kind for m in outcome.moves] == ["gone"]
        spoken = self._line("system" if gone else "ai", _in_words(outcome.moves))
        self.at += min(4.0, 0.4 + len(spoken.text) / 35)
        return self

    def makes_sure(self):
        """What was only claimed comes out when one asks what the screen shows."""
        if set(self.state.claimed) - set(self.state.done):
            self.say("What do you see on the screen now?", "f_screen", steps=True)
        return self

    def use(self, *names, after=3.0):
        """Diagnostics, actions and proofs of the console, one after the other."""
        for name in names:
            self.at += after
            run = f"run-{len(self.events)}"
            outcome, _ = use(self.world, self.state, name, Random(f"{self.seed}:{run}"), self.at)
            self.state = outcome.state
            self._log("console", action=name, run=run)
            self._happened(outcome.events, run=run)
        return self

    def note(self, text):
        mine = self._line("user", text, kind="note")
        self._log("note", message=mine.id, seq=mine.seq)
        return self

    def opens(self, slug):
        self._log("search", query=self.world.ticket.subject, found=[slug])
        self._log("article", id=slug, slug=slug, credibility="official")
        return self

    def looks(self):
        """Opens the caller's record in the directory."""
        record = self.world.identity.directory
        self._log("lookup", where="directory", query=record.name, found=[record.employee_id])
        return self

    def ticks(self, factor, *, right=True):
        self._log("verification", factor=factor, outcome="match", given=True, right=right, evidence=None)
        return self

    def sets(self, **fields):
        self.triage |= fields
        self._log("triage", **fields)
        return self

    def triaged(self):
        return self.sets(**self.world.ticket.expected.model_dump())

    def ends(
        self, kind, problem, cause, steps, test, *, cited=(), team="", reason="", reported=False
    ) -> Attempt:
        self.at += 30
        documentation = {"problem": problem, "cause": cause, "steps": steps, "test": test}
        escalated = team if kind == "escalated" else ""
        self.state.ending = {"declined": kind == "declined", "reported": reported, "escalated": escalated}
        outcome = goal_reached(self.world, self.state, justified=False)
        resolution = {"type": kind, "documentation": documentation, "cited": list(cited), "team": team}
        resolution |= {"reason": reason, "reported": reported}
        self._log("resolved", **resolution, outcome=outcome)
        return Attempt(
            world=self.world,
            state=self.state,
            lines=tuple(self.lines),
            events=tuple(self.events),
            triage=dict(self.triage),
            resolution=resolution,
            outcome=outcome,
            finished=self.at,
            way=self.read.paths["usual"].moves,
            untimed=self.untimed,
        )

    def _line(self, sender, text, kind="reply") -> Line:
        number = len(self.lines) + 1
        self.lines.append(Line(f"line-{number}", number, sender, kind, text, self.at))
        return self.lines[-1]

    def _log(self, kind, **data) -> None:
        self.events.append(Happening(len(self.events) + 1, kind, data, self.at))

    def _happened(self, events: tuple[Event, ...], **cause) -> None:
        for e in events:
            self._log(e.kind, **e.data, **cause)


def _in_words(moves: tuple[Move, ...]) -> str:
    return ". ".join(m.text or m.kind.replace("_", " ") for m in moves) or "ok"


def reworded(attempt: Attempt, **documentation: str) -> Attempt:
    """The same attempt with other notes at its end."""
    written = attempt.resolution["documentation"] | documentation
    return replace(attempt, resolution=attempt.resolution | {"documentation": written})
