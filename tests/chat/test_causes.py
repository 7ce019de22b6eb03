"""A cause in a learner's own words is heard, and another cause is not taken for it."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from chat.customer.causes import names_cause, states_cause
from chat.customer.normalise import clean, plain
from chat.customer.understanding import Classifier, Listener, fit
from scenarios.reading import read_document
from scenarios.world.document import World
from scenarios.world.state import opening_state

ROOT = Path(__file__).parents[2]
CAUSES = YAML(typ="safe").load((ROOT / "tests/data/causes.yaml").read_text(encoding="utf-8"))
# Where the caller is an impostor, all that names one is right.
IMPOSTORS = {
    "blue-page",
    "label-printer-tonight",
    "new-phone-urgent",
    "one-more-month",
    "while-i-am-away",
}
ALIKE = ({"paid-to-nobody", "parcel-on-hold"}, IMPOSTORS)


@pytest.fixture(scope="module")
def worlds() -> dict[str, World]:
    pack = {path.stem: path for path in (ROOT / "scenarios/pack").glob("*.yaml")}
    return {slug: read_document(pack[slug].read_text(encoding="utf-8")).world for slug in CAUSES}


@pytest.fixture(scope="module")
def heard(worlds) -> dict[str, list[str]]:
    """What became of each explanation, by group: "right", "wrong", or "" where it was heard as none."""
    found: dict[str, list[str]] = {"tuned": [], "untouched": [], "wrong": []}
    for slug, groups in CAUSES.items():
        listener, state = Listener(worlds[slug], Classifier(fit(worlds[slug]))), opening_state(worlds[slug])
        for group, lines in groups.items():
            for line in lines:
                acts = listener.understand(line, state).acts
                found[group].append(next((a.arg for a in acts if a.name == "explain_cause"), ""))
    return found


def share(values: list[str], value: str) -> float:
    return values.count(value) / len(values)


def test_each_scenario_of_the_pack_has_its_explanations():
    assert {path.stem for path in (ROOT / "scenarios/pack").glob("*.yaml")} == set(CAUSES)
    assert all(len(g["tuned"]) + len(g["untouched"]) >= 5 and len(g["wrong"]) >= 3 for g in CAUSES.values())


def test_most_explanations_in_own_words_are_heard(heard):
    assert share(heard["tuned"], "right") >= 0.95
    assert share(heard["untouched"], "right") >= 0.85


def test_a_wrong_or_half_wrong_cause_is_hardly_ever_right(heard):
    assert share(heard["wrong"], "right") <= 0.02


def test_the_causes_of_other_scenarios_are_not_right(worlds):
    others = [
        (worlds[slug], line)
        for slug in CAUSES
        for other, groups in CAUSES.items()
        if slug != other and not any({slug, other} <= alike for alike in ALIKE)
        for lines in groups.values()
        for line in lines
    ]
    assert sum(names_cause(world, plain(clean(line))) for world, line in others) <= 0.005 * len(others)


@pytest.mark.parametrize(
    "line",
    [
        "Is it your phone that still has the old password?",
        "Please type the new password into the phone, the old one is no good.",
        "It was not the old password on your phone.",
        "The old password is fine.",
        "Your old phone? Forget it.",
    ],
)
def test_a_question_an_order_and_a_denial_tell_no_cause(worlds, line):
    assert not states_cause(worlds["locked-out-monday"], plain(clean(line)))


@pytest.mark.parametrize(
    "line",
    [
        "Now the DNS server: Settings, Network, Properties, read me that line.",
        "The DNS server please.",
        "Right, the old DNS address: open Settings and read it to me.",
    ],
)
def test_what_an_order_is_about_is_no_cause(worlds, line):
    assert not states_cause(worlds["branch-office-crawl"], plain(clean(line)))


def test_what_is_to_be_done_is_heard_beside_the_cause(worlds):
    world = worlds["locked-out-monday"]
    listener = Listener(world, Classifier(fit(world)))
    said = "Your phone still has the old password, so please type the new password into the phone's mail app."
    acts = [(act.name, act.arg) for act in listener.understand(said, opening_state(world)).acts]
    assert ("explain_cause", "right") in acts
    assert "a_update_phone_mail" in [name for name, _ in acts]
