"""The phrases that teach understanding, held against the messages that measure it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from chat.customer import library

ROOT = Path(__file__).parents[2]
SETS = ("understanding", "understanding_fresh")
RUN = 5


def runs(text: str) -> set[tuple[str, ...]]:
    """Every stretch of five words, as typed."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def messages(name: str) -> list[str]:
    read = YAML(typ="safe", pure=True).load((ROOT / f"tests/data/{name}.yaml").read_text(encoding="utf-8"))
    return [message["text"] for message in read["messages"]]


def shared(phrases: dict[str, tuple[str, ...]], texts: list[str]) -> Iterator[str]:
    taken = set().union(*map(runs, texts))
    return (f"{act}: {phrase}" for act, some in phrases.items() for phrase in some if runs(phrase) & taken)


@pytest.mark.parametrize("name", SETS)
def test_no_phrase_shares_five_words_in_a_row_with_a_message_that_measures(name):
    assert not list(shared(library.phrases(), messages(name)))


def test_a_shared_run_would_be_found():
    assert list(
        shared({"close": ("well then, I say goodbye to you now",)}, ["And I say goodbye to you, Tom"])
    )


def test_no_phrase_of_an_act_stands_there_twice():
    for act, phrases in library.phrases().items():
        assert len(phrases) == len(set(phrases)), act


@pytest.mark.parametrize("name", SETS)
def test_no_message_that_measures_stands_there_twice(name):
    texts = messages(name)

    assert len(texts) == len(set(texts))
