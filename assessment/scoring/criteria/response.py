"""Response time: how long the customer waited. Announced waits, pauses with reason and the console's own time do not count."""

from abc import abstractmethod
from math import inf
from statistics import median

from assessment.scoring.clock import Gap
from assessment.scoring.criterion import Criterion, Ruling, missed, not_applicable
from assessment.scoring.log import event, seq
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
    """All up to the scenario's target, nothing at three times the target, straight between: as the ticket's clock shows it."""

    id, title, points = "first_reply", "First reply", 40
    aim = "greet at once, even without an answer"

    def timed(self, record: Record) -> Ruling:
        waited, target = _waited(record, record.gaps[0], console=False), record.world.time.first_response_s
        if waited == inf:
            return missed(NO_ANSWER, [seq(record.gaps[0].seq)])
        why = f"First reply after {waited:.0f} s; the target is {target} s."
        return Ruling(lin(waited, target), why, (seq(record.gaps[0].seq),))

    def better(self, record: Record) -> str:
        return f"Greet within {record.world.time.first_response_s} seconds, also when you have no answer yet."


class MedianReply(Speed):
    """As for the first reply, for the median of all later ones. Announced waits, pauses in which the customer had something
    to do, and the console's own time do not count.
    """

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
    """As for the later replies, for the time until the ticket was closed. A pause with nothing asked of the customer counts, and
    so do the minutes that steps cost beyond those of the shortest well-founded way.
    """

    id, title, points = "whole_ticket", "The whole ticket", 20
    aim = "verify early and follow the evidence"

    def timed(self, record: Record) -> Ruling:
        end = record.attempt.finished
        worked, target = end - record.excused(0, end), record.world.time.target_min
        beyond = record.minutes_beyond
        why = f"Closed after {worked / 60:.1f} minutes; the target is {target}."
        if beyond:
            wasted = f"{beyond} minute{'s' if beyond != 1 else ''}"
            why = f"Closed after {worked / 60:.1f} minutes, and {wasted} went into steps that the case did not need; the target is {target}."
        why += f" {UNSETTLED}" if record.is_unsettled else ""
        idle = [pause for pause in record.pauses if not pause.is_due]
        if idle:
            minutes = sum(pause.end - pause.start for pause in idle) / 60
            why += f" Paused for {minutes:.1f} minutes with nothing asked of the customer: that time counts."
        return Ruling(
            lin(worked + 60 * beyond, 60 * target),
            why,
            (*record.resolved, *(event(pause.event) for pause in idle)),
        )

    def better(self, record: Record) -> str:
        return f"Aim at {record.world.time.target_min} minutes: verify early, then follow the evidence."


def _waited(record: Record, gap: Gap, *, console: bool = True) -> float:
    """Seconds; endless where what came was written to the grader."""
    if gap.seq in record.injected:
        return inf
    return gap.end - gap.start - record.excused(gap.start, gap.end, console=console)


CRITERIA: tuple[Criterion, ...] = (FirstReply(), MedianReply(), WholeTicket())
