"""From what was typed to text that can be compared: one alphabet, one spelling, known words."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from chat.customer.library import common_words, lexicon, word_list

LONGEST = 1000
MOST_REPAIRS = 24
WORD = re.compile(r"[a-z0-9]+(?:['\-][a-z0-9]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_SYMBOL = re.compile(r"[{}()\[\];=<>$|\\]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_SHORT_FORMS = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\blet's\b"), "let us"),
    (re.compile(r"\b(what|who|where|when|how|it|that|there|here|he|she|everything|anything)'s\b"), r"\1 is"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\b4 (?=(?:you|your|me|us)\b)"), "for "),
    (re.compile(r"\b2 (?=(?:you|your|me|us)\b)"), "to "),
)


_NUMBER = re.compile(
    r"\b(the|ticket|ref|staff|phone|employee|emp|personnel|badge|asset|id|serial|case|tel|telephone|mobile)"
    r" no(?:(?= is\b)|\.(?= |$)|(?= ?\S*\d)|(?=\W*(?:please)?\W*$))"
)


def any_of(*alternatives: str) -> re.Pattern[str]:
    """One pattern out of several."""
    return re.compile("|".join(f"(?:{a})" for a in alternatives))


def clean(text: str) -> str:
    """The message without what cannot be seen: NFKC, no control or zero-width characters, 1,000 at most."""
    text = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " * c.isspace() for c in text)
    return text.replace("’", "'").replace("‘", "'").strip()[:LONGEST]


def plain(text: str) -> str:
    """Lower case, phone spellings and short forms written out, no stretched letters."""
    text = _STRETCHED.sub(r"\1\1", text.lower())
    text = re.sub(r"[\w'\-]+", lambda m: spellings().get(m[0], m[0]), text)
    for pattern, written_out in _SHORT_FORMS:
        text = pattern.sub(written_out, text)
    return _NUMBER.sub(r"\1 number", text)


def unreadable(text: str) -> bool:
    """Plain text that an English speaker makes nothing of: another language, a program, nothing but a link."""
    rest = _LINK.sub("", text)
    letters = re.findall(r"[^\W\d_]+", rest)
    foreign = sum(word in word_list("foreign") for word in letters)
    if not letters:
        return rest != text
    is_program = len(_SYMBOL.findall(rest)) > len(letters) / 2 + 3
    is_foreign = len(letters) > 1 and foreign >= len(letters) / 2
    return is_program or is_foreign or not WORD.search(rest)


def words(text: str) -> list[str]:
    return WORD.findall(text)


@lru_cache(1)
def spellings() -> dict[str, str]:
    return {short: whole.lower() for short, whole in lexicon()["spellings"].items()}


class Repair:
    """Corrects unknown words towards a vocabulary: one slip in four letters or more, two in eight."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(known):
            self._by_length.setdefault(len(word), []).append(word)
        self._seen: dict[str, str] = {}

    def text(self, text: str) -> str:
        """The first two dozen unknown words corrected; who mistypes more is past helping."""
        unknown = [word for word in dict.fromkeys(words(text)) if not self._is_fine(word)][:MOST_REPAIRS]
        repaired = {word: self.word(word) for word in unknown}
        return WORD.sub(lambda m: repaired.get(m[0], m[0]), text)

    def _is_fine(self, word: str) -> bool:
        return word in self._known or word in common_words() or len(word) < 4 or not word.isalpha()

    def word(self, word: str) -> str:
        if self._is_fine(word):
            return word
        if word not in self._seen:
            if len(self._seen) > 2000:
                self._seen.clear()
            self._seen[word] = self._nearest(word)
        return self._seen[word]

    def _nearest(self, word: str) -> str:
        allowed = 2 if len(word) >= 8 else 1
        best, score = word, allowed + 0.5
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for other in self._by_length.get(length, ()):
                slips = OSA.distance(word, other, score_cutoff=allowed)
                cost = slips + 0.4 * (word[0] != other[0])
                if slips <= allowed and cost < score:
                    best, score = other, cost
        return best
