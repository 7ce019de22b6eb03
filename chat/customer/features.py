"""A clause as a sparse vector: hashed character and word n-grams, ideas, and how the sentence is built."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np

from chat.customer.library import lexicon
from chat.customer.normalise import words

BUCKETS = 1 << 14
CHARACTERS = (3, 4, 5)
QUESTION_WORDS = frozenset(["what", "which", "who", "whom", "whose", "when", "where", "why", "how"])
AUXILIARIES = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "can",
        "could",
        "will",
        "would",
        "may",
        "might",
        "shall",
        "should",
        "am",
    ]
)


def grams(text: str) -> list[str]:
    """Every feature of plain text, with repeats; the first letter tells the kind."""
    tokens = words(text)
    ideas = [concepts().get(token, token) for token in tokens]
    return [
        *(f"c{gram}" for token in tokens for gram in _letters(f" {token} ")),
        *(f"w{token}" for token in tokens),
        *(f"w{a} {b}" for a, b in pairwise(tokens)),
        *(f"i{idea}" for idea in ideas),
        *(f"i{a} {b}" for a, b in pairwise(ideas)),
        *(f"i{a} {b} {c}" for a, b, c in zip(ideas, ideas[1:], ideas[2:], strict=False)),
        *shape(text, tokens, ideas),
    ]


def _letters(token: str) -> Iterator[str]:
    return (token[i : i + n] for n in CHARACTERS for i in range(len(token) - n + 1))


def shape(text: str, tokens: list[str], ideas: list[str]) -> list[str]:
    """How the sentence is built: its first words, whether it asks, how long it is."""
    if not tokens:
        return ["s empty"]
    first = tokens[0]
    kind = "wh" if first in QUESTION_WORDS else "aux" if first in AUXILIARIES else "other"
    return [
        f"s1 {ideas[0]}",
        f"s2 {' '.join(ideas[:2])}",
        f"s {kind}",
        f"s ? {'?' in text}",
        f"s len {min(len(tokens), 12) // 3}",
    ]


@lru_cache(1)
def concepts() -> dict[str, str]:
    return {word: f"@{idea}" for idea, group in lexicon()["concepts"].items() for word in group}


def counts(text: str) -> tuple[np.ndarray, np.ndarray]:
    """(bucket numbers, how often), sorted by bucket."""
    return np.unique(
        np.fromiter((crc32(g.encode()) % BUCKETS for g in grams(text)), np.int32), return_counts=True
    )
