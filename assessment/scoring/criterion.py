"""What a criterion is: a name, what it is worth, one rule, and the sentences a learner reads."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from assessment.scoring.log import Evidence
from assessment.scoring.record import Record

Excused = Mapping[int, tuple[str, ...]]
NOBODY: Excused = MappingProxyType({})


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
    """One row of the scorecard. `by_rule`: what the rule gave, where a person's word counts instead."""

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
    overridden: bool = False
    by_rule: float | None = None

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
    `aim`: the goal for next time. `worst`: the fewest points; below 0 for what takes points away.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    aim: ClassVar[str]
    dimension: ClassVar[str]
    points: ClassVar[float]
    worst: ClassVar[float] = 0.0
    spoken: ClassVar[bool] = False
    acts: ClassVar[tuple[str, ...]] = ()
    sounds: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def rule(self, record: Record) -> Ruling: ...

    @abstractmethod
    def better(self, record: Record) -> str:
        """What a strong attempt does, in this scenario's words."""

    def judge(self, record: Record, excused: Excused = NOBODY) -> Finding:
        """No evidence, no point; and what may have been our misunderstanding is not held against the learner.

        `excused`: by line, the acts for which it was given the benefit of the doubt before; it may mean one thing.
        """
        ruling = self._benefit_of_doubt(record, self.rule(record), excused)
        share = ruling.share if ruling.evidence or ruling.share is None else 0.0
        return Finding(
            id=self.id,
            title=self.title,
            dimension=self.dimension,
            points=self.points if share is not None else 0.0,
            earned=round(self.points * (share or 0.0) - ruling.lost, 2),
            status=status_of(share, ruling.lost),
            evidence=tuple(e for n, e in enumerate(ruling.evidence) if e not in ruling.evidence[:n]),
            why=ruling.why,
            better=self.better(record),
            misread=ruling.misread,
        )

    def _benefit_of_doubt(self, record: Record, ruling: Ruling, excused: Excused) -> Ruling:
        against = [e.get("seq") for e in ruling.evidence]
        held = any(number not in record.doubtful for number in against)
        if not self.spoken or ruling.share != 0 or held or record.is_garbled:
            return ruling
        perhaps = record.perhaps(self.acts, self.sounds) if self.acts else [n for n in against if n]
        doubtful = [n for n in perhaps if excused.get(n, self.acts) == self.acts]
        if not doubtful:
            return ruling
        why = f"{ruling.why} We may have misread line {doubtful[0]}, so half of it counts."
        return Ruling(0.5, why, ({"seq": doubtful[0]},), misread=True)


class Talk(Criterion):
    """What the customer heard."""

    dimension = "communication"
    spoken = True


class Penalty(Criterion):
    """Worth nothing when all is well; takes points away from its dimension."""

    points = 0.0
    spoken = False


def status_of(share: float | None, lost: float) -> str:
    if share is None:
        return "na"
    if lost or share <= 0:
        return "not"
    return "met" if share >= 1 else "part"
