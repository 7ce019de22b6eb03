"""Whether a scenario's own acts can be told apart: by their phrases, each held out once. Plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from zlib import crc32

from chat.customer import library
from chat.customer.classifier import Classifier, fit
from chat.customer.normalise import clean, plain
from chat.customer.understanding import Listener
from scenarios.proving import Case, Checked, Figure, Finding
from scenarios.world.checks.references import GENERIC_ACTS, PHRASES_PER_ACT
from scenarios.world.document import Nlu, World
from scenarios.world.state import opening_state
from scenarios.world.variants import USUAL

FOLDS = 5
MOST_ASTRAY = 1 / 3  # of an act's held-out phrases may be heard as one particular other act
SHOWN = 3  # examples in a message
Phrases = dict[str, list[str]]


def can_be_told_apart(case: Case) -> Checked:
    """No phrase belongs to two acts, and few are heard as another act when the listener never saw them."""
    phrases = _all_phrases(case.worlds)
    yield from _shared(phrases)
    own = {act: said for act, said in phrases.items() if act not in GENERIC_ACTS}
    heard = _held_out(case.worlds[USUAL], phrases, own)
    for act, said in own.items():
        if len(said) < PHRASES_PER_ACT:
            continue  # the linter says so
        right = sum(act in heard[phrase] for phrase in said)
        yield Figure(USUAL, act, round(right / len(said), 2))
        yield from _astray(act, {phrase: heard[phrase] for phrase in said})


def _all_phrases(worlds: Mapping[str, World]) -> Phrases:
    """Those of every variant, each once, in plain text."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for world in worlds.values():
        for act, phrases in world.nlu.extra_phrases.items():
            found[act].update(dict.fromkeys(_plain(phrase) for phrase in phrases))
    return {act: list(phrases) for act, phrases in found.items()}


def _shared(phrases: Phrases) -> Iterator[Finding]:
    """Phrases that stand under two acts; the library's count too."""
    acts: defaultdict[str, set[str]] = defaultdict(set)
    for act, said in [*library.phrases().items(), *phrases.items()]:
        for phrase in said:
            acts[_plain(phrase)].add(act)
    for act, said in phrases.items():
        for phrase in said:
            for other in sorted(acts[phrase] - {act}):
                yield Finding(
                    USUAL,
                    f"nlu.extra_phrases.{act}",
                    f"'{phrase}' is a phrase of '{other}' too: it can mean only one of them",
                )


def _held_out(world: World, phrases: Phrases, own: Phrases) -> dict[str, list[str]]:
    """Phrase → the acts that a listener who never saw it hears in it."""
    start = opening_state(world)
    heard: dict[str, list[str]] = {}
    for fold in range(FOLDS):
        hidden = [phrase for said in own.values() for phrase in said if _fold(phrase) == fold]
        if not hidden:
            continue
        shown = {act: [p for p in said if p not in hidden] for act, said in phrases.items()}
        nlu = Nlu(extra_phrases={act: said for act, said in shown.items() if said})
        listener = Listener(world, Classifier(fit(world.model_copy(update={"nlu": nlu}))))
        heard |= {p: [act.name for act in listener.understand(p, start).acts] for p in hidden}
    return heard


def _astray(act: str, heard: Mapping[str, list[str]]) -> Iterator[Finding]:
    elsewhere = {phrase: acts[0] for phrase, acts in heard.items() if acts and act not in acts}
    for other, count in Counter(elsewhere.values()).most_common(1):
        if count > MOST_ASTRAY * len(heard):
            said = [phrase for phrase, heard_as in elsewhere.items() if heard_as == other][:SHOWN]
            yield Finding(
                USUAL,
                f"nlu.extra_phrases.{act}",
                f"{count} of its {len(heard)} phrases are heard as '{other}' by a listener who has not seen them"
                f" ({'; '.join(said)}): give both acts words of their own, or make them one",
            )


def _fold(phrase: str) -> int:
    return crc32(phrase.encode()) % FOLDS


def _plain(phrase: str) -> str:
    return plain(clean(phrase))
