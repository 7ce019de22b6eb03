"""Which of the learner's lines shows what a finding says; none where no line does."""

from assessment.scoring.attempt import Happening, Line
from assessment.scoring.criterion import Finding
from assessment.scoring.empathy import unanswered
from assessment.scoring.hearing import CERTAIN
from assessment.scoring.record import Record
from scenarios.world.state import IDENTITY_ACTS

AT_THE_END = ("closing", "fix_confirmed", "cause_explained")

UNSPOKEN = ("median_reply", "whole_ticket")  # no single line shows them
WHOLE = ("critical_facts", "goal_reached")  # what they lack no line shows


def line_of(record: Record, finding: Finding) -> Line | None:
    """What was found absent has no line, unless it is plain where it would have belonged."""
    if any("range" in cited for cited in finding.evidence):
        return None
    if finding.id in UNSPOKEN or (finding.id in WHOLE and finding.status != "met"):
        return None
    cited = [record.line(e["seq"]) for e in finding.evidence if "seq" in e]
    caused = [
        _line_behind(record, e) for e in record.attempt.events if {"event": e.number} in finding.evidence
    ]
    mine = [line for line in (*cited, *caused) if line is not None and line.sender == "user"]
    if finding.id == "refused":
        mine = [line for line in mine if _is_refusal(record, line)]
    if mine or finding.status != "not":
        return mine[0] if mine else None
    return _where_it_belongs(record, finding.id)


def _is_refusal(record: Record, line: Line) -> bool:
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    return heard is not None and record.is_plain(heard, "refuse_policy")


def _line_behind(record: Record, happened: Happening) -> Line | None:
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
