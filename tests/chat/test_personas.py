"""The personas: sixteen people who say the same and are told apart by how."""

import math
import re
from collections import Counter
from itertools import chain
from random import Random

import pytest

from chat.personas_admin import customer_of
from chat.voices.scripted import speak
from chat.voices.scripted.wordings import bank
from scenarios.personas import cast, manner_of, personas
from scenarios.world.document import Customer, Persona, World
from scenarios.world.state import opening_state
from scenarios.world.turn import Move
from tests.chat.test_voice import DIRECTORY, DOCUMENT, FACTS, TELLING, fact, world_with

PEOPLE = list(personas())
OWN_POOLS = {"opener", "closer"}
# A conversation of twelve turns: the plan of each and the patience it finds.
TALK = [
    ([Move("greet")], 75),
    ([fact("on_leave")], 73),
    ([Move("identity", "employee_id", DIRECTORY["employee_id"])], 73),
    ([Move("deny", "f_device")], 70),
    ([Move("agree", "tidy"), Move("result", "tidy", "still nothing")], 66),
    ([Move("ask_help", "tidy")], 64),
    ([fact("error_code")], 62),
    ([Move("warm")], 66),
    ([fact("home_wifi"), Move("push", "repeat_question")], 38),
    ([fact("on_leave", "again")], 36),
    ([Move("still_broken")], 34),
    ([Move("works"), Move("thank")], 70),
    ([Move("bye")], 70),
]
Talk = list[tuple[list[Move], int]]
TEXTS = [str(FACTS[name]["say"]) for name in FACTS] + [DIRECTORY["employee_id"], "still nothing"]


def played_by(name: str) -> World:
    return World.model_validate(DOCUMENT | {"customer": cast({"name": "Maria Lopez", "persona": name})})


def lines_of(name: str, seed: int, talk: Talk = TALK) -> list[str]:
    """What this persona says in the conversation, one line a message."""
    world, said = played_by(name), []
    state = opening_state(world)
    for number, (moves, state.patience) in enumerate(talk):
        messages, state.wordings = speak(world, state, moves, Random(f"{seed}:{number}"))
        said += messages
    return said


# --- The files ---------------------------------------------------------------------------------


def test_there_are_at_least_twelve_and_all_can_be_cast():
    assert len(PEOPLE) >= 12
    for name in PEOPLE:
        customer = customer_of(name, "Maria Lopez")
        assert customer.persona.like == name
        assert customer.persona.about
        assert manner_of(customer.persona).typing


def test_a_scenario_may_change_what_a_persona_is_like_but_another_tone_is_another_manner():
    def persona(**changes: str) -> Persona:
        named = {"like": "grumpy-veteran", **changes}
        return Customer.model_validate(cast({"name": "Tom", "persona": named})).persona

    assert persona(tech="novice").tech == "novice"
    assert manner_of(persona(tech="novice")).words
    assert not manner_of(persona(tone="friendly")).words
    assert not manner_of(Persona()).words


@pytest.mark.parametrize("name", PEOPLE)
def test_their_words_are_theirs_alone_enough_for_long_talks_and_know_no_case(name):
    words = manner_of(customer_of(name, "Maria").persona).words
    for pool, wordings in words.items():
        assert pool in bank().keys() | OWN_POOLS
        assert len(set(wordings)) == len(wordings) >= 6, pool
        for each in wordings:
            assert not TELLING.search(each) and not re.search(r"\d|https?:|@", each), each
            assert len(each.split()) <= 14, each
            assert set(re.findall(r"{(\w*)}", each)) <= {"text", "name", "options", "field"}
            after = each.partition("{text}")[2]
            assert not after or after.startswith(".") or pool == "identity", each
            assert ("{text}" in each) == any("{text}" in w for w in chain(*bank().get(pool, {}).values())), (
                each
            )
    others = [manner_of(customer_of(other, "Maria").persona).words for other in PEOPLE if other != name]
    for pool in ("greet", "works", "still_broken", "push", "warm", "opener", "filler"):
        shared = set(words.get(pool, [])) & {each for other in others for each in other.get(pool, [])}
        assert not {each for each in shared if len(each.split()) > 1}, pool


# --- What they say -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEOPLE)
def test_facts_keep_their_words_whoever_tells_them(name):
    for seed in range(12):
        everything = "\n".join(lines_of(name, seed))
        for text in TEXTS:
            if text not in (FACTS["symptom"]["say"], FACTS["only_me"]["say"]):
                assert text[1:].rstrip(".") in everything
        assert set(re.findall(r"\d+", everything)) <= set(re.findall(r"\d+", " ".join(TEXTS)))


@pytest.mark.parametrize("name", PEOPLE)
def test_they_say_it_again_in_the_same_way_from_the_same_dice(name):
    assert lines_of(name, 5) == lines_of(name, 5)
    assert lines_of(name, 5) != lines_of(name, 6)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_they_are_known_for_is_not_in_each_line(name):
    """Of the words that this persona has to itself, none is in more than a third of what it says."""
    lines = [line for seed in range(20) for line in lines_of(name, seed)]
    others = {
        word for other in PEOPLE if other != name for line in lines_of(other, 1) for word in _words(line)
    }
    own = Counter(word for line in lines for word in set(_words(line)) - others)
    assert not own or own.most_common(1)[0][1] <= len(lines) / 3


def _words(line: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", _without_facts(line).lower())


def _without_facts(line: str) -> str:
    for text in TEXTS:
        line = line.replace(text, "").replace(text[:1].upper() + text[1:], "")
    return line


def test_a_cross_customer_says_what_made_them_cross():
    for name in PEOPLE:
        world = played_by(name)
        state = opening_state(world)
        state.patience = 35
        why, plain = (
            speak(world, state, [Move("push", ref)], Random(3))[0][0] for ref in ("repeat_question", "decay")
        )
        assert len(why) > len(plain)


def test_kindness_is_answered_otherwise_the_second_time():
    for tone, words in bank()["warm_again"].items():
        assert not set(words) & set(bank()["warm"][tone])
    world = world_with(tone="dry")
    state = opening_state(world)
    said = [speak(world, state, [Move("warm", ref)], Random(1))[0][0] for ref in ("", "again")]
    assert said[0] in bank()["warm"]["dry"]
    assert said[1] in bank()["warm_again"]["dry"]


def test_talkative_people_send_an_afterthought_of_its_own_now_and_then():
    world = played_by("chatty-novice")
    replies = [speak(world, opening_state(world), [fact("on_leave")], Random(s))[0] for s in range(200)]
    assert 5 < sum(len(reply) == 2 for reply in replies) < 60


# --- Told apart --------------------------------------------------------------------------------
# The reader has heard each persona say other things, in conversations without any of these moves, and knows nothing
# but how often which letters follow each other. What is told is taken out first: only the manner is left.

HEARD, DRAWS, LINES, CHOICES = 25, 400, 5, 4


def _grams(lines: list[str]) -> Counter[str]:
    text = " | ".join(_without_facts(line) for line in lines)
    return Counter(text[i : i + n] for n in (1, 2, 3, 4) for i in range(len(text) - n + 1))


def _likeness(heard: Counter[str], known: Counter[str], rarity: dict[str, float]) -> float:
    """Cosine of two profiles, rare letters counting more."""

    def weight(profile: Counter[str], gram: str) -> float:
        return math.log1p(profile[gram]) * rarity.get(gram, 0)

    product = sum(weight(heard, gram) * weight(known, gram) for gram in heard)
    size = math.sqrt(sum(weight(known, gram) ** 2 for gram in known))
    return product / size


def _right_share(lines: dict[str, list[list[str]]], profiles: dict[str, Counter[str]], draws: int) -> float:
    rarity = {
        gram: math.log((1 + len(profiles)) / (1 + sum(gram in profile for profile in profiles.values())))
        for gram in set().union(*profiles.values())
    }
    dice, right = Random(20), 0
    for _ in range(draws):
        four = dice.sample(PEOPLE, CHOICES)
        who = four[0]
        heard = _grams(dice.sample(dice.choice(lines[who]), LINES))
        right += max(four, key=lambda name: _likeness(heard, profiles[name], rarity)) == who
    return right / draws


def test_a_blind_reader_names_the_right_one_of_four_from_five_lines():
    known, heard = TALK[::2], TALK[1::2]
    profiles = {
        name: _grams([line for s in range(HEARD) for line in lines_of(name, s, known)]) for name in PEOPLE
    }
    fresh = {name: [lines_of(name, 1000 + seed, heard) for seed in range(10)] for name in PEOPLE}
    assert _right_share(fresh, profiles, DRAWS) >= 0.8


def test_a_blind_reader_is_lost_where_all_have_the_same_manner():
    """The measure measures: among strangers who all write alike it names the right one by chance."""
    alike = {
        name: [lines_of("terse-expert", 2000 + 50 * i + s) for s in range(10)]
        for i, name in enumerate(PEOPLE)
    }
    profiles = {name: _grams(list(chain(*each[:5]))) for name, each in alike.items()}
    assert _right_share({name: each[5:] for name, each in alike.items()}, profiles, 200) < 0.5
