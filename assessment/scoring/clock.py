"""How long the customer waited, and what of it was announced. Seconds from the start."""

from dataclasses import dataclass
from functools import cached_property

from assessment.scoring.attempt import Happening
from assessment.scoring.hearing import Hearing
from chat.customer.pace import pace

PROOF_SECONDS = {"callback": 4, "push_code": 3}
LONGEST_HOLD = 600.0  # seconds that one announced wait, or one pause, may excuse


@dataclass(frozen=True)
class Gap:
    """The customer waits from `start` (their message is there to read) until the reply `seq` at `end`."""

    start: float
    end: float
    seq: int


@dataclass(frozen=True)
class Pause:
    """The ticket waited for the customer from `start` until `end`; `is_due`: something was asked of them."""

    start: float
    end: float
    event: Happening
    is_due: bool


class Clock(Hearing):
    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """How long the customer waited for each reply; reading their message at its pace is not waiting.

        The first reply is due from the start, as the ticket's clock shows it. A customer who writes again before the reply has been waiting since what they wrote first.
        """
        gaps, start, said_at = [], None, 0.0
        for x in self.attempt.lines:
            if x.sender == "ai" and (start is None or x.at == said_at):
                said_at = x.at
                start = x.at + pace(x.text) if x.at else 0.0
            elif x.sender == "user" and x.kind == "reply" and start is not None:
                gaps.append(Gap(start, max(start, x.at), x.seq))
                start = None
        return tuple(gaps)

    @cached_property
    def holds(self) -> tuple[tuple[float, float, Happening], ...]:
        """Announced waits as (from, until, event), none counted for longer than ten minutes."""
        return tuple(
            (e.at, e.at + min(LONGEST_HOLD, 60 * float(e.data["minutes"])), e) for e in self.events("hold")
        )

    @cached_property
    def pauses(self) -> tuple[Pause, ...]:
        """Whenever the ticket was set to wait for the customer, until it was opened or they wrote."""
        found, over = [], 0.0
        for e in self.events("triage", status="pending"):
            if e.at >= over:
                answers = [x.at for x in self.customer if x.at > e.at]
                opened = [o.at for o in self.events("triage", status="open") if o.number > e.number]
                over = min([*answers, *opened, self.attempt.finished])
                found.append(Pause(e.at, over, e, self._is_waiting_for_them(e.at)))
        return tuple(found)

    def _is_waiting_for_them(self, at: float) -> bool:
        """Whether the customer is busy: with a question not yet answered, or with what they were told to do."""
        asked = next((u for u in reversed(self.understood) if u.at <= at), None)
        if asked is None:
            return False
        did = any(e.data["who"] == "customer" for e in self.events("action") if asked.at <= e.at <= at)
        told = not did and any(name.startswith("a_") for name, _ in asked.acts)
        answered = any(x.seq > asked.seq and x.at <= at for x in self.customer)
        line = self.line(asked.seq)
        asks = any(name.startswith(("f_", "id_", "confirm_")) for name, _ in asked.acts)
        return told or (not answered and (asks or (line is not None and "?" in line.text)))

    def excused(self, start: float, end: float, *, console: bool = True) -> float:
        """Seconds between the two that were announced, waited for the customer, or (`console`) for the console."""
        spans = [(a, b) for a, b, _ in self.holds] + self._due_pauses
        return _covered(spans + self._console_waits if console else spans, start, end)

    def paused(self, start: float, end: float) -> float:
        """Seconds between the two that the ticket waited for the customer, with reason."""
        return _covered(self._due_pauses, start, end)

    @cached_property
    def _due_pauses(self) -> list[tuple[float, float]]:
        return [(p.start, min(p.end, p.start + LONGEST_HOLD)) for p in self.pauses if p.is_due]

    @cached_property
    def _console_waits(self) -> list[tuple[float, float]]:
        return [(e.at, e.at + self._seconds(e.data["action"])) for e in self.events("console")]

    def _seconds(self, name: str) -> int:
        known = self.world.tools.get(name) or self.world.actions.get(name)
        return known.seconds if known else PROOF_SECONDS.get(name, 0)


def _covered(spans: list[tuple[float, float]], start: float, end: float) -> float:
    covered, until = 0.0, start
    for a, b in sorted(spans):
        a, b = max(a, until), min(b, end)
        if b > a:
            covered, until = covered + b - a, b
    return covered
