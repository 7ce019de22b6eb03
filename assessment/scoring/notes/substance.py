"""Whether a field of the notes says something, or is a pile of words."""

import re

from assessment.scoring.record import Record
from assessment.scoring.words import normal, telling, words

LEAST = 3  # words of a statement
LONG = 8  # words from which on a text without any joint is a pile
JOINED = 6  # in a long text at least every so many words one joint: a little word or a stop
ALIKE = 0.8
STOP = re.compile(r"[,;:.!?()\n–—](?=\s|$)|\s-\s")
JOINT = re.compile(
    r"an?|the|of|to|in|on|at|by|for|from|with|without|after|before|since|until|while|when|where|which|that|who|as|than|into|onto|over|under"
    r"|between|via|per|again|still|only|also|then|now|and|or|but|not|nor?|is|are|was|were|be|been|has|have|had|do|does|did|can|could|cannot"
    r"|will|would|its?|he|she|they|his|her|their|him|them|this|these|there|so|because|although|if|i|we|our|my"
)
# Of every ticket: alone they say nothing about this one.
COMMON = re.compile(
    r"problem|cause|actions?|steps?|test|tested|testing|user|customer|caller|ok|okay|fixed|fix|solved|resolved|issue|done|closed|ticket"
    r"|works|working|worked|error|checked|verified|confirmed|identity|policy"
)


def says_something(record: Record, text: str, others: list[str]) -> bool:
    """Three words or more that are about this case, no heap of words, and not what another field says already."""
    said = words(text)
    if len(said) < LEAST or is_pile(text) or not any(map(_is_statement, STOP.split(text))):
        return False
    return (
        bool(telling(text) & record.subject)
        and not all(map(COMMON.fullmatch, said))
        and not is_copy(text, others)
    )


def is_copy(text: str, others: list[str]) -> bool:
    """Whether nearly the same stands in another field."""
    return any(_alike(words(text), other) for other in others)


def is_pile(text: str) -> bool:
    """Many words in a row with nothing that joins them to a statement."""
    said = words(text)
    joints = len([*filter(JOINT.fullmatch, said)]) + len(STOP.findall(normal(text)))
    return len(said) >= LONG and joints * JOINED < len(said)


def _is_statement(clause: str) -> bool:
    """Some words together, two of which one says what became of the other, or something exact: a code, a time, a device."""
    said = words(clause)
    became = len(said) == 2 and any(JOINT.fullmatch(word) or word.endswith(("ed", "en")) for word in said)
    return len(said) >= LEAST or became or any(map(str.isdigit, clause))


def _alike(said: list[str], other: str) -> bool:
    mine, theirs = set(said), set(words(other))
    return bool(theirs) and len(mine & theirs) >= ALIKE * len(mine | theirs)
