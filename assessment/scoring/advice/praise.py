"""The best moments: what was done well and carried the ticket, one for each side of the work."""

from collections.abc import Sequence

from assessment.scoring.advice.moments import Moment, asked_well, exposed, refused
from assessment.scoring.advice.quoting import Quote, part_of, quoted
from assessment.scoring.attempt import Line
from assessment.scoring.caps import Cap
from assessment.scoring.criterion import Finding
from assessment.scoring.record import Record
from assessment.scoring.words import words

NOTHING_TO_PRAISE = frozenset({"idle", "empty"})  # caps under which little was done at all
SUSPECT = ("false_claims", "false_assurance", "injection", "asked_secret", "abuse", "no_harm")
# From what carries a ticket most. Of one side of the work, the first that was met is named.
SIDES = (
    ("level_before_action", "independent_items", "verified_early"),
    ("refused", "out_of_band", "reported"),
    ("critical_facts",),
    ("goal_reached",),
    ("cause_explained",),
    ("empathy_specific", "empathy_when_needed"),
    ("fix_confirmed",),
    ("required_points",),
    ("waits_announced",),
    ("greeting",),
    ("closing",),
    ("questions",),
    ("nothing_given_away",),
    ("first_reply", "median_reply"),
)
SHOWN = ("nothing_given_away", "questions")  # hollow praise without a line that shows it
# Worth nothing where nothing was achieved; kindness neither, where an impostor got what they wanted.
MANNER = ("first_reply", "median_reply", "whole_ticket", "waits_announced", "closing")
KINDNESS = ("greeting", "empathy_specific", "empathy_when_needed", "questions")


def best(record: Record, findings: Sequence[Finding], found: Sequence[Cap]) -> list[Moment]:
    """What carried most first; nothing where next to nothing was done."""
    if NOTHING_TO_PRAISE & {cap.id for cap in found}:
        return []
    carried = _carried(record, findings)
    known = {moment.criterion for moment in carried}
    first = [exposed(record) if carried else None, refused(record) if "refused" not in known else None]
    asked = asked_well(record) if "critical_facts" not in known else None
    told = (*first, *carried[:1], asked, *carried[1:], _kind(record, findings))
    return _once([moment for moment in told if moment])


def _once(moments: list[Moment]) -> list[Moment]:
    """Each quote and each side once: what carried more keeps it."""
    kept: list[Moment] = []
    for moment in moments:
        if not any(_is_same(moment.quote, other.quote) for other in kept):
            kept.append(moment)
    return kept


def _is_same(one: Quote, other: Quote) -> bool:
    return bool(one.text) and (one.text == other.text or (one.seq is not None and one.seq == other.seq))


def _carried(record: Record, findings: Sequence[Finding]) -> list[Moment]:
    """Without what is part of a lie, a formula said twice, speed where nothing was achieved, or what nothing shows."""
    met = {f.id: f for f in findings if f.status == "met" and f.earned > 0 and not f.misread}
    named = [next(name for name in side if name in met) for side in SIDES if met.keys() & set(side)]
    told = [(met[name], quoted(record, met[name])) for name in named]
    fair = [(f, quote) for f, quote in told if _is_fair(record, findings, f, quote)]
    return [Moment(f.id, f.title, f.why, quote) for f, quote in fair]


def _kind(record: Record, findings: Sequence[Finding]) -> Moment | None:
    """Kind words that fitted, where the mood did not ask for them."""
    row = next(f for f in findings if f.id == "empathy_specific")
    line = record.line(row.evidence[0]["seq"]) if row.status == "na" and row.evidence else None
    if line is None or (record.impostor and not record.goal):
        return None
    return Moment(row.id, row.title, row.why, Quote(part_of(line.text), seq=line.seq))


def _is_fair(record: Record, findings: Sequence[Finding], finding: Finding, quote: Quote) -> bool:
    if finding.id in SHOWN and not quote.text:
        return False
    if finding.id in MANNER and not ((record.goal and record.is_founded) or record.is_fixed):
        return False
    if finding.id in KINDNESS and record.impostor and not record.goal and record.kind != "declined":
        return False
    suspects = [f for f in findings if f.id in SUSPECT and f.status == "not"]
    if finding.dimension == "documentation" and suspects:
        return False
    line = record.line(quote.seq) if quote.seq else None
    return line is None or not (line.seq in _cited(suspects) or _is_formula(record, line))


def _cited(findings: Sequence[Finding]) -> frozenset[int]:
    return frozenset(e["seq"] for f in findings for e in f.evidence if "seq" in e)


def _is_formula(record: Record, line: Line) -> bool:
    return sum(words(other.text) == words(line.text) for other in record.replies) > 1
