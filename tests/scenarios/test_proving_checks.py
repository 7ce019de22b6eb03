"""Documents broken on purpose, one per question that the search answers or facts that cannot both be true."""

import copy
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from ruamel.yaml import YAML

from scenarios.proving import prove
from scenarios.world import graph
from scenarios.world.checks import contradictions, solvable
from scenarios.world.checks.possible import conditions_can_come_true
from scenarios.world.document import World
from scenarios.world.solver import Search
from tests.scenarios.playing import SLUGS, worlds_of
from tests.scenarios.test_lint import SOUND, put

Document = dict[str, Any]
Change = Callable[[Document], Any]
SPARE = {"who": "learner", "tool": "shelf", "label": "Take the spare lamp"}
WORLDS = [(slug, name) for slug in SLUGS for name in worlds_of(slug)]


def world_after(*changes: Change) -> World:
    document = copy.deepcopy(SOUND)
    for change in changes:
        change(document)
    return World.model_validate(document)


def found(*changes: Change, checks=solvable.CHECKS) -> list[str]:
    search = Search(world_after(*changes))
    return [str(problem) for check in checks for problem in check(search)]


def test_the_sound_document_has_answers_to_all_questions():
    assert found() == []


def test_a_document_that_cannot_be_solved_is_found():
    assert "goals: none can be reached: check" in found(put("actions.push_plug.effects", []))[0]


def test_evidence_that_cannot_be_had_is_found():
    """The wobble shows only once the lamp is bright, and then the plug no longer wobbles."""
    hidden = put("facts.wobble.if", {"fuse": "out"})

    assert "goals: none can be reached with its evidence" in found(hidden)[0]


def test_a_guess_as_good_as_evidence_is_found():
    assert "a lucky guess gets there with as much evidence" in found(put("goals.resolved.facts_min", 0))[0]


def test_a_goal_for_whoever_calls_is_found():
    told = found(put("goals.resolved.all", {"lamp": "bright"}))

    assert told == ["goals.resolved.all: can be reached whoever is calling: add verified: low, or high"]


def test_a_refusal_needs_no_identity():
    refused = {"refused": {"all": {"declined": True, "reported": True}, "facts_min": 1}}

    assert found(put("goals", refused), put("fail", []), checks=[solvable.who_is_calling_matters]) == []


def test_an_impostor_who_can_prove_everything_is_found():
    proving = put("identity.caller.answers_callback", True)
    told = found(put("customer.impostor", True), put("fixed", {}), proving)

    assert "identity.caller: an impostor could be verified to the high level: take a proof away" in told


def test_a_gate_that_an_honest_caller_cannot_pass_is_found():
    told = found(put("actions.push_plug.gate", "high"), put("identity.caller.answers_callback", False))

    assert "actions.push_plug.gate: wants 'high'; this caller can reach 'low' at most" in told


def test_a_failure_that_cannot_happen_is_found():
    told = found(put("fail", [{"fuse": "melted"}, {"hangup": True}, {"fuse": "out"}]))

    assert told == ["fail.0: cannot happen: no action leads there, so it tests nothing"]


@pytest.mark.parametrize("effects", [[], {"plug": "loose"}], ids=["no effects", "nothing else than it was"])
def test_an_idle_action_that_is_not_marked_is_found(effects):
    idle = SPARE | {"effects": effects, "pre": {"plug": "loose"}}
    check = [solvable.idle_actions_are_marked]

    assert found(put("actions.spare", idle), checks=check) == [
        "actions.spare: changes nothing here and shows no fact: mark it with distractor: true"
    ]
    assert found(put("actions.spare", idle | {"distractor": True}), checks=check) == []


def test_a_dead_end_that_is_no_failure_is_found():
    [told] = found(put("fail", [{"hangup": True}]))

    assert told == "fail: after pull_fuse no goal can be reached (fuse: out): leave a way out, or add it here"


def test_effects_that_take_a_while_are_waited_for():
    later = put("actions.push_plug.effects", [{"set": {"plug": "tight"}, "after": 3}])
    search = Search(world_after(later))

    assert "wait" in search.path().moves
    assert [problem for check in solvable.CHECKS for problem in check(search)] == []


def test_trust_that_evidence_takes_is_earned_first():
    shy = put("facts.cleaner", SOUND["facts"]["cleaner"] | {"trust_min": 55, "instead": "nothing i know of"})
    path = Search(world_after(shy, put("customer.mood", {"trust": 50, "patience": 60}))).path()

    assert {f"ask {act}" for act in graph.COURTESIES} & set(path.moves)


def test_too_many_states_are_told(monkeypatch):
    monkeypatch.setattr(graph, "LIMIT", 2)

    assert any("has more than 2 combinations that matter" in told for told in found())


@pytest.mark.parametrize(("slug", "variant"), WORLDS)
def test_every_variant_of_the_pack_is_searched_whole(slug, variant):
    search = Search(worlds_of(slug)[variant])

    assert search.path() and search.everything.complete


# --- Contradictions


def contradicting(*changes: Change) -> list[str]:
    world = world_after(*changes)
    checks = (
        contradictions.the_customer_is_who_the_record_says,
        contradictions.the_device_is_the_one_on_record,
        contradictions.facts_agree_with_each_other,
    )
    return [str(problem) for check in checks for problem in check(world)]


def fact(say: str, act: str = "f_device", **more) -> Document:
    return {"holder": "customer", "ask": [act], "say": say, **more}


def test_a_sound_document_contradicts_itself_nowhere():
    assert contradicting() == []


def test_another_name_of_the_customer_is_found():
    told = contradicting(put("facts.who", fact("hi, my name is Ole by the way")))

    assert told == ["facts.who.say: the customer is Nils Berg, not 'Ole'"]


def test_a_number_like_the_customers_own_is_found():
    assert (
        "looks like one of the customer's own" in contradicting(put("facts.tag", fact("it says LP-0008")))[0]
    )


def test_another_system_than_the_assets_is_found():
    asset = put("asset", {"tag": "LP-0007", "model": "Laptop", "os": "Windows 11"})

    assert "names another system" in contradicting(asset, put("facts.mac", fact("my MacBook, as always")))[0]
    assert contradicting(asset, put("facts.win", fact("windows, as always"))) == []


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("the lamp on the left does work", "the lamp on the left does not work", "a 'not'"),
        ("it went dark at 8 this morning", "it went dark at 9 this morning", "a number"),
    ],
)
def test_two_facts_that_cannot_both_be_true_are_found(one, other, how):
    both = put("facts.one", fact(one)), put("facts.other", fact(other, "f_when"))

    assert contradicting(*both) == [f"facts.other.say: contradicts the fact 'one': they differ only in {how}"]


def test_facts_of_different_moments_may_differ():
    before = put("facts.one", fact("the lamp on the left does not work", **{"if": {"lamp": "dark"}}))
    after = put("facts.other", fact("the lamp on the left does work", **{"if": {"lamp": "bright"}}))

    assert contradicting(before, after) == []


# --- Variants


def test_what_only_another_variant_makes_true_may_be_asked_for():
    asking = world_after(put("facts.cleaner.if", {"plug": "gone"}))
    other = world_after(put("state.plug", "gone"))

    assert list(conditions_can_come_true(asking))
    assert not list(conditions_can_come_true(asking, [other]))


def test_a_variant_is_proved_like_the_usual_one():
    stuck = {"stuck": {"actions": {"push_plug": {"effects": []}}}}
    YAML(pure=True).dump(SOUND | {"variants": stuck}, out := StringIO())
    told = [str(finding) for finding in prove(out.getvalue()).of("solver")]

    assert any("in the variant 'stuck': none can be reached" in message for message in told)
