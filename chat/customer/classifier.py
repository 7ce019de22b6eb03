"""Which act a clause is: a linear model over hashed features, fitted when a scenario is published.

`fit` needs scikit-learn; `Classifier` runs on numpy alone.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from chat.customer import library
from chat.customer.features import BUCKETS, counts
from chat.customer.normalise import Repair, clean, plain, words
from scenarios.world import variants
from scenarios.world.document import World

Arrays = dict[str, np.ndarray]
# How sharply margins turn into confidence: by cross-validation over the library.
SHARPNESS = 4.0
STRENGTH = 2.0
CLOSE = 0.01  # to the best fit: moves no confidence by more than 0.002, and takes a quarter off the time
FAMILIAR, LONG_ENOUGH = 0.6, 4  # share of known words, and letters of a word that tells something
# Found by matching the record, not by wording.
BY_RULE = ("disclose",)


def fit(*worlds: World) -> Arrays:
    """Weights (buckets x acts, float16), bias, idf, act names and known words (UTF-8, one a line).

    What the variants of one scenario understand is fitted together.
    """
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    examples = _examples(worlds)
    acts = sorted({act for act, _ in examples})
    rows = [_counted(text) for _, text in examples]
    where = np.cumsum([0] + [len(buckets) for buckets, _ in rows])
    seen = np.bincount(np.concatenate([buckets for buckets, _ in rows]), minlength=BUCKETS)
    idf = (np.log((1 + len(rows)) / (1 + seen)) + 1).astype(np.float16)
    values = np.concatenate([weigh(row, idf)[1] for row in rows])
    matrix = csr_matrix((values, np.concatenate([b for b, _ in rows]), where), shape=(len(rows), BUCKETS))
    target = np.array([acts.index(act) for act, _ in examples])
    model = LinearSVC(C=STRENGTH, tol=CLOSE, class_weight="balanced", random_state=0).fit(matrix, target)
    return {
        "weights": model.coef_.T.astype(np.float16),
        "bias": model.intercept_.astype(np.float32),
        "idf": idf,
        "acts": _packed(acts),
        "vocabulary": _packed(sorted(_vocabulary(worlds, examples))),
    }


def fit_document(data: variants.Data) -> Arrays:
    """`fit` for a whole scenario document: every variant, with every row of its values."""
    rows = range(variants.rows(data))
    return fit(*(variants.world(data, name, row=row) for name in variants.names(data) for row in rows))


def _examples(worlds: Sequence[World]) -> list[tuple[str, str]]:
    """(act, plain text) of the library and of the scenario; what several variants share counts once."""
    own = dict.fromkeys(example for world in worlds for example in _read(world.nlu.extra_phrases))
    return [*_read(library.phrases()), *own]


def _read(phrases: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    known = sorted((act, examples) for act, examples in phrases.items() if act not in BY_RULE)
    return [(act, _plain(phrase)) for act, examples in known for phrase in examples]


def _vocabulary(worlds: Sequence[World], examples: list[tuple[str, str]]) -> set[str]:
    """Words that are no slips: those of the phrases, of the lexicon and of the scenario itself."""
    known = {word for _, text in examples for word in words(text)}
    known |= {word for group in library.lexicon()["concepts"].values() for word in group}
    return known.union(*(words(str(world.model_dump()).lower()) for world in worlds))


def _packed(names: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def unpacked(array: np.ndarray) -> list[str]:
    return array.tobytes().decode().split("\n")


@lru_cache(20_000)
def _plain(phrase: str) -> str:
    return plain(clean(phrase))


@lru_cache(20_000)
def _counted(text: str) -> tuple[np.ndarray, np.ndarray]:
    return counts(text)


def weigh(row: tuple[np.ndarray, np.ndarray], idf: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(buckets, tf-idf of unit length)."""
    buckets, often = row
    values = (1 + np.log(often)) * idf[buckets].astype(np.float32)
    return buckets, (values / (np.linalg.norm(values) or 1)).astype(np.float32)


class Classifier:
    """Reads plain text against a scenario's arrays."""

    def __init__(self, arrays: Arrays) -> None:
        self._weights, self._bias, self._idf = arrays["weights"], arrays["bias"], arrays["idf"]
        self.acts = unpacked(arrays["acts"])
        self._known = frozenset(unpacked(arrays["vocabulary"]))
        self.repair = Repair(self._known)

    def familiarity(self, text: str) -> float:
        """How far plain text is made of known words: 1 from three in five on, 0 when none is."""
        all_words = words(text)
        telling = [word for word in all_words if len(word) >= LONG_ENOUGH] or all_words
        known = sum(word in self._known for word in telling)
        return min(1.0, known / len(telling) / FAMILIAR) if telling else 0.0

    def confidence(self, text: str) -> np.ndarray:
        """Confidence of each of `acts`; they sum to how familiar the words are."""
        buckets, values = weigh(counts(text), self._idf)
        margins = values @ self._weights[buckets].astype(np.float32) + self._bias
        raised = np.exp(SHARPNESS * (margins - margins.max()))
        return np.asarray(raised / raised.sum() * self.familiarity(text))
