"""Messages that were misheard in trials, heard right."""

from dataclasses import replace

import pytest

from chat.customer.understanding import Classifier, Listener, fit
from scenarios.world.state import opening_state
from tests.assessment.attempts import document


@pytest.fixture(scope="module")
def vpn():
    world = document("vpn-will-not-connect").world
    return Listener(world, Classifier(fit(world))), opening_state(world)


@pytest.fixture
def hears(vpn):
    listener, opening = vpn
    return lambda text, **state: listener.understand(text, replace(opening, **state))


def names(reading):
    return [act.name for act in reading.acts]


@pytest.mark.parametrize(
    "text",
    [
        "tell me what happens",
        "Try it and tell me what happens.",
        "ok, now try again and let me know what it does",
        "Please try it once more, then tell me what you get.",
    ],
)
def test_what_happens_is_the_test_once_something_was_done(hears, text):
    assert names(hears(text, done=["renew_cert"])) == ["confirm_fix"]
    assert "confirm_fix" not in names(hears(text))


@pytest.mark.parametrize(
    "text",
    [
        "It's not the cable: please restart your laptop.",
        "That is not a driver: restart your laptop, please.",
        "No update will help here: please restart your laptop.",
        "I think it is not the password: please restart your laptop.",
    ],
)
def test_what_it_is_not_does_not_win_over_what_comes_after_the_colon(hears, text):
    assert names(hears(text)) == ["a_restart"]


@pytest.mark.parametrize("text", ["enter the password twice, then press OK", "who told you to ring us"])
def test_what_is_not_understood_is_asked_back_and_never_taken_for_a_secret(hears, text):
    reading = hears(text)

    assert "ask_password" not in names(reading)
    assert reading.acts or reading.options or reading.unclear


@pytest.mark.parametrize("text", ["others too?", "Others too?", "and the others too?"])
def test_others_too_asks_who_else_has_it(hears, text):
    assert names(hears(text)) == ["f_scope"]


@pytest.mark.parametrize(
    ("slug", "text", "act"),
    [
        ("new-desk-no-network", "is the light on", "f_lamp"),
        ("new-desk-no-network", "Is the light on?", "f_lamp"),
        ("prints-vanish", "which printer", "a_check_printer"),
        ("prints-vanish", "Which printer?", "a_check_printer"),
    ],
)
def test_a_short_question_means_the_thing_of_the_case(slug, text, act):
    world = document(slug).world
    heard = Listener(world, Classifier(fit(world))).understand(text, opening_state(world))

    assert names(heard) == [act]
