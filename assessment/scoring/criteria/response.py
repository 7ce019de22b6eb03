"""Response time: how long the customer waited. Announced waits and the console's own time do not count."""

from abc import abstractmethod
from math import inf
from statistics import median

from assessment.scoring.clock import Gap
from assessment.scoring.criterion import Criterion, Ruling, missed, not_applicable
from assessment.scoring.log import seq
from assessment.scoring.record import Record

NO_ANSWER = "What was written to the grader is no reply to the customer."
UNSETTLED = "The ticket was not settled, so being quick counts half at most."
NOTHING_ACHIEVED_LIMIT = 50.0  # at most, where nothing was settled


def lin(seconds: float, target: float) -> float:
    """1 up to the target, 0 at three times the target, straight between."""
    return max(0.0, min(1.0, (3 * target - seconds) / (2 * target)))


class Speed(Criterion):
    dimension = "response_time"

    def rule(self, record: Record) -> Ruling:
        if record.attempt.untimed:
            return not_applicable("This attempt is not timed.")
        if not any(gap.seq not in record.injected for gap in record.gaps):
            return missed("The customer got no reply.")
        return self.timed(record)

    @abstractmethod
    def timed(self, record: Record) -> Ruling: ...


class FirstReply(Speed):
    """All up to the scenario's target, nothing at three times the target, straight between. Announced waits and the console's
    own time do not count, nor does reading the customer's message.
    """

    id, title, points = "first_reply", "First reply", 40
    aim = "greet at once, even without an answer"

    def timed(self, record: Record) -> Ruling:
        waited, target = _waited(record, record.gaps[0]), record.world.time.first_response_s
        if waited == inf:
            return missed(NO_ANSWER, [seq(record.gaps[0].seq)])
        why = f"First reply after {waited:.0f} s; the target is {target} s."
        return Ruling(lin(waited, target), why, (seq(record.gaps[0].seq),))

    def better(self, record: Record) -> str:
        return f"Greet within {record.world.time.first_response_s} seconds, also when you have no answer yet."


class MedianReply(Speed):
    """As for the first reply, for the median of all later ones."""

    id, title, points = "median_reply", "Replies along the way", 40
    aim = "answer or announce a wait in time"

    def timed(self, record: Record) -> Ruling:
        later = record.gaps[1:]
        if not later:
            return not_applicable("There was no second reply to time.")
        waited, target = median(_waited(record, gap) for gap in later), record.world.time.reply_s
        if waited == inf:
            return missed(NO_ANSWER, [seq(gap.seq) for gap in later if gap.seq in record.injected])
        why = f"Half of the replies came within {waited:.0f} s; the target is {target} s."
        return Ruling(lin(waited, target), why, tuple(seq(gap.seq) for gap in later))

    def better(self, record: Record) -> str:
        return f"Answer within {record.world.time.reply_s} seconds, or say how long you need."


class WholeTicket(Speed):
    """As for the first reply, for the time until the ticket was closed."""

    id, title, points = "whole_ticket", "The whole ticket", 20
    aim = "verify early and follow the evidence"

    def timed(self, record: Record) -> Ruling:
        end = record.attempt.finished
        worked, target = end - record.excused(0, end), record.world.time.target_min
        why = f"Closed after {worked / 60:.1f} minutes; the target is {target}."
        why += f" {UNSETTLED}" if record.is_unsettled else ""
        return Ruling(lin(worked, 60 * target), why, tuple(record.resolved))

    def better(self, record: Record) -> str:
        return f"Aim at {record.world.time.target_min} minutes: verify early, then follow the evidence."


def _waited(record: Record, gap: Gap) -> float:
    """Seconds; endless where what came was written to the grader."""
    if gap.seq in record.injected:
        return inf
    return gap.end - gap.start - record.excused(gap.start, gap.end)


CRITERIA: tuple[Criterion, ...] = (FirstReply(), MedianReply(), WholeTicket())
