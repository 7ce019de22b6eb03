"""What an analyst says to find something out: a generic question, or the scenario's own in its author's words."""

import re

from assessment.scoring.advice.quoting import BREAK
from assessment.scoring.criteria.proof import still_open
from assessment.scoring.record import Record
from assessment.scoring.terms import label
from chat.customer import library
from scenarios.world.document import Fact
from scenarios.world.state import IDENTITY_ACTS

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
    "f_changes": "Did anything change before it began?",
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
QUESTION = re.compile(
    r"^(?:at what|who|whose|what|which|when|where|why|how|is|are|do|does|did|can|could|would|will|has|have(?! a)|was|were)\b"
)
REQUEST = re.compile(
    r"^(?:open|look|read|check|click|tell|please|put|press|go|show|turn|pull|try|hover|connect|take|follow|find|log"
    r"|unplug|remove|swipe|have a)\b"
)
SAFETY = "safety_first"  # the skill
FEWEST, MOST = 5, 16  # words of a question in the author's words
OPEN = (
    "f_changes",
    *(act for act in ASKING if act.startswith("id_")),
)  # an author's phrase would lead the customer


def question(record: Record, act: str) -> str:
    """A sentence to say to the customer, as its author asks it well; "" where nothing is known of how to ask."""
    nlu = record.world.nlu
    known = [] if act in OPEN else nlu.extra_phrases.get(act, [])
    whole = (tidied(phrase) for phrase in known if _is_whole(phrase))
    return nlu.well_asked.get(act) or next(whole, ASKING.get(act, ""))


def _is_whole(phrase: str) -> bool:
    """One sentence that begins as a question or a request does."""
    begins = QUESTION.match(phrase) or REQUEST.match(phrase)
    return bool(begins) and FEWEST <= len(phrase.split()) <= MOST and not re.search(r"[.?!].", phrase)


def asked_for(record: Record, fact: Fact) -> str:
    """The sentence that brings a fact out, or the name of the tool that shows it, as something to do."""
    if fact.tool:
        return f"read “{label(record, fact.tool)}”" if fact.tool in record.world.tools else ""
    look = record.world.actions.get(fact.observe or "")
    acts = [*fact.ask, *([look.intent or ""] if look else [])]
    acts.sort(key=lambda act: act not in record.world.nlu.well_asked)
    said = next((words for act in acts if (words := question(record, act))), "")
    return f"{'ask' if said.endswith('?') else 'say'} “{said}”" if said else ""


def safety(record: Record) -> list[str]:
    """What the customer is told first where the ticket is about safety, as far as it was not done."""
    if SAFETY not in record.world.skills:
        return []
    wanted = {(k, v) for goal in record.world.goals.values() for k, v in goal.all.items()}
    undone = {(k, v) for k, v in wanted if k in record.state.vars and record.state.vars[k] != v}
    told = [move.removeprefix("ask ") for move in record.attempt.way if move.startswith("ask a_")]
    actions = [(act, record.world.actions[name]) for act in told if (name := record.world.action_for(act))]
    return [
        question(record, act)
        for act, action in actions
        if any(undone & set(branch.set.items()) for branch in action.effects)
    ]


def unknown(record: Record) -> dict[str, Fact]:
    """The deciding facts that never came out; what came too late was asked and answered."""
    facts = {n: f for n, f in record.world.facts.items() if f.critical}
    return {n: f for n, f in facts.items() if n not in record.evidence_facts and n not in record.state.earned}


def for_nobody(record: Record) -> bool:
    """Whether proof was due and the level was never reached."""
    return record.needed != "none" and record.proved_at is None


def who_is_calling(record: Record) -> str:
    """What is left of the proof that policy wants, asked openly; never what the caller does not have; ""."""
    asked = [ASKING[FIELD_ACTS[field]] for field in still_open(record) if field in FIELD_ACTS]
    failed = record.events("identity", matched=False)
    why = "We can make sure in another way." if failed else "I have to be sure who is calling."
    return " ".join([why, *asked]) if asked else ""


def cited_unread(record: Record) -> list[str]:
    """Articles that the notes rest on and that nobody opened."""
    opened = {e.data["slug"] for e in record.events("article")}
    return [slug for slug in record.attempt.resolution.get("cited", ()) if slug not in opened]


def tidied(text: str) -> str:
    """Short forms written out, sentences with a capital and a stop."""
    spellings = library.lexicon()["spellings"]
    words = re.sub(r"[\w']+", lambda found: str(spellings.get(found[0].casefold(), found[0])), text)
    return " ".join(sentence(found) for found in BREAK.split(words.strip()) if found)


def sentence(text: str) -> str:
    last = text.casefold().rpartition(", ")[2]
    end = (
        "" if text[-1] in ".!?…" else "?" if QUESTION.match(last) or QUESTION.match(text.casefold()) else "."
    )
    return text[0].upper() + text[1:] + end
