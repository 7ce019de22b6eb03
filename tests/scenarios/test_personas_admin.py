"""The personas in the admin: all of them, each with lines of its own, and who casts them."""

import pytest
from django.utils.html import escape

from chat.personas_admin import customer_of, sample_lines
from scenarios.personas import personas
from scenarios.services import publish_document
from tests.conftest import NOW

PAGE = "/admin/scenarios/personas/"
PEOPLE = list(personas())


def test_the_admin_lists_them_with_lines_of_their_own(as_, trainer, lamp):
    page = as_(trainer).get(PAGE).content.decode()

    shown = [escape(line) for name in PEOPLE for line in sample_lines(lamp.current_version.world(), name)]
    assert len(set(shown)) > 4 * len(PEOPLE)
    assert all(line in page for line in shown)
    assert page.count("no published scenario") == len(PEOPLE)
    assert escape(customer_of("terse-expert", "Tom").persona.about) in page


def test_the_admin_says_who_casts_them(as_, trainer, lamp):
    before, customer, after = lamp.current_version.source.partition("customer:\n")
    assert customer
    publish_document(source=f"{before}{customer}  persona: dramatic-host\n{after}", now=NOW)

    page = as_(trainer).get(PAGE).content.decode()
    assert page.count("no published scenario") == len(PEOPLE) - 1


@pytest.mark.parametrize("who", ["learner", "coach", "manager"])
def test_nobody_else_comes_in(request, as_, who):
    assert as_(request.getfixturevalue(who)).get(PAGE).status_code in (302, 403)


def test_a_button_above_the_scenarios_leads_there(as_, trainer, lamp):
    browser = as_(trainer)
    button = "/admin/scenarios/scenario/show-personas"

    assert button in browser.get("/admin/scenarios/scenario/").content.decode()
    assert browser.get(button, follow=True).request["PATH_INFO"] == PAGE


def test_without_a_scenario_they_are_listed_all_the_same(as_, trainer):
    page = as_(trainer).get(PAGE).content.decode()

    assert "Publish a scenario to hear them speak." in page
    assert all(f'id="{name}"' in page for name in PEOPLE)
