"""What a message carries besides acts: a wait, whether a summary is right, jargon, steps."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chat.customer.library import lexicon, word_list
from chat.customer.normalise import clean, plain, words

NUMBERS = dict(zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(1, 11), strict=True)) | {
    "a": 1, "an": 1, "couple": 2, "few": 3, "fifteen": 15, "twenty": 20, "thirty": 30, "half": 0.5,
}  # fmt: skip
_WAIT = re.compile(
    r"\b(\d{1,3}|" + "|".join(NUMBERS) + r")(?: of| an?)?[ -]*(?:more )?(second|minute|hour)s?\b"
)
_MINUTES = {"second": 1 / 60, "minute": 1, "hour": 60}
_PLACE = re.compile(
    r"\b(?:click|press|tap|right-click|double-click|go|open|hit|select|choose|type|navigate)\b"
    r".{0,40}\b(?:start|settings|menu|tab|button|icon|corner|bar|tray|window|folder|search|box|key|top|bottom|left|right|file|account|control panel|list|link|screen|option|page|store|gear|client|app|globe)\b"
)
_STEP = re.compile(
    r"(?:^|[,.;:>\n?!]|\bthen|\band|\bnext|\bfirst|\bplease|\d[.)])\s*(?:then |and |next |first |please |just |now |you |can you |could you |would you )*"
    r"(click|press|tap|open|go|type|select|choose|hold|right-click|double-click|scroll|find|look|plug|pull|turn|push|drag|enter|hit|log|sign|close|start|unplug|check|read|wait)\b"
)

STEM = 5  # letters that tell words apart
ENOUGH = 2  # telling words in common
_APART = re.compile(r"[,.;:!?()]+|\s-+\s|\b(?:and|but|while|whereas|although|though|because|so|then)\b")
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|without|nowhere|neither|hardly|fails?|failed)\b"
)


def minutes(text: str) -> str:
    """Minutes of a wait announced in plain text, "" when none is named."""
    said = _WAIT.search(text)
    if not said:
        return ""
    amount = NUMBERS.get(said[1]) or float(said[1])
    return f"{max(amount * _MINUTES[said[2]], 0.5):g}"


def retold(text: str, known: Sequence[str]) -> str:
    """ "wrong" when plain text denies one of the known sayings or says what one denies, "right" when it repeats one.

    "" when it is about something else: only a piece that shares two telling words, and most of its own, is compared.
    """
    verdicts = {
        denied == negative
        for content, denied in _pieces(text)
        for saying in known
        for other, negative in _pieces(plain(clean(saying)))
        if len(content & other) >= ENOUGH and len(content & other) >= 0.6 * min(len(content), len(other))
    }
    return "" if not verdicts else "right" if True in verdicts else "wrong"


def _pieces(text: str) -> Iterator[tuple[frozenset[str], bool]]:
    """(stems of the telling words, whether denied) of each stretch between commas and conjunctions."""
    for piece in _APART.split(text):
        said = words(piece)
        stems = frozenset(w[:STEM] for w in said if len(w) > 2 and w not in word_list("empty"))
        yield stems, len(_NEGATIVE.findall(piece)) % 2 == 1


def has_jargon(text: str) -> bool:
    return bool(_jargon().search(text))


def has_steps(text: str) -> bool:
    """Plain text says where to click, or gives two orders or more."""
    return bool(_PLACE.search(text)) or len(set(_STEP.findall(text))) >= 2


@lru_cache(1)
def _jargon() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in lexicon()["jargon"]) + r")s?\b")
