"""What notes claim to have been looked at, tested or put back, where nothing of the kind was seen, said or done."""

import re
from collections.abc import Iterator

from assessment.scoring.attempt import Happening
from assessment.scoring.deeds import action_words, done, stems
from assessment.scoring.notes.claims import ASIDE, Denied
from assessment.scoring.notes.sentences import Statement, stated
from assessment.scoring.record import Record
from assessment.scoring.terms import SPOKEN_FIELDS, asked
from assessment.scoring.words import tidy
from scenarios.world.document import Action, Fact

LOOKED = re.compile(
    r"\b(?:checked|chkd|compared|tested|measured|inspected|examined|reviewed|read|consulted|looked (?:at|into|up|through)|verified|confirmed"
    r"|ran|run|performed|carried out|traced|pinged|scanned|went through)\b",
    re.IGNORECASE,
)
PUT_BACK = re.compile(r"\b(?:restored|reinstated|recovered|brought back|put back|rebuilt)\b", re.IGNORECASE)
LASTED = re.compile(
    r"\bfor (?:(?:about|some|over|another|the|full|a) )*(?P<many>\d+|an?|two|three|four|five|ten|fifteen|twenty|thirty|forty|sixty)"
    r" (?:full )?(?P<unit>minute|min|hour)s?\b",
    re.IGNORECASE,
)
SUCCESS = re.compile(
    r"\b(?:works?|working|worked|ran|run|running|stable|stayed?|held|tested|fine|ok(?:ay)?|confirmed)\b",
    re.IGNORECASE,
)
# "Keyboard and mouse checked", "checked the keyboard and mouse": a clause begins and ends at the joint.
FIRST = re.compile(r"(?:^|[,;.:\n]\s*)((?:[\w'-]+ ){1,3}and )$", re.IGNORECASE)
SECOND = re.compile(r"\s*and [\w'-]+(?: [\w'-]+){0,2} ?(?=[,;.]|$)", re.IGNORECASE)
SAID_NUMBERS = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
SAID_NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60}
ENOUGH = 2  # words by which a thing is recognised that nobody had spoken of
SLACK = 2.0  # minutes by which a guess of the time may be off
# Proof is judged by its items; the rest says nothing of what was looked at.
EMPTY = stems(" ".join(SPOKEN_FIELDS.values())) | stems(
    "and the for was were has had not his her their them both each all that with from into onto too well fine good one two minutes hours day"
)


def denied_looks(record: Record, text: str) -> Iterator[Denied]:
    """Looks and tests of which the log has nothing, lost things "restored", and a success longer than the session."""
    for said in stated(LOOKED, text):
        if not ASIDE.search(said.clause) and _is_invented(record, _whole(text, said)):
            yield Denied("checked", said.clause, "nothing of the kind was looked at or tested")
    for said in stated(PUT_BACK, text):
        if not ASIDE.search(said.clause) and _is_lost(record, said.clause):
            yield Denied("restored", said.clause, "it was lost in this session and not put back")
    for said in stated(LASTED, text):
        if SUCCESS.search(said.clause) and _is_too_long(record, said):
            yield Denied("lasted", said.clause, "the ticket was closed sooner")


def _whole(text: str, said: Statement) -> str:
    """The clause, with both of two things of which it tells; its verb left out."""
    text = tidy(text)
    start = text.find(said.clause)
    if start < 0:
        return f"{said.before} {said.after}"
    first, second = FIRST.search(text[:start]), SECOND.match(text, start + len(said.clause))
    beside = [found[0] for found in (first, second) if found and not LOOKED.search(found[0])]
    return " ".join([*beside, said.before, said.after])


def _is_invented(record: Record, clause: str) -> bool:
    """It tells of what this world has to find or to do, in words for what nobody had found, done or mentioned."""
    told = stems(clause)
    new = told - _happened(record) - EMPTY
    return bool(new) and any(
        len(new & source) >= ENOUGH
        or any(map(_is_figure, new & source))
        or (len(name) >= ENOUGH and name <= told and bool(new & name))
        for name, source in _unseen(record)
    )


def _is_figure(word: str) -> bool:
    return any(map(str.isdigit, word))


def _unseen(record: Record) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """(words of its name, all words of it) of what was not found out, not opened and not done."""
    world, taken, opened = record.world, {e.data["action"] for e in done(record)}, _opened(record)
    for name, fact in world.facts.items():
        if name not in record.state.earned:
            yield frozenset(), stems(_of_fact(record, fact))
    for name, tool in world.tools.items():
        if name not in opened:
            yield stems(tool.label), stems(tool.label)
    for name, action in world.actions.items():
        if name not in taken:
            yield stems(name.replace("_", " ")), stems(f"{action_words(record, name)} {_says(action)}")


def _happened(record: Record) -> frozenset[str]:
    """Words for all that was said, seen and done."""
    world, ticket = record.world, record.world.ticket
    parts = [ticket.subject, ticket.opening, *(x.text for x in (*record.customer, *record.replies))]
    parts += [_of_fact(record, world.facts[name]) for name in record.state.earned]
    parts += [
        f"{world.tools[name].label} {world.tools[name].empty or ''}"
        for name in _opened(record)
        if name in world.tools
    ]
    for e in done(record):  # what the customer made of it stands in the conversation
        mine = _says(world.actions[e.data["action"]]) if e.data["who"] == "learner" else ""
        parts.append(f"{action_words(record, e.data['action'])} {mine}")
    parts += [str(e.data.get("slug", "")).replace("-", " ") for e in record.events("article")]
    return stems(" ".join(parts))


def _opened(record: Record) -> frozenset[str]:
    used = {e.data["tool"] for e in record.events("tool")} | {
        e.data["action"] for e in record.events("console")
    }
    return frozenset(
        used | {record.world.actions[name].tool or "" for name in used if name in record.world.actions}
    )


def _of_fact(record: Record, fact: Fact) -> str:
    label = record.world.tools[fact.tool].label if fact.tool in record.world.tools else ""
    return " ".join([fact.say, label, *(asked(record, act) for act in fact.ask)])


def _says(action: Action) -> str:
    return " ".join([action.say or "", *(branch.say or "" for branch in action.effects)])


def _is_lost(record: Record, clause: str) -> bool:
    """It tells of what a harmful step took, and nothing that was done after it puts that back."""
    harmful = record.first("action", harmful="minor", possible=True) or record.first(
        "action", harmful="major", possible=True
    )
    if harmful is None:
        return False
    lost = stems(clause) & stems(_lost_words(record, harmful))
    later = [e.data["action"] for e in done(record) if e.number > harmful.number]
    put_back = stems(" ".join(f"{action_words(record, n)} {_says(record.world.actions[n])}" for n in later))
    return bool(lost - put_back)


def _lost_words(record: Record, step: Happening) -> str:
    action = record.world.actions[step.data["action"]]
    return f"{action_words(record, step.data['action'])} {_says(action)} {action.about or ''}"


def _is_too_long(record: Record, said: Statement) -> bool:
    """Nobody can have seen it work for so long: not within the session, and not as the customer told it."""
    many, unit = said.found["many"].casefold(), said.found["unit"].casefold()
    minutes = SAID_NUMBERS.get(many) or float(many)
    worked = record.first("fixed") or record.first("confirmed")
    if worked is None or any(
        many in x.text.casefold() and unit in x.text.casefold() for x in record.customer
    ):
        return False
    waited = sum(
        e.data.get("minutes") or 0 for e in record.events("action", "hold") if e.number > worked.number
    )
    there = (record.attempt.finished - worked.at) / 60 + waited
    return minutes * (60 if unit == "hour" else 1) > there + SLACK
