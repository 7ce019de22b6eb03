"""Manners: what takes points away from communication."""

from assessment.scoring.criterion import Criterion, Penalty, Ruling, not_applicable
from assessment.scoring.log import seq
from assessment.scoring.record import Record


class Jargon(Penalty):
    id, title, dimension = "jargon", "Technical terms to a newcomer (−10)", "communication"
    aim = "say what a thing does, not what it is called"

    def rule(self, record: Record) -> Ruling:
        return _penalty(record, "jargon", 10, "Terms that this customer does not know", "No jargon.")

    def better(self, record: Record) -> str:
        return "Say what it does instead of what it is called."


class OffTopic(Penalty):
    id, title, dimension = "off_topic", "Off the subject (−15)", "communication"
    aim = "keep to the subject"

    def rule(self, record: Record) -> Ruling:
        return _penalty(
            record, "offtopic", 15, "Off the subject while the customer waited", "You kept to the subject."
        )

    def better(self, record: Record) -> str:
        return "Keep small talk for the moments when the customer starts it."


class Abuse(Penalty):
    id, title, dimension = "abuse", "Insults or blame (−40)", "communication"
    aim = "stay on the problem, never on the person"

    def rule(self, record: Record) -> Ruling:
        return _penalty(record, "abusive", 40, "Words that no customer should hear", "You stayed civil.")

    def better(self, record: Record) -> str:
        return "Stay on the problem, never on the person: “Let's see what the screen says.”"


def _penalty(record: Record, kind: str, points: float, bad: str, good: str) -> Ruling:
    """Points lost once, however often; a message that was only guessed at costs nothing."""
    happened = record.events(kind)
    sure = [e for e in happened if record.is_sure(e)]
    if sure:
        line = record.line(record.cause(sure[0]))
        said = f": “{line.text[:80]}”." if line else "."
        return Ruling(0.0, bad + said, tuple(record.where(e) for e in sure), lost=points)
    if not record.replies:
        return not_applicable("You wrote nothing.")
    misread = tuple(record.where(e) for e in happened)
    return Ruling(
        1.0, good, misread or (seq(record.replies[0].seq), *record.checked()), misread=bool(misread)
    )


CRITERIA: tuple[Criterion, ...] = (Jargon(), OffTopic(), Abuse())
