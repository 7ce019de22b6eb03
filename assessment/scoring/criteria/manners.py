"""Manners: what takes points away from communication."""

import re
from typing import ClassVar

from assessment.scoring.attempt import Line
from assessment.scoring.criterion import Criterion, Penalty, Ruling, not_applicable
from assessment.scoring.log import seq
from assessment.scoring.record import Record
from assessment.scoring.words import normal, quote

FEWEST_COMMANDS = 3
MOSTLY = 0.75  # share of the requests that are bare commands
HALF = 0.5  # share that is enough where not one kind word was said in the whole attempt
SENTENCE = re.compile(r"(?<=[.!?;\n])\s*")
# "Restart it.", "Send me the number.": an order, or a noun, and nothing round it.
COMMAND = re.compile(
    r"^(?:(?:now|then|and|so|ok|next)\W+)*(?:restart|reboot|send|give|tell|read|show|open|close|click|press|go|look|check|type|enter|sign|log|plug"
    r"|unplug|push|pick|take|remove|delete|switch|turn|use|try|change|pick|choose|put|set|move|pull|wait(?! a\b)|call|do|run|install|connect|find|hold(?! on\b)|spell|name|write"
    r"|repeat|bring|ring (?:me|them|him|her)|answer (?:it|the|your)|stay(?! calm)|stop)\b"
    r"|^every (?:line|word|letter|digit|number|step|one)\W*$"
)
NUMBERED = re.compile(r"^\s*\d[.)]", re.MULTILINE)
# What makes an order a request in any style and by any habit: a greeting, a please, a thanks, a "let's", a reason.
KIND = re.compile(
    r"\b(?:hello|hi|hey|pl(?:ea)?[sz]e?|thx|thanks|thank|ta|cheers|sorry|kindly|may|might|can|could|cud|would|will you|let'?s|let us|we|if you|when you|for me"
    r"|so that|because|great|good|perfect|super|fine|nice|well done|mind|help\w*|i)\b"
)


class Manners(Penalty):
    """Points lost once, however often; a message that was only guessed at costs nothing."""

    dimension = "communication"
    kind: ClassVar[str]  # of the events
    bad: ClassVar[str]
    good: ClassVar[str]
    advice: ClassVar[str]

    def rule(self, record: Record) -> Ruling:
        happened = record.events(self.kind)
        sure = [e for e in happened if record.is_certain(e)]
        if sure:
            line = record.line(record.cause(sure[0]))
            said = f": “{line.text[:80]}”." if line else "."
            return Ruling(0.0, self.bad + said, tuple(record.where(e) for e in sure), lost=-self.worst)
        if not record.replies:
            return not_applicable("You wrote nothing.")
        misread = tuple(record.where(e) for e in happened)
        nothing = (seq(record.replies[0].seq), *record.checked())
        return Ruling(1.0, self.good, misread or nothing, misread=bool(misread))

    def better(self, record: Record) -> str:
        return self.advice


class Jargon(Manners):
    """Once, for terms that a newcomer does not know."""

    id, title = "jargon", "Technical terms to a newcomer (−10)"
    worst = -10.0
    aim = "say what a thing does, not what it is called"
    kind, bad, good = "jargon", "Terms that this customer does not know", "No jargon."
    advice = "Say what it does instead of what it is called."


class OffTopic(Manners):
    """Once, for small talk that was plainly heard and stood alone in its message."""

    id, title = "off_topic", "Off the subject (−15)"
    worst = -15.0
    aim = "keep to the subject"
    kind, bad, good = "offtopic", "Off the subject while the customer waited", "You kept to the subject."
    advice = "Keep small talk for the moments when the customer starts it."


class Abuse(Manners):
    """Once, for insults or blame that were plainly heard."""

    id, title = "abuse", "Insults or blame (−40)"
    worst = -40.0
    aim = "stay on the problem, never on the person"
    kind, bad, good = "abusive", "Words that no customer should hear", "You stayed civil."
    advice = "Stay on the problem, never on the person: “Let's see what the screen says.”"


class Curt(Penalty):
    """Once, where nearly all that was asked for was a bare command, three times at least, and nothing else was ever said
    kindly; half of it is enough where no kind word was said at all. Short is no fault: a please or a question makes a request of it.
    """

    id, title, dimension = "curt", "Nothing but commands (−5)", "communication"
    worst = -5.0
    aim = "ask rather than order: a “please” is enough"

    def rule(self, record: Record) -> Ruling:
        wanting = [x for x in record.replies if _wants(record, x)]
        if not wanting:
            return not_applicable("You asked for nothing.")
        bare = [(x, order) for x in wanting for order in commands(x.text)]
        requests = sum(max(1, len(commands(x.text)) + x.text.count("?")) for x in wanting)
        polite = [x for x in record.replies if KIND.search(normal(x.text))]
        kind = [x for x in polite if x not in wanting]
        enough = max(FEWEST_COMMANDS, (MOSTLY if polite else HALF) * requests)
        if len(bare) < enough or len(kind) > len(bare):
            few = f", {len(bare)} of {requests} requests aside" if bare else ""
            cited = bare[0][0] if bare else wanting[0]
            return Ruling(1.0, f"You asked, rather than ordered{few}.", (seq(cited.seq), *record.checked()))
        named = " and ".join(f"“{quote(order, 60)}”" for _, order in bare[:2])
        why = f"{len(bare)} of {requests} requests were bare commands: {named}."
        return Ruling(0.0, why, tuple(seq(x.seq) for x, _ in bare), lost=-self.worst)

    def better(self, record: Record) -> str:
        return "Make a request of it: “Please restart it”, “Could you send me the number?” It costs one word."


def commands(text: str) -> list[str]:
    """The sentences of a message that order something, where no kind word in it softens them; a question is none."""
    if KIND.search(normal(text)):
        return []
    found = [part for part in SENTENCE.split(text) if "?" not in part and COMMAND.search(normal(part))]
    return found[:1] if NUMBERED.search(text) else found  # steps in a row are one request


def _wants(record: Record, line: Line) -> bool:
    """Whether a reply asks for something or tells the customer to do it."""
    heard = next((u for u in record.understood if u.seq == line.seq), None)
    acts = [name for name, _ in heard.acts] if heard else []
    asked = any(n.startswith(("a_", "f_", "id_")) or record.world.action_for(n) for n in acts)
    return asked or bool(commands(line.text))


CRITERIA: tuple[Criterion, ...] = (Jargon(), OffTopic(), Abuse(), Curt())
