"""Questions of the customer that nobody took up: how long it will take, and how to do what they were told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.scoring.record import Record
from assessment.scoring.words import normal

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
HOW_LONG = re.compile(
    r"\bhow (?:much )?long(?:er)?\b(?! ago| have| has| did)|\bwhen (?:do|will|can|may|should|does) (?:i|you|we|they|it|that|this)\b"
)
A_TIME = re.compile(
    r"\b(?:min(?:ute)?s?|hours?|days?|today|tomorrow|tonight|soon|shortly|within|at once|immediately|(?:right|straight) away"
    r"|afternoon|morning|\d+ ?(?:h|min)|don'?t know|do not know|can'?t say|cannot say)\b"
)
NOW = re.compile(r"\bnow\b")
HEEDS = frozenset({"set_expectation", "hold", "apologise", "empathise", "paraphrase", "refuse_policy"})
HELPS = frozenset({*HEEDS, "inform_done", "explain_cause", "escalate", "confirm_fix"})


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
        heard_out = after if "escalated" in moves else after[:1]
        told = [n for n in before if _says_when(record, n)] or [
            n for n in heard_out if _says_when(record, n) or _says_now(record, n)
        ]
        if due and not told:
            yield Ignored(*due, (after or before)[0])
        elif "ask_help" in moves and not any(_helps(record, n) for n in after[:1]):
            question = next((s for s in sentences if "?" in s[0]), None)
            if question:
                yield Ignored(*question, (after or before)[0])


def _asks_how_long(sentence: str, moves: set[str]) -> bool:
    return ("?" in sentence or "escalated" in moves) and HOW_LONG.search(normal(sentence)) is not None


def _says_when(record: Record, number: int) -> bool:
    line = record.line(number)
    return _does(record, number, HEEDS) or (line is not None and A_TIME.search(normal(line.text)) is not None)


def _says_now(record: Record, number: int) -> bool:
    """An answer to the question; said before it, "now" was about something else."""
    line = record.line(number)
    return line is not None and NOW.search(normal(line.text)) is not None


def _helps(record: Record, number: int) -> bool:
    """Steps for it, another instruction instead, or a word about it."""
    heard = next((u for u in record.understood if u.seq == number), None)
    names = [name for name, _ in heard.acts] if heard else []
    told = any(name.startswith("a_") or record.world.action_for(name) for name in names)
    return told or _does(record, number, HELPS)


def _does(record: Record, number: int, acts: frozenset[str]) -> bool:
    """Whether one of the acts was heard in a reply, or nothing for sure."""
    heard = next((u for u in record.understood if u.seq == number), None)
    return heard is None or heard.doubtful or not heard.acts or any(name in acts for name, _ in heard.acts)
