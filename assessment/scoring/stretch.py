"""One step further, for an attempt in which nothing was lost."""

from dataclasses import dataclass

from assessment.scoring.asking import who_is_calling
from assessment.scoring.attempt import Line
from assessment.scoring.criterion import Finding
from assessment.scoring.quoting import Quote, part_of
from assessment.scoring.record import Record
from assessment.scoring.terms import cause_in_words, first_name
from assessment.scoring.words import words
from scenarios.world.state import IDENTITY_ACTS

LONG = 18  # words of an explanation that could be shorter
HARDEST = "advanced"


@dataclass(frozen=True)
class Further:
    """`about`: the criterion that it refines."""

    about: Finding
    quote: Quote
    better: str
    aim: str


def stretch(record: Record) -> Further:
    """A shorter explanation, else fewer messages, else a harder ticket."""
    return _plainer(record) or _fewer(record) or _harder(record)


def _plainer(record: Record) -> Further | None:
    told = record.first("explained", right=True)
    line = record.line(record.cause(told)) if told else None
    clause = cause_in_words(record)
    if line is None or not clause or len(words(line.text)) <= LONG:
        return None
    why = f"Right and understood, in {len(words(line.text))} words. Half of them would stay in mind."
    better = f"“It happened because {clause}.”"
    return Further(
        _about("cause_explained", "The cause in fewer words", why),
        Quote(part_of(line.text), seq=line.seq),
        better,
        "explain the cause in one sentence that the customer could repeat to a colleague",
    )


def _fewer(record: Record) -> Further | None:
    """Where the greeting and the proof of who is calling took two messages."""
    asked = [x for x in record.replies if _asks_who(record, x)][:1]
    if not asked or asked[0].seq == record.replies[0].seq or not who_is_calling(record) or record.impostor:
        return None
    name, count = first_name(record), len(record.replies)
    asking = who_is_calling(record)
    why = f"Nothing was lost. You wrote {count} messages; the first could have settled who is calling."
    better = f"“Hello {name}, this is the service desk. I will help you with this. {asking}”"
    return Further(
        _about("level_before_action", "The same with fewer messages", why),
        Quote(part_of(asked[0].text), seq=asked[0].seq),
        better,
        f"the same in fewer than {count} messages: greet and ask who is calling in one",
    )


def _harder(record: Record) -> Further:
    if record.world.difficulty == HARDEST:
        better = "Take another variant of this ticket, and explain after each question why you asked it: that is how you would teach it."
        aim = "play another variant of this ticket without opening an article"
    else:
        better = "Take a ticket of the next difficulty, where the customer is wrong about something or somebody is not who they say."
        aim = "the same care with a ticket of the next difficulty"
    return Further(_about("goal_reached", "A harder ticket", "Nothing was lost here."), Quote(), better, aim)


def _about(criterion: str, title: str, why: str) -> Finding:
    return Finding(criterion, title, "", 0.0, 0.0, "met", (), why, "", misread=False)


def _asks_who(record: Record, line: Line) -> bool:
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    return heard is not None and any(name in IDENTITY_ACTS for name, _ in heard.acts)
