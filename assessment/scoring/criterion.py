"""What a criterion is: a name, what it is worth, one rule, and the sentences a learner reads."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from assessment.scoring.log import Evidence
from assessment.scoring.record import Record


@dataclass(frozen=True)
class Ruling:
    """What a rule found: the share of the points from 0 to 1, None where it does not apply; or points lost."""

    share: float | None
    why: str
    evidence: tuple[Evidence, ...] = ()
    lost: float = 0.0
    misread: bool = False


@dataclass(frozen=True)
class Finding:
    """One row of the scorecard."""

    id: str
    title: str
    dimension: str
    points: float
    earned: float
    status: str
    evidence: tuple[Evidence, ...]
    why: str
    better: str
    misread: bool

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "evidence": [dict(e) for e in self.evidence]}


def met(why: str, evidence: list[Evidence]) -> Ruling:
    return Ruling(1.0, why, tuple(evidence))


def part(why: str, evidence: list[Evidence], share: float = 0.5) -> Ruling:
    return Ruling(share, why, tuple(evidence))


def missed(why: str, evidence: list[Evidence] | None = None) -> Ruling:
    return Ruling(0.0, why, tuple(evidence or ()))


def not_applicable(why: str) -> Ruling:
    return Ruling(None, why)


class Criterion(ABC):
    """`spoken`: it rests on what was understood; `acts` and `sounds`: by what a misread message may have met it.
    `aim`: the goal for next time.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    aim: ClassVar[str]
    dimension: ClassVar[str]
    points: ClassVar[float]
    spoken: ClassVar[bool] = False
    acts: ClassVar[tuple[str, ...]] = ()
    sounds: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def rule(self, record: Record) -> Ruling: ...

    @abstractmethod
    def better(self, record: Record) -> str:
        """What a strong attempt does, in this scenario's words."""

    def judge(self, record: Record) -> Finding:
        """No evidence, no point; and what may have been our misunderstanding is not held against the learner."""
        ruling = self._benefit_of_doubt(record, self.rule(record))
        share = ruling.share if ruling.evidence or ruling.share is None else 0.0
        return Finding(
            id=self.id,
            title=self.title,
            dimension=self.dimension,
            points=self.points if share is not None else 0.0,
            earned=round(self.points * (share or 0.0) - ruling.lost, 2),
            status=_status(share, ruling.lost),
            evidence=tuple(e for n, e in enumerate(ruling.evidence) if e not in ruling.evidence[:n]),
            why=ruling.why,
            better=self.better(record),
            misread=ruling.misread,
        )

    def _benefit_of_doubt(self, record: Record, ruling: Ruling) -> Ruling:
        against = [e.get("seq") for e in ruling.evidence]
        if not self.spoken or ruling.share != 0 or any(number not in record.doubtful for number in against):
            return ruling
        doubtful = record.perhaps(self.acts, self.sounds) or [n for n in against if n]
        if not doubtful:
            return ruling
        why = f"{ruling.why} We may have misread line {doubtful[0]}, so half of it counts."
        return Ruling(0.5, why, tuple({"seq": n} for n in doubtful), misread=True)


class Penalty(Criterion):
    """Worth nothing when all is well; takes points away from its dimension."""

    points = 0.0
    spoken = False


def _status(share: float | None, lost: float) -> str:
    if share is None:
        return "na"
    if lost or share <= 0:
        return "not"
    return "met" if share >= 1 else "part"
