"""The learner's line behind an event, or the one that stands where something was left undone."""

from collections.abc import Callable

from assessment.scoring.attempt import Happening, Line
from assessment.scoring.criteria.empathy import passed_over
from assessment.scoring.hearing import CERTAIN, COURTESIES, STATEMENTS
from assessment.scoring.record import Record
from assessment.scoring.words import words
from scenarios.world.state import IDENTITY_ACTS

AT_THE_END = ("closing", "fix_confirmed", "cause_explained")
CLOSING_ACTS = ("escalate", "close", "refuse_policy", "give_ticket")
CURT = 6  # words of a refusal


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


def means(record: Record, line: Line, act: str) -> bool:
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    return heard is not None and dict(heard.acts).get(act, 0.0) >= CERTAIN


def line_behind(record: Record, happened: Happening) -> Line | None:
    """The message that caused an event, if it plainly asked for that."""
    number = record.cause(happened)
    wanted = acts_for(record, happened)
    if wanted is None:
        return record.line(number) if record.confidence(happened) >= CERTAIN else None
    heard = next((u for u in record.understood if u.seq == number), None)
    plain = heard and any(name in wanted and sure >= CERTAIN for name, sure in heard.acts)
    return record.line(number) if plain else None


def acts_for(record: Record, happened: Happening) -> list[str] | None:
    """The acts that ask for a fact or an item of identity; None for other events."""
    if happened.kind == "identity":
        return [act for act, field in IDENTITY_ACTS.items() if field == happened.data["field"]]
    if happened.kind != "fact":
        return None
    fact = record.world.facts[happened.data["fact"]]
    look = record.world.actions.get(fact.observe or "")
    return [*fact.ask, *([look.intent or fact.observe or ""] if look else [])]


def where_it_belongs(record: Record, criterion: str) -> Line | None:
    if not record.replies:
        return None
    if criterion in AT_THE_END:
        return record.replies[-1]
    if criterion == "greeting":
        return record.replies[0]
    if criterion.startswith("empathy") and (passed := passed_over(record)):
        return record.line(passed[0])
    return None


def _vain_request(record: Record) -> Line | None:
    """Where the customer was sent on a step that could not help, instead of being asked for evidence."""
    step = wasted(record)
    return line_behind_step(record, step) if step else None


def _ending(record: Record) -> Line | None:
    """The line that ended the conversation: passed on, goodbye or no."""
    ends = [x for x in record.replies if any(means(record, x, act) for act in CLOSING_ACTS)]
    return ends[-1] if ends and not record.goal else None


def _first_proof(record: Record) -> Line | None:
    """Where data alone were asked for."""
    asked = (x for x in record.replies if any(means(record, x, act) for act in IDENTITY_ACTS))
    return next(asked, None)


def bare_no(record: Record) -> Line | None:
    """A refusal in a few words, with no reason to follow and no other way."""
    said = (x for x in record.replies if means(record, x, "refuse_policy"))
    return next((x for x in said if len(words(x.text)) <= CURT), None)


# What was left undone has no line of its own; these stand where it should have been.
IN_ITS_PLACE: dict[str, Callable[[Record], Line | None]] = {
    "critical_facts": _vain_request,
    "goal_reached": _ending,
    "out_of_band": lambda record: bare_no(record) or _first_proof(record),
}
