"""A learner's line as a strong attempt would put it: what it meant to ask, in plain words, with this ticket's facts."""

import re
from collections.abc import Callable

from assessment.scoring.attempt import Line
from assessment.scoring.criterion import Finding
from assessment.scoring.hearing import CERTAIN, Understood
from assessment.scoring.notes import Notes
from assessment.scoring.record import Record
from assessment.scoring.terms import cause_in_words, first_name, label, listed, topic
from assessment.scoring.words import quote, shows_stress
from chat.customer import library
from scenarios.world.state import FACTORS, IDENTITY_ACTS

ASKING = {
    "id_name": "What is your full name?",
    "id_username": "What is your user name?",
    "id_employee": "What is your employee number?",
    "id_asset": "Which asset tag is on your device?",
    "id_manager": "Who is your manager?",
    "id_phone": "Which phone number do we have on record for you?",
    "id_callback": "I will ring you back on the number that we have on record.",
    "id_code": "I am sending a code to the device that you enrolled; please approve it.",
    "f_error": "What exactly does the message say?",
    "f_when": "Since when has it been like this?",
    "f_changes": "What changed before it began?",
    "f_frequency": "Is it always so, or only at times?",
    "f_network": "Where and how are you connected?",
    "f_scope": "Is anybody else affected?",
    "f_impact": "What does it hold up for you?",
    "f_device": "Which device is it?",
    "f_tried": "What have you tried already?",
    "f_screen": "What do you see on the screen now?",
    "confirm_fix": "Does it work now?",
}
FIELD_ACTS = {field: act for act, field in IDENTITY_ACTS.items()}
COURTESIES = frozenset({"greet", "empathise", "thank", "apologise", "close", "give_ticket"})
QUESTION = re.compile(
    r"^(?:who|what|which|when|where|why|how|is|are|do|does|did|can|could|would|will|has|have)\b"
)
SENTENCE = re.compile(r"[^.!?]+[.!?]*")
PART = re.compile(r"[,.!?;]+")
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
    if finding.id == "required_points":
        return _notes(record)
    better = rewrite(record, line) if rewrite and line else ""
    return better or finding.better


def core(record: Record, line: Line) -> str:
    """What the line was about, in plain sentences; its greeting and goodbye left out."""
    heard = _heard(record, line)
    acts = [name for name, sure in heard.acts if sure >= CERTAIN and name not in COURTESIES] if heard else []
    if acts and all(act in ASKING for act in acts):
        return " ".join(ASKING[act] for act in dict.fromkeys(acts))
    return "" if heard and heard.acts and not acts else tidied(line.text)


def tidied(text: str) -> str:
    """Short forms written out, sentences with a capital and a stop."""
    spellings = library.lexicon()["spellings"]
    words = re.sub(r"[\w']+", lambda found: str(spellings.get(found[0].casefold(), found[0])), text)
    return " ".join(_sentence(found.strip()) for found in SENTENCE.findall(words) if found.strip())


def _sentence(text: str) -> str:
    end = "" if text[-1] in ".!?" else "?" if QUESTION.match(text.casefold()) else "."
    return text[0].upper() + text[1:] + end


def _heard(record: Record, line: Line) -> Understood | None:
    return next((u for u in record.understood if u.seq == line.seq), None)


def _quoted(*parts: str) -> str:
    return f"“{' '.join(part for part in parts if part)}”"


def _greeting(record: Record, line: Line) -> str:
    rest = core(record, line) or "I will help you with this."
    return _quoted(f"Hello {first_name(record)}, this is the service desk.", rest)


def _identity(record: Record, line: Line) -> str:
    """The first items that the policy of the needed level names, asked openly; not where they came and were not compared."""
    if record.proofs:
        return ""
    policy = record.world.identity.policy
    rules = policy.high if record.needed == "high" else policy.low
    items = [f for rule in rules for f in [g for g in FACTORS if g in rule.of][: rule.any]]
    asked = [ASKING[FIELD_ACTS[item]] for item in dict.fromkeys(items) if item in FIELD_ACTS]
    return _quoted("Before I go into your account I have to be sure who is calling.", *asked) if asked else ""


def _open_question(record: Record, line: Line) -> str:
    """Without the value that the line gave away."""
    given = [e.data["field"] for e in record.events("disclosed") if record.cause(e) == line.seq]
    return _quoted(*(ASKING[FIELD_ACTS[field]] for field in dict.fromkeys(given) if field in FIELD_ACTS))


def _fewer(record: Record, line: Line) -> str:
    """The first two questions; where it was known already, what the customer had said."""
    heard = _heard(record, line)
    acts = [name for name, _ in heard.acts] if heard else []
    asked = [ASKING[act] for act in acts if act in ASKING]
    if len(asked) > 2:
        return f"{_quoted(*asked[:2])} The rest can wait for the answer."
    known = [f for act in acts for f in record.world.answers_to(act) if f in record.state.earned]
    if not known:
        return ""
    said = quote(record.world.facts[known[0]].say, 80)
    return f"{first_name(record)} had told you: “{said}” Go on from there instead of asking again."


def _kind(record: Record, line: Line) -> str:
    rest = core(record, line)
    if record.impostor:
        return _quoted(f"I see that this is urgent for you, {first_name(record)}.", rest)
    before = [x.text for x in record.customer if x.seq < line.seq] or [record.world.ticket.opening]
    said = quote(_stressed(before[-1]), 60)
    return _quoted(f"‘{said}’: I see what that means for you, {first_name(record)}.", rest)


def _stressed(text: str) -> str:
    """The part of a message that shows how the customer feels, else its last part."""
    parts = [part.strip() for part in PART.split(text) if part.strip()]
    return next((part for part in parts if shows_stress(part)), parts[-1] if parts else text)


def _cause(record: Record, line: Line) -> str:
    """The cause as a sentence, where it was found and the author's words make one."""
    clause = cause_in_words(record) if record.goal else ""
    return _quoted(f"It happened because {clause}.", core(record, line)) if clause else ""


def _wait(record: Record, line: Line) -> str:
    used = [e for e in record.events("console") if e.at <= line.at]
    where = f" in “{label(record, used[-1].data['action'])}”" if used else ""
    return f"“Give me two minutes, I am looking{where} for you.” And then: {_quoted(core(record, line))}"


def _test(record: Record, line: Line) -> str:
    return f"“Please try it once more while I am here. Does it work now?” Only then: {_quoted(tidied(line.text))}"


def _goodbye(record: Record, line: Line) -> str:
    bye = f"Your reference is TKT-…, in case it comes back. Have a good day, {first_name(record)}, bye."
    return _quoted(core(record, line), bye)


def _plain(record: Record, line: Line) -> str:
    """Without the terms that a newcomer does not know."""
    text, known = tidied(line.text), sorted(PLAIN, key=len, reverse=True)
    for term in known:
        text = re.sub(rf"\b(?:the )?{re.escape(term)}s?\b", PLAIN[term], text, flags=re.IGNORECASE)
    return _quoted(text) if text != tidied(line.text) else ""


def _onward(record: Record, line: Line) -> str:
    """From the last deciding fact before a detour to what the shortest way does next."""
    facts = [e for e in record.events("fact", critical=True) if e.at < line.at]
    done = {e.data["action"] for e in record.events("action", "console") if e.at < line.at}
    ahead = [move.removeprefix("use ") for move in record.attempt.way if move.startswith("use ")]
    following = next((n for n in ahead if n not in done), "")
    if not facts or not following:
        return ""
    said = quote(record.world.facts[facts[-1].data["fact"]].say, 80)
    return f"You knew by then: “{said}” From there on to “{label(record, following)}”, without this line."


def _notes(record: Record) -> str:
    """What was seen and not written down, in the words in which it was seen."""
    notes = Notes(record)
    lacking = [
        p for p in record.world.documentation.must_mention if not (notes.mentions(p) and notes.is_true(p))
    ]
    seen = [record.world.facts[p.fact].say for p in lacking if p.fact in record.state.earned and p.fact]
    rest = [topic(record, p) for p in lacking if p.fact not in record.state.earned]
    if not seen:
        return f"Add what is true of these: {listed(rest)}."
    written = " ".join(_sentence(quote(text, 120)) for text in seen)
    return f"Write what you saw: “{written}”" + (
        f" And, as far as it happened: {listed(rest)}." if rest else ""
    )


REWRITES: dict[str, Rewrite] = {
    "greeting": _greeting,
    "level_before_action": _identity,
    "independent_items": _identity,
    "verified_early": _identity,
    "nothing_given_away": _open_question,
    "questions": _fewer,
    "empathy_when_needed": _kind,
    "empathy_specific": _kind,
    "cause_explained": _cause,
    "waits_announced": _wait,
    "fix_confirmed": _test,
    "closing": _goodbye,
    "jargon": _plain,
    "efficiency": _onward,
}
