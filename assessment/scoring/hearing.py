"""What the learner's messages were taken to mean, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessment.scoring.attempt import Happening, Line
from assessment.scoring.log import Evidence, Log, event, seq
from assessment.scoring.words import contains_any, is_injection

SURE = 0.35  # below this, what a message meant was a guess
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
        for u in self._turn_of(happening):
            if any(name == act for name, _ in u.acts):
                return u.seq
        return int(happening.data.get("seq") or 0)

    def is_sure(self, happening: Happening) -> bool:
        """Whether the event rests on a message that was understood well enough to hold against anyone."""
        act = SPOKEN.get(happening.kind)
        turn = self._turn_of(happening)
        if act is None:
            return not turn or any(not u.doubtful for u in turn)
        confidences = [sure for u in turn for name, sure in u.acts if name == act]
        return not confidences or max(confidences) >= SURE

    def _turn_of(self, happening: Happening) -> tuple[Understood, ...]:
        """The messages that were answered in the turn of this event."""
        if not happening.data.get("seq"):
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
