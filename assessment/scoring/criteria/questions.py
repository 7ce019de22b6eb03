"""Communication: how much is asked at a time, whether it was asked before, and whether the customer's questions were answered."""

import re

from assessment.scoring.attempt import Happening
from assessment.scoring.criteria.heeding import Ignored, ignored
from assessment.scoring.criterion import Criterion, Ruling, Talk, met, not_applicable, part
from assessment.scoring.hearing import CERTAIN
from assessment.scoring.log import seq
from assessment.scoring.record import Record
from assessment.scoring.terms import first_name
from assessment.scoring.words import quote, telling

QUESTIONS_AT_ONCE = 2
PART = re.compile(r"[?,;.\n]|\band\b")
UNANSWERED = 0.3  # share lost where questions of the customer went by
SURE_OF_BOTH = 0.8  # two lines in different words asked the same


class Questions(Talk):
    """All: at most two questions in a message, none twice, and no question of the customer (how long, who calls them,
    what is left to do for them, how to do it) left without a word. Half: one slip. Three tenths less where theirs went by. A question that was asked again because it was
    not understood is none.
    """

    id, title, points = "questions", "At most two questions at a time, none twice, theirs answered", 15
    aim = "ask one or two things at a time, none twice, and answer what you are asked"

    def rule(self, record: Record) -> Ruling:
        asking = {
            u.seq: sum(_asks(a) and record.is_plain(u, a) for a, _ in u.acts) for u in record.understood
        }
        many = [x.seq for x in record.replies if _questions(x.text, asking.get(x.seq, 0)) > QUESTIONS_AT_ONCE]
        asked = [x for x in record.replies if asking.get(x.seq) or x.seq in many]
        twice = [pair for e in record.events("mood", why="repeat_question") if (pair := _pair(record, e))]
        faults = [*([n] for n in many), *twice]
        left = ignored(record)
        if not asked and not left:
            return not_applicable("You asked nothing.")
        if not faults and not left:
            return met(
                "Your questions came one or two at a time, and none twice.",
                [seq(asked[0].seq), *record.checked()],
            )
        share = 0.0 if len(faults) > 1 or not asked else 0.5 if faults else 1.0
        lines = [n for fault in faults for n in fault] + [
            n for each in left for n in (each.asked, each.reply)
        ]
        why = [*_of_mine(faults, many=bool(many)), *_of_theirs(record, left)]
        return part(" ".join(why), [seq(n) for n in lines], max(0.0, share - (UNANSWERED if left else 0.0)))

    def better(self, record: Record) -> str:
        if left := ignored(record):
            return f"{_of_theirs(record, left)[0]} Answer what you are asked, also with “I do not know yet”."
        return "Ask one thing, or two that belong together, and wait for the answer."


def _of_mine(faults: list[list[int]], *, many: bool) -> list[str]:
    why = "too many questions in one message" if many else "the same question twice"
    if len(faults) > 1:
        return [f"{len(faults)} times the customer got {why}."]
    return [f"Once: {why}."] if faults else []


def _of_theirs(record: Record, left: list[Ignored]) -> list[str]:
    return [f"{first_name(record)} asked “{quote(left[0].question, 80)}” and got no answer."] if left else []


def _questions(text: str, heard: int) -> int:
    """How many things a message asks: never more than it has question marks, or parts where one mark ends a list."""
    marks, parts = text.count("?"), len([part for part in PART.split(text) if part.strip()])
    return min(parts, heard) if heard > QUESTIONS_AT_ONCE + 1 else min(marks, heard or marks)


def _pair(record: Record, repeated: Happening) -> list[int]:
    """The two lines that ask the same; empty where one of them may have been misheard for the other's question."""
    here = next((u for u in record.understood if u.seq == repeated.data.get("seq")), None)
    if here is None:
        return []
    for before in record.understood:
        both = [
            min(sure, dict(before.acts)[name])
            for name, sure in here.acts
            if _asks(name) and record.is_plain(here, name) and record.is_plain(before, name)
        ]
        alike = telling(_text(record, here.seq)) & telling(_text(record, before.seq))
        if (
            before.seq < here.seq
            and _was_answered(record, before.seq)
            and max(both, default=0) >= (CERTAIN if alike else SURE_OF_BOTH)
        ):
            return [before.seq, here.seq]
    return []


def _was_answered(record: Record, line: int) -> bool:
    return any(e.data.get("seq") == line for e in record.events("fact", "identity"))


def _asks(act: str) -> bool:
    return act.startswith(("f_", "id_"))


def _text(record: Record, number: int) -> str:
    line = record.line(number)
    return line.text if line else ""


CRITERIA: tuple[Criterion, ...] = (Questions(),)
