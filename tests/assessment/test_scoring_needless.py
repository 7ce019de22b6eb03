"""Which moves are detours: a second look that shows a change, and what is offered when all is over, are none."""

import pytest

from assessment.scoring.record import Record
from tests.assessment.attempts import Play

NOTES = ("Phone in a taxi", "lost", "locked", "safe")


def safe():
    """A lost phone that was locked, and found to be safe by the taxi's office."""
    play = Play("left-in-the-taxi").say("Number, manager?", "id_employee", "id_manager").looks()
    play.say("Whose is it? Since when?", "f_owner", "f_when").use("device_management", "lost_mode")
    play.use("report_security", "revoke_sessions").say("Have the card blocked.", "a_block_sim")
    play.at += 1200
    return play.say("Ring the taxi office.", "a_ring_taxi").makes_sure()


def detours(play):
    return [found.name for found in Record(play.ends("resolved", *NOTES)).detours]


def test_an_offer_after_the_fix_that_takes_no_time_is_no_detour():
    play = safe()
    assert Record(play.ends("resolved", *NOTES)).is_fixed

    assert detours(safe().say("A loan phone is at the walk-up desk.", "a_selfservice")) == []
    assert detours(safe().say("Katja may ask for it.", "a_ask_manager")) == []


@pytest.mark.parametrize("act", ["a_find_page", "a_go_after", "a_restart"])
def test_a_vain_or_long_step_after_it_is_one(act):
    assert detours(safe().say("And do this.", act).makes_sure()) == [act]


def test_a_second_look_that_shows_what_the_change_did_is_none_and_a_third_is():
    play = Play("left-in-the-taxi").say("Number, manager?", "id_employee", "id_manager").looks()
    play.use("device_management", "lost_mode").at += 1200
    play.use("device_management")
    assert detours(play) == []

    assert detours(play.use("device_management")) == ["device_management"]
