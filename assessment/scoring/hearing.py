"""What the learner's messages were taken to mean, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessment.scoring.attempt import Happening, Line
from assessment.scoring.log import Evidence, Log, event, seq
from assessment.scoring.words import contains_any, is_injection, telling

DESK = ("tkt", "ticket", "report", "reference", "security", "policy", "bye")  # words of the work itself
MANY = 3  # messages that nobody can understand are no misunderstanding any more
SURE = 0.35  # below this, what a message meant was a guess
CERTAIN = 0.6  # from here on it was said plainly
# Events that rest on the meaning of one act.
SPOKEN = {
    "asked_secret": "ask_password",
    "disclosed": "disclose",
    "abusive": "abusive",
    "injection": "injection",
    "offtopic": "offtopic",
    "explained": "explain_cause",
    "refused": "refuse_policy",
    "escalation_told": "escalate",
    "hold": "hold",
}


@dataclass(frozen=True)
class Understood:
    """A learner's message as it was understood: (act, confidence) pairs, and what was asked back."""

    number: int
    seq: int
    acts: tuple[tuple[str, float], ...]
    options: tuple[str, ...]
    unclear: bool
    at: float

    @property
    def doubtful(self) -> bool:
        """Nothing in it was understood for sure."""
        guessed = self.unclear or bool(self.options) or bool(self.acts)
        return guessed and all(sure < SURE for _, sure in self.acts)


# Beside one of these, or beside an instruction, a question without its mark may be a misheard statement.
GOODBYES = frozenset({"give_ticket", "close"})
COURTESIES = frozenset({"greet", "empathise", "thank", "apologise", "paraphrase"})
STATEMENTS = frozenset(
    {
        *GOODBYES,
        *COURTESIES,
        "explain_cause",
        "inform_done",
        "hold",
        "set_expectation",
        "escalate",
        "refuse_policy",
    }
)


class Hearing(Log):
    @cached_property
    def fair_replies(self) -> tuple[Line, ...]:
        """Replies that may earn something: those not written to the grader."""
        return tuple(x for x in self.replies if x.seq not in self.injected)

    @cached_property
    def understood(self) -> tuple[Understood, ...]:
        return tuple(_understood(e) for e in self.events("heard"))

    @cached_property
    def doubtful(self) -> frozenset[int]:
        return frozenset(u.seq for u in self.understood if u.doubtful)

    @property
    def is_garbled(self) -> bool:
        """Most of what was written could not be understood: then it was not our hearing."""
        return len(self.doubtful) >= MANY and 2 * len(self.doubtful) > len(self.replies)

    @cached_property
    def injected(self) -> frozenset[int]:
        """Replies that try to instruct the simulator or the grader: they earn nothing."""
        heard = {self.cause(e) for e in self.events("injection") if self.is_sure(e)}
        return frozenset(heard | {x.seq for x in self.replies if is_injection(x.text)})

    def said(self, *acts: str) -> list[int]:
        """Seqs of the replies in which one of the acts was understood, without those written to the grader."""
        return [
            u.seq
            for u in self.understood
            if u.seq not in self.injected and any(name in acts for name, _ in u.acts)
        ]

    def perhaps(self, acts: tuple[str, ...], sounds: tuple[str, ...]) -> list[int]:
        """Messages that may have been one of the acts after all, had we understood them."""
        return [
            u.seq for u in self.understood if u.seq not in self.injected and self._may_mean(u, acts, sounds)
        ]

    def _may_mean(self, u: Understood, acts: tuple[str, ...], sounds: tuple[str, ...]) -> bool:
        line = self.line(u.seq)
        guessed = any(name in acts for name in u.options) or any(n in acts and s < SURE for n, s in u.acts)
        known = any(name in acts for name, _ in u.acts)
        return guessed or (not known and line is not None and contains_any(line.text, sounds))

    def cause(self, happening: Happening) -> int:
        """Seq of the learner's message behind an event: of several in one turn, the one with that act."""
        act = SPOKEN.get(happening.kind, "")
        for u in self.turn_of(happening):
            if any(name == act for name, _ in u.acts):
                return u.seq
        return int(happening.data.get("seq") or 0)

    def is_sure(self, happening: Happening) -> bool:
        """Whether the event rests on a message that was understood well enough to hold against anyone."""
        act = SPOKEN.get(happening.kind)
        turn = self.turn_of(happening)
        if act is None:
            return not turn or any(not u.doubtful for u in turn)
        return self.confidence(happening) >= SURE

    def confidence(self, happening: Happening) -> float:
        """How surely the act behind an event was heard, from 0 to 1."""
        act = SPOKEN.get(happening.kind)
        sure = [sure for u in self.turn_of(happening) for name, sure in u.acts if name == act]
        return max(sure, default=1.0)

    def was_asked(self, happening: Happening) -> bool:
        """Whether the message behind an event was plainly understood, or none was needed."""
        heard = next((u for u in self.understood if u.seq == happening.data.get("seq")), None)
        return heard is None or any(sure >= CERTAIN for _, sure in heard.acts)

    def is_plain(self, u: Understood, act: str) -> bool:
        """Whether a message plainly asks this or tells the customer to do it, and is not a statement or a goodbye misheard."""
        line, names = self.line(u.seq), {name for name, _ in u.acts}
        if dict(u.acts).get(act, 0) < CERTAIN:
            return False
        if act.startswith("a_"):
            return not names & GOODBYES
        told = names & STATEMENTS or any(name.startswith("a_") for name in names)
        return not told or line is None or "?" in line.text

    def is_certain(self, happening: Happening) -> bool:
        """Whether an accusation may rest on it: said plainly, and where it is small talk, with nothing else beside it."""
        alone = happening.kind != "offtopic" or all(self._is_idle_talk(u) for u in self.turn_of(happening))
        return alone and self.is_sure(happening) and self.confidence(happening) >= CERTAIN

    def _is_idle_talk(self, u: Understood) -> bool:
        """Nothing else was heard in the message, nothing came of it, and no word of it is about the ticket."""
        line = self.line(u.seq)
        told = any(e.data.get("seq") == u.seq for e in self.events("fact", "identity", "action", "clarify"))
        about = contains_any(line.text, DESK) or telling(line.text) & self.subject if line else False
        return len(u.acts) == 1 and not told and not about

    @cached_property
    def subject(self) -> frozenset[str]:
        """Words of this case: the ticket, what was said, what there is to see, what the rubric wants noted."""
        world = self.world
        known = [world.ticket.subject, world.ticket.opening, world.title, world.summary]
        known += [x.text for x in self.customer] + [f.say for f in world.facts.values()]
        known += [w for p in world.documentation.must_mention for w in p.any] + world.root_cause.say_any
        known += [a.label or n.replace("_", " ") for n, a in world.actions.items()]
        return telling(" ".join(known))

    def turn_of(self, happening: Happening) -> tuple[Understood, ...]:
        """The messages that were answered in the turn of this event, or by it."""
        if not happening.data.get("seq") and happening.kind != "turn":
            return ()
        begun = max((n for n in self._turns if n < happening.number), default=0)
        return tuple(u for u in self.understood if begun < u.number < happening.number)

    @cached_property
    def _turns(self) -> tuple[int, ...]:
        return tuple(e.number for e in self.events("turn"))

    def where(self, happening: Happening) -> Evidence:
        """The learner's line behind an event, or the event itself."""
        number = self.cause(happening)
        return seq(number) if number in self._by_seq else event(happening)


def _understood(happening: Happening) -> Understood:
    data = happening.data
    acts: Iterable[dict[str, Any]] = data.get("acts", ())
    return Understood(
        number=happening.number,
        seq=int(data["seq"]),
        acts=tuple((a["name"], float(a.get("confidence", 1))) for a in acts),
        options=tuple(data.get("options", ())),
        unclear=bool(data.get("unclear")),
        at=happening.at,
    )
