"""Moments worth keeping that no criterion stands for: a doubt that was right, a no that held, a question that decided."""

from dataclasses import dataclass

from assessment.scoring.advice.quoting import Quote, line_behind, part_of
from assessment.scoring.attempt import Happening
from assessment.scoring.record import Record
from assessment.scoring.terms import NUMBERS, first_name

SHARE = 2  # at least every second deciding fact


@dataclass(frozen=True)
class Moment:
    """`criterion`: the one that it belongs to."""

    criterion: str
    title: str
    text: str
    quote: Quote


def exposed(record: Record) -> Moment | None:
    """The line that did not believe a "done" and found that it was none."""
    seen = record.first("claim_uncovered")
    line = record.line(int(seen.data["seq"])) if seen and "seq" in seen.data else None
    if line is None:
        return None
    text = f"{first_name(record)} said that it was done. You asked what was to be seen, and it was not."
    quote = Quote(part_of(line.text), seq=line.seq)
    return Moment("critical_facts", "Saw through a “done” that was not", text, quote)


def refused(record: Record) -> Moment | None:
    """A no to an impostor that stood in words; not where what had been refused was done after it."""
    told = [e for e in record.events("refused") if record.is_certain(e)] if record.impostor else []
    line = record.line(record.cause(told[0])) if told else None
    if line is None or any(_gives_way(e, told[0]) for e in record.unverified):
        return None
    pressed = any(e.number > told[0].number for e in record.events("pressure"))
    title = "Said no, also under pressure" if pressed else "Said no"
    firm = "in words, and the words held when you were pressed" if pressed else "to what policy forbids"
    return Moment("refused", title, f"You said no {firm}.", Quote(part_of(line.text), seq=line.seq))


def asked_well(record: Record) -> Moment | None:
    """The question that brought out the most telling answer, where at least half of what decides was known."""
    wanted = len(record.world.critical_facts())
    facts = [e for e in record.events("fact", critical=True) if e.data["fact"] in record.evidence_facts]
    asked = [(e, line) for e in facts if (line := line_behind(record, e)) and line.sender == "user"]
    if not asked or SHARE * len(asked) < wanted:
        return None
    said = " / ".join(dict.fromkeys(part_of(line.text, longest=80) for _, line in asked[:2]))
    many = "Your question" if len(asked) == 1 else "Your questions"
    text = f"{many} brought out {NUMBERS.get(len(asked), len(asked))} of the {wanted} facts that decide this ticket."
    return Moment("critical_facts", "Asked for what decides", text, Quote(said, seq=asked[0][1].seq))


def _gives_way(granted: Happening, refusal: Happening) -> bool:
    """What needs the highest proof is what was asked for; a smaller thing is another door."""
    return granted.number > refusal.number and granted.data["gate"] == "high"
