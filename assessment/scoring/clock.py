"""How long the customer waited, and what of it was announced. Seconds from the start."""

from dataclasses import dataclass
from functools import cached_property

from assessment.scoring.attempt import Happening
from assessment.scoring.hearing import Hearing
from chat.customer.pace import pace

PROOF_SECONDS = {"callback": 4, "push_code": 3}
LONGEST_HOLD = 600.0  # seconds that one announced wait may excuse


@dataclass(frozen=True)
class Gap:
    """The customer waits from `start` (their message is there to read) until the reply `seq` at `end`."""

    start: float
    end: float
    seq: int


class Clock(Hearing):
    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """How long the customer waited for each reply; reading their message at its pace is not waiting.

        A customer who writes again before the reply has been waiting since what they wrote first.
        """
        gaps, start, said_at = [], None, 0.0
        for x in self.attempt.lines:
            if x.sender == "ai" and (start is None or x.at == said_at):
                said_at = x.at
                start = x.at + pace(x.text)
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

    def excused(self, start: float, end: float) -> float:
        """Seconds between the two that were announced, or spent waiting for the console."""
        covered, until = 0.0, start
        spans = [(a, b) for a, b, _ in self.holds] + [(a, a + s) for a, s in self._console_waits]
        for a, b in sorted(spans):
            a, b = max(a, until), min(b, end)
            if b > a:
                covered, until = covered + b - a, b
        return covered

    @cached_property
    def _console_waits(self) -> list[tuple[float, float]]:
        return [(e.at, float(self._seconds(e.data["action"]))) for e in self.events("console")]

    def _seconds(self, name: str) -> int:
        known = self.world.tools.get(name) or self.world.actions.get(name)
        return known.seconds if known else PROOF_SECONDS.get(name, 0)
