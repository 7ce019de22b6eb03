"""Moments worth keeping that no criterion stands for: a doubt that was right, a no that held, a question that decided."""

from dataclasses import dataclass

from assessment.scoring.advice.lines import acts_for, line_behind
from assessment.scoring.advice.quoting import Quote, part_of
from assessment.scoring.attempt import Happening, Line
from assessment.scoring.record import Record
from assessment.scoring.terms import NUMBERS, first_name

SHARE = 2  # at least every second deciding fact
AT_ONCE = 2  # questions in a message


@dataclass(frozen=True)
class Moment:
    """`criterion`: the one that it belongs to."""

    criterion: str
    title: str
    text: str
    quote: Quote


def exposed(record: Record) -> Moment | None:
    """The line that did not believe a "done" and found that it was none, or that had it done at last."""
    seen = record.first("claim_uncovered")
    if seen is None:
        return _doubted(record)
    line = record.line(int(seen.data["seq"])) if seen and "seq" in seen.data else None
    if line is None:
        return None
    text = f"{first_name(record)} said that it was done. You asked what was to be seen, and it was not."
    quote = Quote(part_of(line.text), seq=line.seq)
    return Moment("critical_facts", "Saw through a “done” that was not", text, quote)


def _doubted(record: Record) -> Moment | None:
    """The question after a "done" on which the customer really did it."""
    for claim in record.events("claim"):
        later = (
            e
            for e in record.events("action", action=claim.data["action"], possible=True)
            if e.number > claim.number
        )
        made = next(later, None)
        line = record.line(record.cause(made)) if made else None
        if line and line.sender == "user" and "?" in line.text:
            text = f"{first_name(record)} said that it was done. You asked again, and only then was it."
            quote = Quote(part_of(line.text), seq=line.seq)
            return Moment("critical_facts", "Saw through a “done” that was not", text, quote)
    return None


def refused(record: Record) -> Moment | None:
    """A no to an impostor that held to the end: nothing was done for them or told to them after it."""
    told = [e for e in record.events("refused") if record.is_certain(e)] if record.impostor else []
    line = record.line(record.cause(told[0])) if told else None
    if line is None or any(e.number > told[0].number for e in _given(record)):
        return None
    pressed = any(e.number > told[0].number for e in record.events("pressure"))
    title = "Said no, also under pressure" if pressed else "Said no"
    firm = "in words, and the words held when you were pressed" if pressed else "to what policy forbids"
    return Moment("refused", title, f"You said no {firm}.", Quote(part_of(line.text), seq=line.seq))


def _given(record: Record) -> list[Happening]:
    harm = [e for e in record.harm if e.data.get("who") == "learner"]
    return [*record.unverified, *harm, *record.events("disclosed")]


def asked_well(record: Record) -> Moment | None:
    """The questions that brought out at least half of what decides, or the one on which the shortest way turns."""
    wanted = len(record.world.critical_facts())
    facts = [e for e in record.events("fact", critical=True) if e.data["fact"] in record.evidence_facts]
    asked = [(e, line) for e in facts if (line := line_behind(record, e)) and line.sender == "user"]
    if not asked:
        return None
    if SHARE * len(asked) < wanted:
        return _turned(record, asked)
    said = " / ".join(dict.fromkeys(part_of(line.text, longest=80) for _, line in asked[:2]))
    many = "Your question" if len(asked) == 1 else "Your questions"
    text = f"{many} brought out {NUMBERS.get(len(asked), len(asked))} of the {wanted} facts that decide this ticket."
    return Moment("critical_facts", "Asked for what decides", text, Quote(said, seq=asked[0][1].seq))


def _turned(record: Record, asked: list[tuple[Happening, Line]]) -> Moment | None:
    """One question at a time: of many put at once, one is bound to hit. Not where nothing came of it."""
    if record.harm or (record.impostor and not record.goal):
        return None
    for e, line in asked:
        acts = acts_for(record, e) or []
        heard = next((u for u in record.understood if u.seq == line.seq), None)
        on_way = any(f"ask {act}" in record.attempt.way for act in acts)
        if on_way and "?" in line.text and heard and len(heard.acts) <= AT_ONCE:
            text = f"{first_name(record)}'s answer to it is one of the facts on which this ticket turns."
            return Moment(
                "critical_facts", "A question that decides", text, Quote(part_of(line.text), seq=line.seq)
            )
    return None
