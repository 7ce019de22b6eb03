"""Full-text search in memory: BM25 over stems, titles first, slips of the hand repaired.

Outside the database, so that SQLite and PostgreSQL give the same answers, and without a query language, so
that no input can break it. `bench/search` measures it.
"""

import math
import re
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.words import ALIKE, COMMON

MAX_QUERY_CHARS, MAX_QUERY_WORDS, MAX_WORD_CHARS = 1_000, 40, 40
MAX_REPAIRS = 8  # each costs some milliseconds

# Tuned on the development queries; the result is flat around these values.
TITLE_WEIGHT = 5.0
TITLE_LENGTH, BODY_LENGTH = 0.5, 0.75  # how far a long field lowers the worth of a word in it
SATURATION = 2.0  # the tenth occurrence of a word adds little to the second
COMMON_WEIGHT, ALIKE_WEIGHT, REPAIRED_WEIGHT = 0.5, 0.4, 0.9
FAINT = 0.3  # what scores less than this share of the best is left out

# "Don't" is one word, and so are e-mail and wi-fi.
WORD = re.compile(r"(?:\b(?:e|re|wi)[-\u2011](?=[^\W\d_]))?[^\W_]+(?:['\u2019][^\W_]+)*", re.IGNORECASE)
_SIGNS = re.compile(r"['\u2019\u2011-]")
Postings = tuple[np.ndarray, np.ndarray]  # document numbers, and what the stem is worth in each
_local = threading.local()  # a stemmer keeps state: one per thread


@dataclass(frozen=True, slots=True)
class Document:
    key: UUID
    title: str
    body: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """Keys and scores, best first; the stems looked for; slips as {typed: read as}."""

    hits: list[tuple[UUID, float]]
    stems: frozenset[str]
    repairs: Mapping[str, str]


def words(text: str) -> list[str]:
    """The spellings in a text, plain: "Café Wi-Fi's" gives cafe, wifis."""
    return [plain(word) for word in WORD.findall(unicodedata.normalize("NFKC", text))]


def plain(word: str) -> str:
    """Lower case, without accents and signs."""
    word = word.lower()
    if not word.isalnum():
        word = _SIGNS.sub("", word)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word[:MAX_WORD_CHARS]


def stems(spellings: Iterable[str]) -> list[str]:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")
    return _local.stemmer.stemWords(list(spellings))


class Index:
    """Built once from all documents, then only read: threads may share it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._keys: list[UUID] = []
        self._spellings: Counter[str] = Counter()  # in how many documents each occurs
        labels: list[Mapping[str, str]] = []
        titles, bodies = _Field(), _Field()
        for number, document in enumerate(documents):
            title, body = words(document.title), words(document.body)
            self._keys.append(document.key)
            labels.append(document.labels)
            self._spellings.update({*title, *body})
            titles.add(number, title)
            bodies.add(number, body)
        names = {name for each in labels for name in each}
        self._labels = {name: np.array([each.get(name, "") for each in labels]) for name in names}
        self._postings = _weigh(titles, bodies, len(self._keys))
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for spelling in self._spellings:
            self._by_length[len(spelling)].append(spelling)
        self._alike = _neighbours()

    def __len__(self) -> int:
        return len(self._keys)

    def search(self, query: str, *, faint: float = FAINT, **labels: str) -> Found:
        """Documents with a telling word of the query, and with the labels that are not empty."""
        telling, common, repairs = self._read(query)
        scores = np.zeros(len(self))
        for stem, weight in telling.items():
            numbers, worths = self._postings[stem]
            scores[numbers] += weight * worths
        for name, value in labels.items():
            if value:
                scores[self._labels.get(name, np.array("")) != value] = 0.0
        for stem in common:
            numbers, worths = self._postings[stem]
            scores[numbers] += COMMON_WEIGHT * worths * (scores[numbers] > 0)
        found = np.flatnonzero((scores > 0) & (scores >= faint * scores.max(initial=0.0)))
        best_first = found[np.argsort(-scores[found], kind="stable")]
        hits = [(self._keys[number], float(scores[number])) for number in best_first]
        return Found(hits, frozenset(telling), repairs)

    def _read(self, query: str) -> tuple[dict[str, float], list[str], dict[str, str]]:
        """Telling stems with their weights, common ones, and the slips that were repaired."""
        typed = list(dict.fromkeys(words(query[:MAX_QUERY_CHARS])))[:MAX_QUERY_WORDS]
        telling = [word for word in typed if word not in COMMON] or typed
        weights: dict[str, float] = {}
        repairs: dict[str, str] = {}
        for word, stem in zip(telling, stems(telling), strict=True):
            if stem in self._postings or stem in self._alike:
                weights[stem] = 1.0
            elif len(repairs) < MAX_REPAIRS and (better := self._repair(word)):
                repairs[word] = better
                weights.setdefault(stems([better])[0], REPAIRED_WEIGHT)
        for stem in list(weights):
            for other in self._alike.get(stem, ()):
                weights.setdefault(other, ALIKE_WEIGHT)
        weights = {stem: weight for stem, weight in weights.items() if stem in self._postings}
        common = dict.fromkeys(stems(word for word in typed if word in COMMON))
        return weights, [stem for stem in common if stem in self._postings and stem not in weights], repairs

    def _repair(self, word: str) -> str | None:
        """The most usual spelling one slip away, or two in a long word; numbers are never guessed."""
        if len(word) < 4 or not word.isalpha():
            return None
        for slips in (1, 2) if len(word) >= 7 else (1,):
            near = [
                spelling
                for length in range(len(word) - slips, len(word) + slips + 1)
                for spelling, _, _ in process.extract(
                    word,
                    self._by_length.get(length, ()),
                    scorer=OSA.distance,
                    score_cutoff=slips,
                    limit=None,
                )
            ]
            if near:
                # People rarely miss the first letter.
                return max(near, key=lambda s: (self._spellings[s] * (8 if s[0] == word[0] else 1), s))
        return None


class _Field:
    """How often each stem occurs in one field of each document, and how long that field is."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self.lengths: list[int] = []

    def add(self, number: int, spellings: list[str]) -> None:
        for stem, count in Counter(stems(spellings)).items():
            self.counts[stem][number] = count
        self.lengths.append(len(spellings))

    def norms(self, strength: float) -> np.ndarray:
        lengths = np.array(self.lengths, dtype=float)
        return 1 - strength + strength * lengths / (lengths.sum() / max(len(lengths), 1) or 1.0)


def _weigh(titles: _Field, bodies: _Field, total: int) -> dict[str, Postings]:
    """BM25F for each stem."""
    title_norms, body_norms = titles.norms(TITLE_LENGTH), bodies.norms(BODY_LENGTH)
    postings = {}
    for stem in sorted(titles.counts.keys() | bodies.counts.keys()):
        in_titles, in_bodies = titles.counts.pop(stem, {}), bodies.counts.pop(stem, {})
        numbers = np.array(sorted(in_titles.keys() | in_bodies.keys()), dtype=np.int32)
        in_title = np.array([in_titles.get(number, 0) for number in numbers.tolist()])
        in_body = np.array([in_bodies.get(number, 0) for number in numbers.tolist()])
        often = TITLE_WEIGHT * in_title / title_norms[numbers] + in_body / body_norms[numbers]
        rarity = math.log(1 + (total - len(numbers) + 0.5) / (len(numbers) + 0.5))
        worths = rarity * often * (SATURATION + 1) / (often + SATURATION)
        postings[stem] = (numbers, worths.astype(np.float32))
    return postings


def _neighbours() -> dict[str, set[str]]:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for group in map(stems, ALIKE):
        for stem in group:
            near[stem].update(set(group) - {stem})
    return dict(near)
