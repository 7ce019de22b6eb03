"""Questions of the customer that nobody took up: how long it will take, and how to do what they were told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.scoring.record import Record
from assessment.scoring.words import normal

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
SOON = 2  # replies in which a question asked during the work is taken up; one at the end, in any
HOW_LONG = re.compile(
    r"\bhow (?:much )?long(?:er)?\b(?! ago| have| has| did)|\bwhen (?:do|will|can|may|should|does) (?:i|you|we|they|it|that|this)\b"
)
# Says nothing of when, though it names a day: farewells, greetings, thanks.
COURTESY = re.compile(
    r"\bthank\w*\b[^.,!?]*"
    r"|\b(?:have|enjoy|wish\w*|good|nice|lovely)\b(?: \w+){0,4}? ?(?:day|morning|afternoon|evening|night|week|weekend|time)s?\b"
)
A_TIME = re.compile(
    r"\b(?:moments?|sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|(?:mon|tues|wednes|thurs|fri)day|today|tomorrow|tonight|noon|midday"
    r"|soon|shortly|within|at once|immediately|(?:right|straight) away|asap|quick(?:ly)?|not long|a while|next|afternoon|morning|evening"
    r"|\d+ ?(?:h|min|[ap]m)|(?:by|at|around|about|until|till|before|after|to) (?:\d|(?:one|two|three|four|five|six|ten|twelve)\b)"
    r"|(?:don'?t|do not|can'?t|cannot|could ?n[o']?t|not able to|unable to|hard to|difficult to) (?:know|say|tell|promise)"
    r"|not sure|no idea|depends?|unknown)\b"
)
A_PROMISE = re.compile(
    r"\bnow\b|\bdone\b|\b(?:let|keep|tell|inform|update|call|ring|phone|contact|write(?: to)?|mail|message|visit|get back to|come to|reach) you\b"
    r"|\byou(?:'ll| will) (?:hear|get|have|be (?:called|contacted|told|informed|rung))\b|\bin touch\b"
)
ANSWERS = frozenset({"set_expectation", "hold", "refuse_policy", "inform_done"})
HELPS = frozenset(
    {*ANSWERS, "apologise", "empathise", "paraphrase", "explain_cause", "escalate", "confirm_fix"}
)


@dataclass(frozen=True)
class Ignored:
    """`question` in the customer's words; lines of the question, and of what was written instead or before."""

    question: str
    asked: int
    reply: int


def ignored(record: Record) -> list[Ignored]:
    """Plain cases only: a reply that was not understood may have been an answer. An impostor is owed none."""
    return [] if record.impostor else list(_ignored(record))


def _ignored(record: Record) -> Iterator[Ignored]:
    for turn in record.events("turn"):
        lines = [x for x in record.customer if x.seq in turn.data["messages"]]
        before = [u.seq for u in record.turn_of(turn)]
        after = [x.seq for x in record.replies if lines and x.seq > lines[-1].seq]
        moves = {move[0] for move in turn.data["moves"]}
        if not lines or not before or record.state.left == "hangup":
            continue
        sentences = [(s.strip(), x.seq) for x in lines for s in SENTENCE.findall(x.text)]
        due = next((s for s in sentences if _asks_how_long(s[0], moves)), None)
        heard_out = after if "escalated" in moves else after[:SOON]
        if due and not _is_told_when(record, before, heard_out):
            yield Ignored(*due, (after or before)[0])
        elif "ask_help" in moves and not any(_helps(record, n) for n in after[:1]):
            question = next((s for s in sentences if "?" in s[0]), None)
            if question:
                yield Ignored(*question, (after or before)[0])


def _asks_how_long(sentence: str, moves: set[str]) -> bool:
    return ("?" in sentence or "escalated" in moves) and HOW_LONG.search(normal(sentence)) is not None


def _is_told_when(record: Record, before: list[int], after: list[int]) -> bool:
    """A time said just before they asked, or in a reply after it a time, a promise, or that nobody can say."""
    answered = any(_answers(record, n) for n in after)
    return answered or any(_names(A_TIME, record, n) or _is_unclear(record, n) for n in before)


def _answers(record: Record, number: int) -> bool:
    said = _names(A_TIME, record, number) or _names(A_PROMISE, record, number)
    return said or _does(record, number, ANSWERS)


def _names(way: re.Pattern[str], record: Record, number: int) -> bool:
    """Whether a statement of the reply says so, courtesies aside."""
    line = record.line(number)
    stated = [s for s in SENTENCE.findall(normal(line.text) if line else "") if "?" not in s]
    return any(way.search(COURTESY.sub(" ", sentence)) for sentence in stated)


def _helps(record: Record, number: int) -> bool:
    """Steps for it, another instruction instead, or a word about it."""
    heard = next((u for u in record.understood if u.seq == number), None)
    names = [name for name, _ in heard.acts] if heard else []
    told = any(name.startswith("a_") or record.world.action_for(name) for name in names)
    return told or _does(record, number, HELPS)


def _does(record: Record, number: int, acts: frozenset[str]) -> bool:
    """Whether one of the acts was heard in a reply, or nothing for sure."""
    heard = next((u for u in record.understood if u.seq == number), None)
    known = heard is not None and any(name in acts for name, _ in heard.acts)
    return known or _is_unclear(record, number)


def _is_unclear(record: Record, number: int) -> bool:
    heard = next((u for u in record.understood if u.seq == number), None)
    return heard is None or heard.doubtful or not heard.acts
