"""The scripted voice: what the plan holds, in the persona's manner, and not a word more."""

import re
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.customer.pace import CHARS_PER_S, LONGEST_S, START_S, pace
from chat.voices.scripted import opening, satisfaction, speak
from chat.voices.scripted.style import SLIPS, filled, pet_names, typed
from chat.voices.scripted.wordings import TONES, Chooser, bank, suits
from scenarios.world.document import Persona, World
from scenarios.world.state import State, opening_state
from scenarios.world.turn import Move

FACTS = {
    "symptom": {
        "holder": "customer",
        "say": "it just says connection failed then goes back to the start",
        "volunteer": "opening",
    },
    "on_leave": {"holder": "customer", "say": "i was on leave for six weeks, back today", "ask": "f_when"},
    "home_wifi": {"holder": "customer", "say": "Home wifi, everything else loads fine.", "ask": "f_network"},
    "only_me": {"holder": "customer", "say": "Sam on my team got in so just me", "ask": "f_scope"},
    "error_code": {
        "holder": "device",
        "observe": "look_error",
        "say": "ok it says 'Certificate validation failure (0x800B0101)'",
    },
}
DIRECTORY = {
    "name": "Maria Lopez",
    "username": "mlopez",
    "employee_id": "E20417",
    "asset_tag": "LT-7731",
    "department": "Finance",
    "manager": "Owen Hart",
    "phone_on_file": "+61 491 570 006",
}
DOCUMENT = {
    "schema": "helpdesk-scenario/1",
    "id": "vpn-cert-expired",
    "title": "VPN will not connect",
    "summary": "A colleague in Finance cannot reach the VPN.",
    "difficulty": "intermediate",
    "category": "network",
    "xp_reward": 100,
    "skills": ["vpn"],
    "time": {"target_min": 12},
    "ticket": {
        "subject": "VPN not working!!",
        "opening": "hi, vpn wont connect. please help",
        "arrives": {"category": "internet", "impact": "low", "urgency": "low"},
        "expected": {"category": "network", "impact": "low", "urgency": "high"},
    },
    "identity": {
        "directory": DIRECTORY,
        "caller": {"name": "Maria Lopez"},
        "policy": {"low": [], "high": []},
    },
    "state": {"vpn": "down"},
    "fixed": {"vpn": "up"},
    "facts": FACTS,
    "actions": {
        "look_error": {"who": "customer", "intent": "f_error"},
        "tidy": {"who": "customer", "intent": "a_tidy_tray", "label": "Tidy the tray"},
        "override": {"who": "learner", "tool": "vpn_override", "label": "Override", "harmful": "major"},
    },
    "root_cause": {"id": "cert_expired", "say_any": ["certificate expired"]},
    "goals": {"resolved": {"all": {"vpn": "up"}}},
    "knowledge": {"right": "vpn-certificate-renewal"},
}


def world_with(*, impostor: bool = False, **persona: object) -> World:
    customer = {"name": "Maria Lopez", "impostor": impostor, "persona": persona}
    return World.model_validate(DOCUMENT | {"customer": customer})


def state_of(world: World, **values: object) -> State:
    state = opening_state(world)
    for name, value in values.items():
        setattr(state, name, value)
    return state


def said(world: World, *moves: Move, seed: int = 1, **state: object) -> list[str]:
    return speak(world, state_of(world, **state), moves, Random(seed))[0]


def fact(name: str, kind: str = "answer") -> Move:
    return Move(kind, name, str(FACTS[name]["say"]))


# Every move of the world, as it comes with what it needs.
FIELDS = ("employee_id", "asset_tag", "manager", "username")
PLAIN = """
    greet ok waiting puzzled one_thing warm apologise thank set_expectation give_ticket paraphrase ask_permission
    hold explained doubt nothing_else not_done_yet bye bye_unhappy bye_again gone escalated what_do_you_need
    declined secret boundary hangup push warn puzzled_injection offtopic cannot_send rather_you works still_broken
    shall_i_try still_there
"""
MOVES = [
    *(Move(kind) for kind in PLAIN.split()),
    *(fact(name, kind) for name in FACTS for kind in ("answer", "again")),
    *(Move(kind, field, DIRECTORY[field]) for field in FIELDS for kind in ("identity", "identity_again")),
    *(Move(kind, field) for field in FIELDS for kind in ("no_identity", "agrees")),
    *(Move(kind, proof) for proof in ("callback", "push_code") for kind in ("proved", "not_proved")),
    *(Move("pressure", rung) for rung in ("urgency", "rank", "pity", "threat", "smaller", "leave")),
    *(Move(kind, "tidy") for kind in ("claim", "admit", "agree", "did", "cannot", "ask_help")),
    *(Move(kind, "tidy", "it says request denied") for kind in ("cannot", "ask_help", "result", "declines")),
    *(Move(kind, "f_device") for kind in ("deny", "no_use")),
    *(Move(kind, "own_fault", "I must have broken it myself") for kind in ("belief", "dodge", "beat")),
    Move("clarify", options=("a_restart", "f_screen", "a_tidy_tray")),
]
PERSONAS = st.builds(
    Persona,
    tech=st.sampled_from(["novice", "intermediate", "advanced"]),
    tone=st.sampled_from(TONES),
    verbosity=st.sampled_from(["short", "medium", "long"]),
)


@settings(max_examples=400, deadline=None)
@given(
    moves=st.lists(st.sampled_from(MOVES), min_size=1, max_size=4, unique=True),
    persona=PERSONAS,
    patience=st.integers(1, 100),
    seed=st.integers(0, 10_000),
)
def test_any_plan_becomes_one_or_two_messages_that_say_all_of_it_and_nothing_else(
    moves, persona, patience, seed
):
    world = world_with(**persona.model_dump())
    messages = said(world, *moves, seed=seed, patience=patience)
    told = {move.text for move in moves if move.text}
    everything = " ".join(messages).lower()
    assert 1 <= len(messages) <= 2
    for message in messages:
        assert message.strip()
        assert not re.search(r"[{}]", message)
        assert len(_without(message, told).split()) <= 60
    for text in told:
        assert text.lower() in everything
    for text in {str(each["say"]) for each in FACTS.values()} | set(DIRECTORY.values()) - {"Maria Lopez"}:
        if not any(text in other for other in told):
            assert text.lower() not in everything


def _without(message: str, told: set[str]) -> str:
    for text in told:
        message = re.sub(re.escape(text), "", message, flags=re.IGNORECASE)
    return message


@pytest.mark.parametrize("tone", TONES)
def test_every_move_has_words_in_every_tone(tone):
    world = world_with(tone=tone)
    assert all(said(world, move) for move in MOVES)


def test_the_bank_has_enough_different_words_for_every_tone():
    for kind, pools in bank().items():
        assert set(pools) <= {*TONES, "any"}
        assert "any" in pools or set(pools) == set(TONES), kind
        for wordings in pools.values():
            assert len(set(wordings)) == len(wordings) >= 6, kind


# What only a scenario may know: things, causes and remedies.
TELLING = re.compile(
    r"\b(vpn|wi-?fi|printers?|paper|outlook|windows|mac|licen[cs]e\w*|certificates?|passwords?|accounts?|lock\w*"
    r"|cables?|routers?|dns|server|expired?|restart\w*|reboot\w*|reinstall\w*|reset\w*|update\w*"
    r"|cache|browser|laptop|e-?mail|network|driver|authenticator|second factor|phish\w*|root cause|rubric|scenario"
    r"|simulat\w*|learner|trainer|prompt|ai|bot)\b",
    re.IGNORECASE,
)
WORDINGS = [(kind, wording) for kind, pools in bank().items() for pool in pools.values() for wording in pool]


def test_no_wording_names_a_thing_a_cause_a_remedy_or_a_number():
    assert not [each for _, each in WORDINGS if TELLING.search(each) or re.search(r"\d|https?:|@", each)]


def test_wordings_are_as_short_as_chat_and_have_only_slots_that_get_filled():
    assert not [each for _, each in WORDINGS if len(each.split()) > 14]
    for _, each in WORDINGS:
        assert set(re.findall(r"{(\w*)}", each)) <= {"text", "name", "options", "field"}


def test_after_an_authors_sentence_a_new_one_begins():
    for kind, wording in WORDINGS:
        after = wording.partition("{text}")[2]
        assert not after or after.startswith(".") or kind.startswith("identity"), wording


def test_words_carried_by_a_move_keep_every_letter_but_the_case_of_the_first():
    for tone in TONES:
        for name in FACTS:
            for seed in range(20):
                [message] = said(world_with(tone=tone), fact(name), seed=seed)
                text = str(FACTS[name]["say"])
                assert text[1:] in message
                assert text[:1].lower() in message.lower()


def test_the_same_dice_say_the_same():
    world = world_with(tone="hurried", verbosity="long")
    plan = (fact("on_leave"), fact("home_wifi"), Move("push"))
    assert said(world, *plan, seed=7) == said(world, *plan, seed=7)


def test_speaking_leaves_the_state_alone():
    world = world_with()
    state = state_of(world, wordings={"greet.neutral": [0]})
    before = deepcopy(state)
    _, used = speak(world, state, [Move("greet")], Random(1))
    assert state == before
    assert len(used["greet.neutral"]) == 2


def test_a_wording_comes_again_only_when_all_were_used():
    chooser = Chooser(Random(3), {})
    heard = [chooser.pick("deny", "grumpy") for _ in range(18)]
    for start in (0, 6, 12):
        assert set(heard[start : start + 6]) == set(bank()["deny"]["grumpy"])
    assert all(one != other for one, other in pairwise(heard))


def test_agreeing_comes_first_and_the_result_in_a_message_of_its_own():
    first, second = said(world_with(), Move("agree", "tidy"), Move("result", "tidy", "still nothing"))
    assert "still nothing" not in first
    assert "still nothing" in second


def test_the_mood_breaks_through_after_the_answer():
    answer, mood = said(world_with(), fact("on_leave"), Move("push"), patience=30)
    assert "on leave" in answer
    assert "on leave" not in mood


def test_the_same_thing_is_not_told_twice_in_one_breath():
    for again in (fact("on_leave", "again"), fact("on_leave")):
        [message] = said(world_with(), fact("on_leave"), again)
        assert message.count("on leave") == 1
    [message] = said(world_with(tone="dry"), Move("deny", "f_device"), Move("deny", "f_tried"))
    assert message in bank()["deny"]["dry"]


def test_two_identity_values_say_which_is_which():
    [message] = said(
        world_with(), Move("identity", "employee_id", "E20417"), Move("identity", "manager", "Owen Hart")
    )
    assert re.search(r"E20417.*manager's name.*Owen Hart", message)


def test_what_is_seen_is_told_otherwise_than_what_is_known():
    frames = {said(world_with(tone="dry"), fact("error_code"), seed=seed)[0] for seed in range(40)}
    assert any("findings" in frame or "oracle" in frame for frame in frames)


def test_asking_back_offers_acts_in_the_customers_words():
    [message] = said(world_with(), Move("clarify", options=("a_restart", "a_tidy_tray", "a_fetch_ladder")))
    assert re.search(r"restart it, tidy the tray or fetch ladder", message)


def test_a_cross_customer_is_shorter_and_no_longer_sunny():
    def length(patience: int) -> int:
        world = world_with(tone="friendly", tech="advanced", verbosity="medium")
        return sum(
            len(said(world, Move("deny", "f_device"), seed=s, patience=patience)[0]) for s in range(30)
        )

    assert length(25) < length(90)
    sunny = {said(world_with(tone="friendly"), Move("ok"), seed=s, patience=10)[0] for s in range(20)}
    assert not any(":)" in line for line in sunny)


def test_hasty_people_type_in_lower_case_and_formal_people_in_sentences():
    for seed in range(30):
        [hasty] = said(world_with(tone="hurried"), Move("puzzled"), seed=seed)
        [formal] = said(world_with(tone="formal"), Move("puzzled"), seed=seed)
        assert hasty == hasty.lower()
        assert formal[0].isupper()
        assert formal[-1] in ".?!"
        assert "'" not in formal


def test_formal_people_write_shared_wordings_in_full():
    formal = Persona(tone="formal")
    assert (
        typed("I don't think it's there, can't say", formal, Random(1))
        == "I do not think it is there, cannot say"
    )


def test_slips_touch_our_own_words_only():
    hasty = Persona(tone="hurried")
    slipped = {typed("sorry, {text}", hasty, Random(seed)) for seed in range(200)}
    assert any(SLIPS["sorry"] in words for words in slipped)
    assert all("{text}" in words for words in slipped)


def test_a_frame_fits_the_words_it_carries():
    plain = Persona()
    assert filled("{text}. Happy?", {"text": "No luck."}, plain) == "No luck. Happy?"
    assert filled("Well, {text}", {"text": "It fails"}, plain) == "Well, it fails"
    assert filled("Well, {text}", {"text": "Sam got in"}, plain) == "Well, Sam got in"
    assert filled("{text}.", {"text": "it fails"}, Persona(tone="formal")) == "It fails."
    assert not suits("ok, {text}", "ok it says so")
    assert not suits("still {text}", "ok it says so")
    assert suits("again: {text}", "ok it says so")


def test_pet_names_replace_the_thing_and_other_quirks_are_left_to_the_author():
    persona = Persona(quirks=["whispers", "calls every printer 'that box'"])
    assert pet_names("restart the printer", persona) == "restart that box"
    assert pet_names("Printers and more", persona) == "Printers and more"


def test_tones_are_told_apart_by_their_words():
    """No two tones share a wording of what is said most."""
    for kind in ("greet", "deny", "puzzled", "still_broken", "works", "bye_unhappy", "one_thing"):
        said_by = [set(bank()[kind][tone]) for tone in TONES]
        assert sum(map(len, said_by)) == len(set.union(*said_by))


def test_talkative_people_add_a_clause_that_tells_nothing():
    def lengths(verbosity: str) -> float:
        world = world_with(verbosity=verbosity)
        return sum(len(said(world, fact("on_leave"), seed=seed)[0]) for seed in range(60))

    assert lengths("long") > lengths("medium") > lengths("short")


def test_nothing_planned_is_nothing_said():
    assert said(world_with()) == []


def test_the_opening_is_the_ticket_as_written():
    assert opening(world_with()) == "hi, vpn wont connect. please help"


@pytest.mark.parametrize(
    ("ended", "points"),
    [
        ({"confirmed": True, "patience": 90}, 5),
        ({"confirmed": True, "patience": 50}, 4),
        ({"confirmed": True, "patience": 30}, 3),
        ({"confirmed": True, "patience": 5}, 2),
        ({"vars": {"vpn": "up"}, "patience": 90}, 4),
        ({"ending": {"escalated": "network-l2"}, "patience": 90}, 4),
        ({"ending": {"escalated": "network-l2"}, "patience": 5}, 2),
        ({"ending": {"declined": True}, "patience": 90}, 2),
        ({"patience": 50}, 2),
        ({"patience": 5}, 1),
        ({"left": "hangup", "patience": 0}, 1),
    ],
)
def test_satisfaction_follows_how_it_ended_and_what_patience_is_left(ended, points):
    world = world_with(tone="neutral")
    stars, words = satisfaction(world, state_of(world, **ended), Random(4))
    assert stars == points
    assert words == satisfaction(world, state_of(world, **ended), Random(4))[1]
    assert len(words.split()) > 2


@pytest.mark.parametrize(
    ("why", "state"),
    [
        ("rudeness", {"anger": 1}),
        ("repetition", {"asked": {"employee_id": 2, "f_when": 2}}),
        ("waiting", {"sore": "long_silence"}),
        ("effort", {"minutes": 12}),
        ("kindness", {"confirmed": True, "patience": 90, "warmth": 1}),
        ("curtness", {"turn": 6}),
    ],
)
def test_the_comment_says_what_moved_the_customer(why, state):
    world = world_with(tone="neutral")
    _, words = satisfaction(world, state_of(world, **({"patience": 30} | state)), Random(2))
    assert any(words.endswith(each) for each in bank()[f"rated_by_{why}"]["any"])


def test_one_kind_word_is_not_curt_and_neither_is_a_short_conversation():
    world = world_with(tone="neutral")
    for state in ({"turn": 6, "asked": {"thank": 1}}, {"turn": 3}):
        said = satisfaction(world, state_of(world, patience=30, **state), Random(2))[1]
        assert said in bank()["rated_unsolved"]["any"]


def test_harm_outweighs_a_lie_and_a_lie_how_it_ended():
    world = world_with(tone="neutral")
    works = {"confirmed": True, "patience": 90, "vars": dict(world.fixed)}

    def rated(state, **more):
        return satisfaction(world, state_of(world, **state), Random(2), **more)

    harmed = rated(works | {"done": ["override"]}, misled=True)
    misled = rated({"patience": 90}, misled=True)
    assert (harmed[0], harmed[1] in bank()["rated_harmed"]["any"]) == (2, True)
    assert misled[0] == 1
    assert any(misled[1].startswith(each) for each in bank()["rated_misled"]["any"])
    assert rated(works, misled=True)[0] == 5  # it came true


def test_an_impostor_who_got_in_praises_nobody():
    world = world_with(impostor=True, tone="formal")
    stars, words = satisfaction(world, state_of(world, done=["override"]), Random(1))

    assert (stars, words in bank()["rated_impostor_served"]["any"]) == (1, True)


def test_nothing_stood_out_nothing_is_added():
    world = world_with(tone="neutral")
    asked_once = {"asked": {"employee_id": 1, "f_when": 2}, "minutes": 3, "patience": 30}
    assert satisfaction(world, state_of(world, **asked_once), Random(2))[1] in bank()["rated_unsolved"]["any"]


def test_an_impostor_who_was_served_does_not_say_that_they_were_refused():
    world = world_with(impostor=True)
    for seed in range(12):
        stars, served = satisfaction(world, state_of(world, vars={"vpn": "up"}), Random(seed))
        assert stars == 1
        assert served in bank()["rated_impostor_served"]["any"]
        assert satisfaction(world, state_of(world), Random(seed))[1] in bank()["rated_impostor"]["any"]


def test_an_impostor_is_never_content():
    world = world_with(impostor=True, tone="formal")
    assert satisfaction(world, state_of(world, ending={"declined": True}), Random(1))[0] == 1


def test_pace_is_a_persons_and_never_a_wait():
    assert pace("") == pytest.approx(0.4)
    assert pace("x" * 35) == pytest.approx(1.4)
    assert pace("x" * 2000) == 4


def test_the_page_types_at_the_pace_that_is_scored():
    script = (Path(__file__).parents[2] / "static/js/conversation.js").read_text("utf-8")
    start, per_second, longest = re.search(r"start: (\d+), perSecond: (\d+), cap: (\d+)", script).groups()
    assert (int(start) / 1000, int(per_second), int(longest) / 1000) == (START_S, CHARS_PER_S, LONGEST_S)
