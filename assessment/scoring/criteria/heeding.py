"""Questions of the customer that nobody took up: how long it will take, who calls them, what is left to do for them or what
they may do meanwhile, and how to do what they were told.
"""

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
WHO_CALLS = re.compile(
    r"\bwill (?:they|somebody|someone|anybody|anyone|you|he|she)\b(?: \w+){0,2}? (?:contact|call|ring|phone|write|mail|message|come|visit|tell|get back)"
    r"|\bwill i (?:be|get|hear)\b|\b(?:they|you) (?:will |'ll )?(?:get back to|call|ring|contact) me\b"
)
WHAT_TO_DO = re.compile(
    r"\b(?:do|must|should|shall|can) i (?:(?:still|just|now|have|need|got|ought) )*(?:to )?(?:do|use|keep|work|go on|carry on|wait|stay|leave|touch|switch)\b"
    r"|\bwhat (?:must|should|do|shall|can|am) i (?:to )?(?:(?:have|need) to )?do\b|\b(?:anything|something) (?:else )?(?:i (?:must|should|can|need to) do|(?:needed |required |wanted )?from me)\b"
    r"|\bwhat happens (?:then|next|now)\b|\bis (?:it|that|this) (?:still )?(?:safe|dangerous)\b"
)
# Says nothing of when, though it names a day: farewells, greetings, thanks.
COURTESY = re.compile(
    r"\b(?:good)?bye(?: for)? now\b|\bthat(?:'s| is| was) (?:all|it|everything)\b[^.,!?]*|"
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
# What is asked of them, what they may do, or that it is nothing.
FOR_THEM = re.compile(
    r"^\W*(?:no|nope|nah|yes|yeah|yep|sure|sadly not|not really|not (?:at|for) (?:all|now|the moment))\b"
    r"|\b(?:nothing|no need|needn'?t|not necessary|not needed|only|just|leave|keep|wait|stay|sit|don'?t|do not|please|safe|dangerous|go on|carry on"
    r"|you(?:'ll)? (?:can|may|must|should|will|have to|need|get|do ?n[o']?t|are (?:fine|done|all set)))\b"
)
WE_DO = re.compile(
    r"\b(?:i|we|they|he|she|somebody|someone)(?:'ll| will|'re going to)\b|\b(?:from here|taken? care|all set)\b"
)
ANSWERS = frozenset({"set_expectation", "hold", "refuse_policy", "inform_done"})
TELLS = frozenset({"set_expectation", "hold", "refuse_policy"})
HELPS = frozenset(
    {*ANSWERS, "apologise", "empathise", "paraphrase", "explain_cause", "escalate", "confirm_fix"}
)


@dataclass(frozen=True)
class Asked:
    """One kind of question: how it sounds, what answers it in a reply `after` it or in the one `before`, and acts that do."""

    sounds: re.Pattern[str]
    after: tuple[re.Pattern[str], ...]
    before: tuple[re.Pattern[str], ...]
    acts: frozenset[str]


KINDS = (
    Asked(HOW_LONG, (A_TIME, A_PROMISE), (A_TIME,), ANSWERS),
    Asked(WHO_CALLS, (A_TIME, A_PROMISE, FOR_THEM, WE_DO), (A_TIME, A_PROMISE), TELLS),
    Asked(WHAT_TO_DO, (A_TIME, A_PROMISE, FOR_THEM, WE_DO), (FOR_THEM,), TELLS),
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
        heard_out = after if "escalated" in moves else after[:SOON]
        due = [(s, kind) for s in sentences for kind in KINDS if _asks(kind, s[0], moves)]
        open_ = next((s for s, kind in due if not _is_told(record, kind, before, heard_out)), None)
        if open_:
            yield Ignored(*open_, (after or before)[0])
        elif "ask_help" in moves and not any(_helps(record, n) for n in after[:1]):
            question = next((s for s in sentences if "?" in s[0]), None)
            if question:
                yield Ignored(*question, (after or before)[0])


def _asks(kind: Asked, sentence: str, moves: set[str]) -> bool:
    return ("?" in sentence or "escalated" in moves) and kind.sounds.search(normal(sentence)) is not None


def _is_told(record: Record, kind: Asked, before: list[int], after: list[int]) -> bool:
    """Said just before they asked, or in a reply after it: such an answer, or that nobody can say."""
    answered = any(_names(kind.after, record, n) or _tells(record, n, kind.acts) for n in after)
    return answered or any(_names(kind.before, record, n) or _is_unclear(record, n) for n in before)


def _tells(record: Record, number: int, acts: frozenset[str]) -> bool:
    return _does(record, number, acts) or (acts is TELLS and _instructs(record, number))


def _names(ways: tuple[re.Pattern[str], ...], record: Record, number: int) -> bool:
    """Whether a statement of the reply says so, courtesies aside."""
    line = record.line(number)
    stated = [s for s in SENTENCE.findall(normal(line.text) if line else "") if "?" not in s]
    return any(way.search(COURTESY.sub(" ", sentence)) for sentence in stated for way in ways)


def _helps(record: Record, number: int) -> bool:
    """Steps for it, another instruction instead, or a word about it."""
    return _instructs(record, number) or _does(record, number, HELPS)


def _instructs(record: Record, number: int) -> bool:
    heard = next((u for u in record.understood if u.seq == number), None)
    names = [name for name, _ in heard.acts] if heard else []
    return any(name.startswith("a_") or record.world.action_for(name) for name in names)


def _does(record: Record, number: int, acts: frozenset[str]) -> bool:
    """Whether one of the acts was heard in a reply, or nothing for sure."""
    heard = next((u for u in record.understood if u.seq == number), None)
    known = heard is not None and any(name in acts for name, _ in heard.acts)
    return known or _is_unclear(record, number)


def _is_unclear(record: Record, number: int) -> bool:
    heard = next((u for u in record.understood if u.seq == number), None)
    return heard is None or heard.doubtful or not heard.acts
