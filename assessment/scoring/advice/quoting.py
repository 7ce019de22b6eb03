"""What the learner wrote or did that shows what a finding says: a line, a use of the console, or the notes; or nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assessment.scoring.attempt import Happening, Line
from assessment.scoring.criteria.empathy import unanswered
from assessment.scoring.criteria.honesty import untrue
from assessment.scoring.criterion import Finding
from assessment.scoring.deeds import action_words, stems
from assessment.scoring.hearing import CERTAIN, COURTESIES, STATEMENTS
from assessment.scoring.notes.reading import Notes
from assessment.scoring.record import Record
from assessment.scoring.terms import label
from assessment.scoring.words import contains_any, holds_number, holds_password, is_injection, normal, words
from scenarios.world.state import IDENTITY_ACTS

AT_THE_END = ("closing", "fix_confirmed", "cause_explained")
UNSPOKEN = ("median_reply", "whole_ticket", "triage")  # no single line shows them
IN_THE_NOTES = ("required_points", "structure", "nothing_secret", "false_claims")
CLOSING_ACTS = ("escalate", "close", "refuse_policy", "give_ticket")
BREAK = re.compile(r"(?<=[.!?])\s+|\n+")  # between sentences; a dot in a number ends none
SECRET = re.compile(r"\b(?:pass\w*|pwd|pin|codes?|secret|credentials?)\b", re.IGNORECASE)
NAMED = re.compile(r"“([^”]+)”")  # what a sentence of the rules names
CURT = 6  # words of a refusal
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
        mine = [line for line in mine if _means(record, line, "refuse_policy")]
    if mine or finding.status != "not":
        return mine[-1 if finding.id == "critical_facts" else 0] if mine else None
    return _where_it_belongs(record, finding.id)


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
    """One endless sentence ends at a word."""
    return text if len(text) <= longest else text[: text.rfind(" ", 0, longest)] + " …"


def wasted(record: Record) -> Happening | None:
    """The first step that could change nothing here, or cost more than it could bring; none beside lasting harm."""
    steps = record.events("action", possible=True)
    if any(e.data.get("harmful") == "major" for e in steps):
        return None
    vain = (e for e in steps if e.data.get("distractor") or e.data.get("harmful"))
    return next((e for e in vain if e.data.get("who") == "learner" or _is_instruction(record, e)), None)


def _is_instruction(record: Record, step: Happening) -> bool:
    """Whether the customer was plainly told to; an explanation may be misheard for it."""
    intent = record.world.actions[step.data["action"]].intent or ""
    heard = [u for u in record.turn_of(step) if record.is_plain(u, intent)]
    return any(not ({name for name, _ in u.acts} & (STATEMENTS - COURTESIES)) for u in heard)


def line_behind_step(record: Record, step: Happening) -> Line | None:
    """What the customer was asked, where it was they who did it."""
    found = record.line(record.cause(step)) if step.data.get("who") == "customer" else None
    return found if found and found.sender == "user" else None


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


def _means(record: Record, line: Line, act: str) -> bool:
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    return heard is not None and dict(heard.acts).get(act, 0.0) >= CERTAIN


def line_behind(record: Record, happened: Happening) -> Line | None:
    """The message that caused an event, if it plainly asked for that."""
    number = record.cause(happened)
    wanted = _acts_for(record, happened)
    if wanted is None:
        return record.line(number) if record.confidence(happened) >= CERTAIN else None
    heard = next((u for u in record.understood if u.seq == number), None)
    plain = heard and any(name in wanted and sure >= CERTAIN for name, sure in heard.acts)
    return record.line(number) if plain else None


def _acts_for(record: Record, happened: Happening) -> list[str] | None:
    """The acts that ask for a fact or an item of identity; None for other events."""
    if happened.kind == "identity":
        return [act for act, field in IDENTITY_ACTS.items() if field == happened.data["field"]]
    if happened.kind != "fact":
        return None
    fact = record.world.facts[happened.data["fact"]]
    look = record.world.actions.get(fact.observe or "")
    return [*fact.ask, *([look.intent or fact.observe or ""] if look else [])]


def _where_it_belongs(record: Record, criterion: str) -> Line | None:
    if not record.replies:
        return None
    if criterion in AT_THE_END:
        return record.replies[-1]
    if criterion == "greeting":
        return record.replies[0]
    if criterion.startswith("empathy") and (missing := unanswered(record)):
        return record.line(min(missing[0]))
    return None


def _vain_request(record: Record) -> Line | None:
    """Where the customer was sent on a step that could not help, instead of being asked for evidence."""
    step = wasted(record)
    return line_behind_step(record, step) if step else None


def _ending(record: Record) -> Line | None:
    """The line that ended the conversation: passed on, goodbye or no."""
    ends = [x for x in record.replies if any(_means(record, x, act) for act in CLOSING_ACTS)]
    return ends[-1] if ends and not record.goal else None


def _first_proof(record: Record) -> Line | None:
    """Where data alone were asked for."""
    asked = (x for x in record.replies if any(_means(record, x, act) for act in IDENTITY_ACTS))
    return next(asked, None)


def bare_no(record: Record) -> Line | None:
    """A refusal in a few words, with no reason to follow and no other way."""
    said = (x for x in record.replies if _means(record, x, "refuse_policy"))
    return next((x for x in said if len(words(x.text)) <= CURT), None)


# What was left undone has no line of its own; these stand where it should have been.
IN_ITS_PLACE: dict[str, Callable[[Record], Line | None]] = {
    "critical_facts": _vain_request,
    "goal_reached": _ending,
    "out_of_band": lambda record: bare_no(record) or _first_proof(record),
}


def _is_undone(finding: Finding) -> bool:
    return finding.id in IN_ITS_PLACE and finding.status != "met" and not finding.misread
