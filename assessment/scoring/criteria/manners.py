"""Manners: what takes points away from communication."""

from assessment.scoring.criterion import Criterion, Penalty, Ruling, not_applicable
from assessment.scoring.log import seq
from assessment.scoring.record import Record


class Manners(Penalty):
    dimension = "communication"

    def penalty(self, record: Record, kind: str, bad: str, good: str) -> Ruling:
        """Points lost once, however often; a message that was only guessed at costs nothing."""
        happened = record.events(kind)
        sure = [e for e in happened if record.is_certain(e)]
        if sure:
            line = record.line(record.cause(sure[0]))
            said = f": “{line.text[:80]}”." if line else "."
            return Ruling(0.0, bad + said, tuple(record.where(e) for e in sure), lost=-self.worst)
        if not record.replies:
            return not_applicable("You wrote nothing.")
        misread = tuple(record.where(e) for e in happened)
        return Ruling(
            1.0, good, misread or (seq(record.replies[0].seq), *record.checked()), misread=bool(misread)
        )


class Jargon(Manners):
    """Once, for terms that a newcomer does not know."""

    id, title = "jargon", "Technical terms to a newcomer (−10)"
    worst = -10.0
    aim = "say what a thing does, not what it is called"

    def rule(self, record: Record) -> Ruling:
        return self.penalty(record, "jargon", "Terms that this customer does not know", "No jargon.")

    def better(self, record: Record) -> str:
        return "Say what it does instead of what it is called."


class OffTopic(Manners):
    """Once, for small talk that was plainly heard and stood alone in its message."""

    id, title = "off_topic", "Off the subject (−15)"
    worst = -15.0
    aim = "keep to the subject"

    def rule(self, record: Record) -> Ruling:
        return self.penalty(
            record, "offtopic", "Off the subject while the customer waited", "You kept to the subject."
        )

    def better(self, record: Record) -> str:
        return "Keep small talk for the moments when the customer starts it."


class Abuse(Manners):
    """Once, for insults or blame that were plainly heard."""

    id, title = "abuse", "Insults or blame (−40)"
    worst = -40.0
    aim = "stay on the problem, never on the person"

    def rule(self, record: Record) -> Ruling:
        return self.penalty(record, "abusive", "Words that no customer should hear", "You stayed civil.")

    def better(self, record: Record) -> str:
        return "Stay on the problem, never on the person: “Let's see what the screen says.”"


CRITERIA: tuple[Criterion, ...] = (Jargon(), OffTopic(), Abuse())
