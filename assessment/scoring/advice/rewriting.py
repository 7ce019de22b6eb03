"""A learner's line as a strong attempt would put it, in plain words, with this ticket's facts and for this caller."""

import re
from collections.abc import Callable

from assessment.scoring.advice.asking import ASKING, FIELD_ACTS, tidied, who_is_calling
from assessment.scoring.advice.lines import bare_no
from assessment.scoring.advice.noting import said_of
from assessment.scoring.advice.quoting import BREAK
from assessment.scoring.advice.remedies import remedy
from assessment.scoring.attempt import Line
from assessment.scoring.criterion import Finding
from assessment.scoring.hearing import CERTAIN
from assessment.scoring.record import Record
from assessment.scoring.terms import cause_in_words, first_name, team
from assessment.scoring.words import shows_stress

GREETING = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|morning|welcome|service desk)\b"
)
COURTESIES = frozenset({"greet", "empathise", "thank", "apologise", "close", "give_ticket"})
PART = re.compile(r"[,.!?;]+")
AGAIN = re.compile(r"\b(?:again|third|second time|still|every time|annoy\w*|fed up|frustrat\w*)\b")
PRESSED = re.compile(
    r"\b(?:urgent\w*|asap|quick\w*|now|today|hurry|deadline|boarding|minutes|late|waiting|counter)\b"
)
PLAIN = {
    "dns": "the address book of the network",
    "dhcp": "what hands out the network settings",
    "ip address": "the computer's address in the network",
    "proxy": "the way out to the internet",
    "gateway": "the door to our network",
    "firewall rule": "what is let through",
    "spooler": "the queue of the printer",
    "sync client": "the program that copies your files",
    "sso": "signing in once for everything",
    "fido2": "the security key",
    "totp": "the six digits",
    "latency": "the delay",
    "packet loss": "parts that get lost on the way",
    "cache flush": "emptying what is kept",
    "registry": "the settings of Windows",
    "firmware": "the software inside the device",
    "bios": "the start menu of the computer",
}
Rewrite = Callable[[Record, Line], str]


def rewritten(record: Record, finding: Finding, line: Line | None) -> str:
    """The line said better, or in general terms what a strong attempt does."""
    rewrite = REWRITES.get(finding.id)
    said = rewrite(record, line) if rewrite and line else remedy(record, finding.id)
    return said or finding.better


def core(record: Record, line: Line) -> str:
    """What the line was about, in plain sentences; without greeting, goodbye and words to the grader."""
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    acts = [name for name, sure in heard.acts if sure >= CERTAIN and name not in COURTESIES] if heard else []
    if line.seq in record.injected or (heard and heard.acts and not acts):
        return ""
    if acts and all(act in ASKING for act in acts):
        return " ".join(ASKING[act] for act in dict.fromkeys(acts))
    return tidied(" ".join(s for s in BREAK.split(line.text) if not GREETING.match(s.casefold())))


def feeling(record: Record, line: Line | None) -> str:
    """What the customer had written last that shows how they feel, or ""."""
    before = [x.text for x in record.customer if line and x.seq < line.seq]
    parts = [p.strip() for text in (*reversed(before), record.world.ticket.opening) for p in PART.split(text)]
    return next((part for part in parts if shows_stress(part) and len(part.split()) > 1), "")


def _quoted(*parts: str) -> str:
    """What to say, with the marks of anything that is named in it turned into single ones."""
    said = " ".join(part for part in parts if part)
    return f"“{said.replace('“', '‘').replace('”', '’')}”"


def _greeting(record: Record, line: Line) -> str:
    rest = core(record, line) or "I will help you with this."
    return _quoted(f"Hello {first_name(record)}, this is the service desk.", rest)


def _identity(record: Record, line: Line) -> str:
    """Not where the items came and were not compared."""
    asked = "" if record.proofs else who_is_calling(record)
    return f"“{asked}”" if asked else ""


def _open_question(record: Record, line: Line) -> str:
    """Without the value that the line gave away."""
    given = [e.data["field"] for e in record.events("disclosed") if record.cause(e) == line.seq]
    asked = [ASKING[FIELD_ACTS[field]] for field in dict.fromkeys(given) if field in FIELD_ACTS]
    if record.impostor and "phone_on_file" in given:
        return _quoted(ASKING["id_callback"], "Please pick up there.")
    return _quoted(*asked) if asked else ""


def _fewer(record: Record, line: Line) -> str:
    """The first two questions; where it was known already, what the customer had said."""
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    acts = [name for name, _ in heard.acts] if heard else []
    asked = [ASKING[act] for act in acts if act in ASKING]
    if len(asked) > 2:
        return f"{_quoted(*asked[:2])} The rest can wait for the answer."
    known = [f for act in acts for f in record.world.answers_to(act) if f in record.state.earned]
    if not known:
        return ""
    return f"{first_name(record)} had told you: “{said_of(record, known[0])}” Go on from there instead of asking again."


def _kind(record: Record, line: Line) -> str:
    """Their own words first, then what they mean for them."""
    name, said = first_name(record), feeling(record, line)
    hello = f"Hello {name}, this is the service desk." if line.seq == record.replies[0].seq else ""
    if record.impostor:
        weight = "is urgent for you" if PRESSED.search(said.casefold()) else "matters to you"
        seen = f"I see that this {weight}" + ("." if hello else f", {name}.")
        return _quoted(hello, seen, core(record, line))
    felt = said.casefold()
    if AGAIN.search(felt):
        meant = "I am sorry that this has cost you so much time already."
    elif PRESSED.search(felt):
        meant = "I see that this cannot wait, so let us go through it quickly."
    else:
        meant = "I see how much this holds you up."
    better = _quoted(hello, meant, core(record, line))
    return f"{name} wrote “{said}”. Take that up first: {better}" if said else better


def _cause(record: Record, line: Line) -> str:
    """The cause as a sentence, where it was found and the author's words make one."""
    clause = cause_in_words(record) if record.goal or record.is_fixed else ""
    return f"{_quoted(f'It happened because {clause}.')} Say it before you say goodbye." if clause else ""


def _wait(record: Record, line: Line) -> str:
    return "“Give me two minutes, I am checking something on our side.” Then come back within them."


def _test(record: Record, line: Line) -> str:
    return "“Please try it once more while I am here. Does it work now?” Say goodbye only when it does."


def is_ready_to_end(record: Record) -> bool:
    """Whether a goodbye was due: settled, handed over, or repaired and tried."""
    tried = record.state.confirmed or not record.wants_confirmation
    return bool(record.goal) or record.kind == "escalated" or (record.is_fixed and tried)


def _goodbye(record: Record, line: Line) -> str:
    """An impostor gets neither a reference nor good wishes; who waits for the end of it no goodbye."""
    if not (record.impostor or is_ready_to_end(record)):
        asked = f"Before we close this, {first_name(record)}: what does not work yet?"
        return _quoted(asked, "I am staying until it does.")
    if record.impostor:
        return _quoted("I have to decline this, and I am ending our conversation here.")
    name, onward = first_name(record), record.world.escalation.team if record.kind == "escalated" else None
    if onward:
        passed = f"I am passing this to {team(onward)}, {name}. Your reference is TKT-…"
        return _quoted(
            f"{passed}, and you hear from me by tomorrow morning how far they are.", "Have a good day, bye."
        )
    return _quoted("Your reference is TKT-…, in case it comes back.", f"Have a good day, {name}, bye.")


def _plain(record: Record, line: Line) -> str:
    """Without the terms that a newcomer does not know."""
    text, known = tidied(line.text), sorted(PLAIN, key=len, reverse=True)
    for term in known:
        text = re.sub(rf"\b(?:the )?{re.escape(term)}s?\b", PLAIN[term], text, flags=re.IGNORECASE)
    return _quoted(tidied(text)) if text != tidied(line.text) else ""


def _civil(record: Record, line: Line) -> str:
    return _quoted(f"Let us look at what the screen says, {first_name(record)}.", ASKING["f_screen"])


def _called(record: Record, line: Line) -> str:
    """A bare no as a sentence, and the call that proves it right."""
    if line != bare_no(record):
        return ""
    sorry = f"I'm sorry, {first_name(record)}, I have to decline this request."
    return _quoted(sorry, "I am ringing the number that we hold, to speak to the person whose account it is.")


REWRITES: dict[str, Rewrite] = {
    "greeting": _greeting,
    "independent_items": _identity,
    "verified_early": _identity,
    "nothing_given_away": _open_question,
    "out_of_band": _called,
    "told_impostor": _open_question,
    "questions": _fewer,
    "empathy_when_needed": _kind,
    "empathy_specific": lambda record, line: _kind(record, line) if feeling(record, line) else "",
    "cause_explained": _cause,
    "waits_announced": _wait,
    "fix_confirmed": _test,
    "closing": _goodbye,
    "jargon": _plain,
    "abuse": _civil,
}
