"""One step further, for an attempt in which nothing was lost: something that is true of this one."""

import re
from dataclasses import dataclass

from assessment.scoring.advice.asking import REQUEST, sentence
from assessment.scoring.advice.quoting import BREAK, Quote, part_of
from assessment.scoring.attempt import Line
from assessment.scoring.criterion import Finding
from assessment.scoring.hearing import Understood
from assessment.scoring.record import Record
from assessment.scoring.terms import cause_in_words, first_name, to_them
from assessment.scoring.words import words

LONG = 18  # words of an explanation that could be shorter
STEPS = 2  # instructions in one message that are too many
HARDEST = "advanced"
JOINT = re.compile(r",? and then |, then |,? and |, ")
STEP = re.compile(
    rf"{REQUEST.pattern}|^(?:save|sign|select|choose|type|restart|close|start|switch|use|set|wait)\b"
)
LASTING = re.compile(
    r"\b(?:next time|in future|in the future|from now on|should it|(?:if|when|in case) (?:it|this|that)\b.{0,20}\b(?:again|back|happens?|comes?|closes?)"
    r"|so that it (?:does|stays)|keep an eye)",
    re.IGNORECASE,
)
NOUN = re.compile(r"^(?:the|a|an|your)\b")
ASIDE = re.compile(r"^(?:what|whether|where|how|which)\b")


@dataclass(frozen=True)
class Further:
    """`about`: the criterion that it refines."""

    about: Finding
    quote: Quote
    better: str
    aim: str


def stretch(record: Record) -> Further:
    """One step per message, the cause at the first go or in fewer words, a word that lasts, else a harder ticket."""
    return _one_step(record) or _at_first(record) or _plainer(record) or _lasting(record) or _harder(record)


def _one_step(record: Record) -> Further | None:
    """A message that tells the customer several things to do, one of which had to be told again."""
    told = [u for u in record.understood if len(_instructions(record, u)) >= STEPS]
    line = next((record.line(u.seq) for u in told if _is_told_again(record, u)), None)
    steps = _steps(line.text) if line else []
    if line is None or len(steps) < STEPS:
        return None
    why = f"Nothing was lost. You asked for {len(steps)} steps in one message, and had to say one of them again."
    first, *later = steps
    better = f"“{first}” Wait for the answer, and only then: “{later[0]}”"
    return _further(
        record,
        line,
        "efficiency",
        "One step in a message",
        why,
        better,
        "one step in a message, and the next when it is done",
    )


def _at_first(record: Record) -> Further | None:
    """An explanation that the customer did not take, before one that they did."""
    tried = [e for e in record.events("explained") if not e.data["right"]]
    took = record.first("explained", right=True)
    first, second = (record.line(record.cause(e)) if e else None for e in (tried[0] if tried else None, took))
    if first is None or second is None or first.seq >= second.seq:
        return None
    why = f"{first_name(record)} understood it at the second go; the first was said in words of the desk."
    better = f"“{part_of(second.text)}” That was the plain one: begin with it."
    return _further(
        record,
        first,
        "cause_explained",
        "The cause at the first go",
        why,
        better,
        "say the cause once, in the customer's own words",
    )


def _plainer(record: Record) -> Further | None:
    line, clause = _explanation(record), cause_in_words(record)
    if line is None or not clause or len(words(line.text)) <= LONG:
        return None
    why = f"Right and understood, in {len(words(line.text))} words. Half of them would stay in mind."
    aim = "explain the cause in one sentence that the customer could repeat to a colleague"
    return _further(
        record,
        line,
        "cause_explained",
        "The cause in fewer words",
        why,
        f"“It happened because {clause}.”",
        aim,
    )


def _lasting(record: Record) -> Further | None:
    """What the customer can look at should it come back, after the words that explained it."""
    line, sign = _explanation(record), _sign(record)
    if line is None or not sign or any(LASTING.search(x.text) for x in record.replies):
        return None
    name = first_name(record)
    better = f"“{part_of(line.text)} Should it ever come back, {name}, first {sign}, and tell us.”"
    why = f"Nothing was lost. What {name} can look at, should it come back, was not said."
    aim = f"after the cause, add one sentence on what {name} can look at should it come back"
    return _further(record, line, "cause_explained", "One sentence that lasts", why, better, aim)


def _harder(record: Record) -> Further:
    if record.world.difficulty == HARDEST:
        better = "Take another variant of this ticket, and explain after each question why you asked it: that is how you would teach it."
        aim = "play another variant of this ticket without opening an article"
    else:
        better = "Take a ticket of the next difficulty, where the customer is wrong about something or somebody is not who they say."
        aim = "the same care with a ticket of the next difficulty"
    return Further(_about("goal_reached", "A harder ticket", "Nothing was lost here."), Quote(), better, aim)


def _further(
    record: Record, line: Line, criterion: str, title: str, why: str, better: str, aim: str
) -> Further:
    return Further(_about(criterion, title, why), Quote(part_of(line.text), seq=line.seq), better, aim)


def _about(criterion: str, title: str, why: str) -> Finding:
    return Finding(criterion, title, "", 0.0, 0.0, "met", (), why, "", misread=False)


def _instructions(record: Record, u: Understood) -> list[str]:
    return [name for name, _ in u.acts if name.startswith("a_") and record.is_plain(u, name)]


def _is_told_again(record: Record, u: Understood) -> bool:
    later = [name for x in record.understood if x.seq > u.seq for name in _instructions(record, x)]
    return bool(set(_instructions(record, u)) & set(later))


def _steps(text: str) -> list[str]:
    """The instructions of a message, one by one; what comes before the first stays with it."""
    steps: list[str] = []
    for clause in (c for said in BREAK.split(text) for c in JOINT.split(said)):
        is_step = STEP.match(clause.casefold().removeprefix("please ").removeprefix("now "))
        if is_step or not steps:
            steps.append(sentence(clause.rstrip(".")))
        else:
            steps[-1] = f"{steps[-1].rstrip('.')}, {clause.rstrip('.')}."
    if len(steps) > 1 and not STEP.match(steps[0].casefold()):
        steps[:2] = [f"{steps[0]} {steps[1]}"]
    return steps


def _explanation(record: Record) -> Line | None:
    told = record.first("explained", right=True)
    return record.line(record.cause(told)) if told else None


def _sign(record: Record) -> str:
    """What showed the cause on the customer's side: "look at the list of rules", "see what the wireless is called"; ""."""
    looks = [
        record.world.actions[f.observe]
        for n, f in record.world.facts.items()
        if f.critical and f.observe in record.world.actions and n in record.evidence_facts
    ]
    said = [to_them(record, act) for look in looks if (act := look.intent) and not act.startswith("a_other")]
    seen = (f"see {x}" if ASIDE.match(x) else f"look at {x}" if NOUN.match(x) else x for x in said)
    return next(seen, "")
