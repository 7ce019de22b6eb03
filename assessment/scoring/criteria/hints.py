"""Hints: in practice they may be had, and each takes a little away."""

from assessment.scoring.criterion import Penalty, Ruling, not_applicable
from assessment.scoring.log import event
from assessment.scoring.record import Record
from chat.hints import COST


class HintsUsed(Penalty):
    """For each hint that was taken, in practice."""

    id, title = "hints_used", f"Hints used (−{COST} each)"
    dimension = "technical"
    worst = -60.0
    aim = "find the next step without a hint"

    def rule(self, record: Record) -> Ruling:
        if not record.events("started", mode="practice"):
            return not_applicable("There are hints in practice alone.")
        taken = record.events("hint")
        if not taken:
            return Ruling(1.0, "You took no hint.", tuple(record.checked()))
        many = "one hint" if len(taken) == 1 else f"{len(taken)} hints"
        lost = min(COST * len(taken), -self.worst)
        return Ruling(0.0, f"You took {many}.", tuple(event(e) for e in taken), lost=lost)

    def better(self, record: Record) -> str:
        return "Ask yourself first: what do I still not know, and who or what could tell me?"


CRITERIA = (HintsUsed(),)
