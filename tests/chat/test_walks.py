"""The random walks: a customer who lets something slip is caught, one who does not is left in peace."""

from random import Random

import pytest

from chat.proving.guard import Guard
from chat.proving.phrases import can_be_told_apart
from chat.proving.walks import WALKS, walk
from chat.voices.scripted import speak
from scenarios.proving import Case, Figure, Finding
from scenarios.world.document import Belief
from scenarios.world.state import opening_state
from scenarios.world.turn import Move
from tests.scenarios.playing import world_of

VPN = world_of("vpn-will-not-connect")
GUARD = Guard(VPN)
START = opening_state(VPN)


def slips(text: str, *moves: Move, **changes) -> list[tuple[str, str]]:
    state = START.copy()
    for name, value in changes.items():
        setattr(state, name, value)
    return [(slip.kind, slip.path) for slip in GUARD.slips(text, state, moves)]


def overheard(voice=speak, world=VPN, walks: int = 40) -> set[tuple[str, str]]:
    guard = Guard(world)
    found = (o for i in range(walks) for o in walk(world, guard, Random(i), voice=voice))
    return {(heard.slip.kind, heard.slip.path) for heard in found}


def saying(words: str):
    """The scripted voice, which also says `words`."""

    def voice(world, state, moves, dice):
        texts, used = speak(world, state, moves, dice)
        return [f"{text} {words}" for text in texts], used

    return voice


# --- What the guard hears


def test_four_words_of_a_fact_are_a_leak_until_it_is_earned():
    words = " ".join(VPN.facts["on_leave"].say.split()[:5])

    assert slips(f"well, {words}") == [("leak", "facts.on_leave.say")]
    assert slips(f"well, {words}", earned=["on_leave"]) == []


def test_words_that_meet_across_two_sentences_are_no_leak():
    first, second = (
        " ".join(VPN.facts["on_leave"].say.split()[:2]),
        " ".join(VPN.facts["on_leave"].say.split()[2:4]),
    )

    assert slips(f"so {first} {second}")
    assert slips(f"so {first}. {second}") == []


def test_a_code_of_a_fact_is_a_leak_by_itself():
    assert ("leak", "facts.error_code.say") in slips("something with 0x800B0101 i think")


def test_what_the_ticket_says_is_no_secret():
    assert slips(VPN.ticket.opening) == []


def test_an_identity_value_is_a_leak_until_it_was_asked_for_or_told():
    field, value = "employee_id", VPN.identity.caller.employee_id
    move = Move("identity", field, value)

    assert ("leak", "identity.directory.employee_id") in slips(f"its {value}")
    assert slips(f"its {value}", move, answered={field: value}) == []
    assert ("leak", "identity.directory.employee_id") not in slips(f"yes {value}", told=[field])


def test_the_cause_is_never_said():
    assert slips(f"maybe the {VPN.root_cause.say_any[0]}?")[0] == ("leak", "root_cause.say_any")


@pytest.mark.parametrize("text", ["it says 4711 now", "ask my colleague Ludmilla then"])
def test_a_number_or_a_name_from_nowhere_is_an_invention(text):
    assert slips(text) == [("contradiction", "")]


def test_a_number_of_the_plan_is_no_invention():
    assert slips("it says 4711 now", Move("result", "", "it says 4711 now"), done=[""]) == []


def test_a_deed_that_nobody_did_is_an_invention():
    assert slips("Yep, did that!") == [("contradiction", "")]
    assert slips("Yep, did that!", Move("claim", "restart"), claimed=["restart"]) == []
    assert slips("", Move("did", "restart")) == [("contradiction", "actions.restart")]


# --- What the walks find


def test_the_scripted_voice_lets_nothing_slip():
    assert overheard(walks=WALKS) == set()


def test_a_voice_that_leaks_is_caught():
    assert ("leak", "facts.cert_dates.say") in overheard(saying(VPN.facts["cert_dates"].say))


def test_a_voice_that_invents_is_caught():
    assert overheard(saying("it was 4711 in the end")) == {("contradiction", "")}


def test_a_document_that_leaks_in_what_an_action_shows_is_caught():
    talkative = VPN.actions["restart"].model_copy(update={"say": VPN.facts["cert_dates"].say})
    world = VPN.model_copy(update={"actions": {**VPN.actions, "restart": talkative}})

    assert ("leak", "facts.cert_dates.say") in overheard(world=world)


def test_a_belief_that_says_the_cause_is_caught():
    belief = Belief(ask=["f_tried"], say=f"i bet the {VPN.root_cause.say_any[0]}")
    world = VPN.model_copy(update={"beliefs": {"expiry": belief}})

    assert ("leak", "root_cause.say_any") in overheard(world=world)


def test_the_same_walk_again_is_the_same():
    voice = saying("it was 4711")
    one, two = (list(walk(VPN, GUARD, Random(3), voice=voice)) for _ in range(2))

    assert one == two


# --- Phrases


def phrases_of(world) -> list[Finding | Figure]:
    return list(can_be_told_apart(Case("vpn", {}, {"usual": world})))


def with_phrases(**phrases: list[str]):
    own = VPN.nlu.model_copy(update={"extra_phrases": {**VPN.nlu.extra_phrases, **phrases}})
    return VPN.model_copy(update={"nlu": own})


def test_a_phrase_under_two_acts_is_found():
    shared = VPN.nlu.extra_phrases["a_check_cert"][0]
    world = with_phrases(a_renew_cert=[*VPN.nlu.extra_phrases["a_renew_cert"], shared.upper()])
    found = [f for f in phrases_of(world) if isinstance(f, Finding)]

    assert {f.path for f in found} >= {"nlu.extra_phrases.a_renew_cert", "nlu.extra_phrases.a_check_cert"}
    assert "is a phrase of 'a_check_cert' too" in found[0].message + found[1].message


def test_an_act_that_sounds_like_another_is_found():
    again = [
        f"{phrase}, {['please', 'now', 'thanks', 'ok', 'friend'][i % 5]}"
        for i, phrase in enumerate(VPN.nlu.extra_phrases["a_check_cert"])
    ]
    found = [f for f in phrases_of(with_phrases(a_look_again=again)) if isinstance(f, Finding)]

    assert any(f.path.endswith("a_look_again") and "are heard as 'a_check_cert'" in f.message for f in found)
