"""What the learner wrote or did that shows what a finding says: a line, a use of the console, or the notes; or nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assessment.scoring.advice.lines import IN_ITS_PLACE, line_behind, means, wasted, where_it_belongs
from assessment.scoring.attempt import Happening, Line
from assessment.scoring.criteria.honesty import untrue
from assessment.scoring.criteria.proof import WAIVING
from assessment.scoring.criterion import Finding
from assessment.scoring.deeds import action_words, stems
from assessment.scoring.notes.reading import Notes
from assessment.scoring.record import Record
from assessment.scoring.terms import label
from assessment.scoring.words import contains_any, holds_number, holds_password, is_injection, normal, words

UNSPOKEN = ("median_reply", "whole_ticket", "triage")  # no single line shows them
IN_THE_NOTES = ("required_points", "structure", "nothing_secret", "false_claims")
BREAK = re.compile(r"(?<=[.!?])\s+|\n+")  # between sentences; a dot in a number ends none
CLAUSE = re.compile(r"[,;:](?=\s)|\s[-–—]\s|\s(?=(?:and|but|so|because|then|or)\s)")
SECRET = re.compile(r"\b(?:pass\w*|pwd|pin|codes?|secret|credentials?)\b", re.IGNORECASE)
NAMED = re.compile(r"“([^”]+)”")  # what a sentence of the rules names
LONGEST = 200  # characters of a quote
About = Callable[[str], bool]


@dataclass(frozen=True)
class Quote:
    """`text` as it was written, or the name of what was done; from message `seq`, use of the console `event`, or the notes."""

    text: str = ""
    seq: int | None = None
    event: int | None = None


def quoted(record: Record, finding: Finding) -> Quote:
    """The part that matters, in whole sentences."""
    about = _about(record, finding)
    if finding.id == "required_points" and (steps := _hiding(record)):
        return Quote(part_of(steps))
    if finding.id in IN_THE_NOTES:
        return Quote(_written(record, about))
    if finding.id == "no_harm" and (line := _announced(record, finding)):
        return Quote(part_of(line.text), seq=line.seq)
    if line := line_of(record, finding):
        return Quote(part_of(line.text, about), seq=line.seq)
    if used := _use_of(record, finding):
        return Quote(label(record, used.data["action"]), event=used.number)
    return Quote()


def line_of(record: Record, finding: Finding) -> Line | None:
    """What was found absent has no line, unless it is plain where it would have belonged."""
    if any("range" in cited for cited in finding.evidence) or finding.id in (*UNSPOKEN, *IN_THE_NOTES):
        return None
    if _is_undone(finding):
        return IN_ITS_PLACE[finding.id](record)
    cited = [record.line(e["seq"]) for e in finding.evidence if "seq" in e]
    caused = [
        line_behind(record, e) for e in record.attempt.events if {"event": e.number} in finding.evidence
    ]
    mine = [line for line in (*cited, *caused) if line is not None and line.sender == "user"]
    if finding.id == "refused":
        mine = [line for line in mine if means(record, line, "refuse_policy")]
    if mine or finding.status != "not":
        return (_sharpest(mine) if finding.id == "critical_facts" else mine[0]) if mine else None
    return where_it_belongs(record, finding.id)


def _sharpest(asked: list[Line]) -> Line:
    """Of the lines that brought out what decides, the question in the fewest words; none, and it is the last."""
    return min((x for x in asked if "?" in x.text), key=lambda x: len(words(x.text)), default=asked[-1])


def part_of(text: str, about: About | None = None, longest: int = LONGEST) -> str:
    """Whole sentences from the first that it is about; what is left out is marked."""
    sentences = [said for found in BREAK.split(text) if (said := " ".join(found.split()))]
    first = next((n for n, said in enumerate(sentences) if about and about(said)), 0)
    if len(" ".join(sentences)) <= longest:
        first = 0
    kept = sentences[first : first + 1]
    for said in sentences[first + 1 :]:
        if len(" ".join([*kept, said])) > longest:
            break
        kept.append(said)
    whole = first + len(kept) == len(sentences)
    return ("… " if first else "") + _short(" ".join(kept), longest) + ("" if whole else " …")


def _short(text: str, longest: int) -> str:
    """One endless sentence ends where a clause does, if that leaves half of it; else at a word."""
    if len(text) <= longest:
        return text
    ends = [found.start() for found in CLAUSE.finditer(text, longest // 2, longest)]
    return text[: ends[-1] if ends else text.rfind(" ", 0, longest)].rstrip(" ,;:") + " …"


def _written(record: Record, about: About | None) -> str:
    """The sentences of the notes that it is about, or all of them, as far as they fit."""
    fields = [[s.strip() for s in BREAK.split(text)] for text in Notes(record).fields.values()]
    telling = [[s for s in field if s and (about is None or about(s))] for field in fields]
    kept = [" ".join(field) for field in (telling if any(telling) else fields) if field]
    whole = " / ".join(kept)
    while len(kept) > 1 and len(" / ".join(kept)) > LONGEST:
        kept = kept[:-1]
    said = " / ".join(part_of(text) for text in kept)
    return said if " / ".join(kept) == whole else f"{said} …"


def _hiding(record: Record) -> str:
    """What was written of the steps, where a harmful one is left out."""
    notes = Notes(record)
    return notes.fields["steps"] if notes.unsaid_harm else ""


def _about(record: Record, finding: Finding) -> About | None:
    """What makes a sentence the one that a criterion or cap is about."""
    name = finding.id
    if name in ("nothing_given_away", "told_impostor"):
        told = [str(getattr(record.world.identity.directory, field, "")) for field in record.state.told]
        return lambda said: contains_any(said, tuple(value for value in told if value))
    if name == "false_assurance":
        untold = [normal(sentence) for _, sentence, _ in untrue(record)]
        return lambda said: any(sentence in normal(said) for sentence in untold)
    number = record.world.identity.directory.phone_on_file
    known: dict[str, About] = {
        "asked_secret": lambda said: bool(SECRET.search(said)),
        "injection": is_injection,
        "level_before_action": lambda said: bool(WAIVING.search(said)),
        "false_claims": lambda said: any(
            normal(claim) in normal(said) for claim in NAMED.findall(finding.why)
        ),
        "nothing_secret": lambda said: holds_password(said) or holds_number(said, number),
    }
    return known.get(name)


def _use_of(record: Record, finding: Finding) -> Happening | None:
    """The use of the console that a finding cites, itself or by what followed from it."""
    if finding.id == "critical_facts" and finding.status != "met":
        return _console(record, wasted(record))
    if _is_undone(finding) or finding.status == "met":
        return None
    for e in record.attempt.events:
        if {"event": e.number} in finding.evidence and e.kind in ("action", "console"):
            return _console(record, e)
    return None


def _announced(record: Record, finding: Finding) -> Line | None:
    """Where the learner told the customer of a harmful step of the console."""
    used = _use_of(record, finding)
    if used is None:
        return None
    named = stems(action_words(record, used.data["action"]))
    after = [x for x in record.replies if x.at >= used.at][:1]
    return next((x for x in after if "?" not in x.text and named & stems(x.text)), None)


def _console(record: Record, step: Happening | None) -> Happening | None:
    return record.first("console", run=step.data["run"]) if step and "run" in step.data else None


def _is_undone(finding: Finding) -> bool:
    return finding.id in IN_ITS_PLACE and finding.status != "met" and not finding.misread
