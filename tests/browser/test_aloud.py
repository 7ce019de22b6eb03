"""What the workbench says to somebody who does not see it, and what it keeps in sight of a keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import sign_up, take

LOCKED = "Locked out on Monday"


def test_answers_to_compare_levels_and_finds_are_said(page: Page) -> None:
    sign_up(page)
    desk, said = take(page, LOCKED), page.locator("#said")
    desk.say("Good morning, what is your employee number, and who is your manager?")
    expect(said).to_contain_text("Not verified. To compare: Employee number, Manager.")
    desk.look("Priya")
    desk.mark({"employee_id": "match", "manager": "match"})
    expect(said).to_contain_text("Verified: low. Nothing to compare.")
    desk.search("locked out")
    expect(said).to_contain_text("results for “locked out”")


@pytest.mark.kills_server
def test_a_lost_line_that_is_back_is_said(page: Page) -> None:
    sign_up(page)
    take(page, LOCKED)
    expect(page.locator("#link-state")).to_be_empty()
    page.context.set_offline(True)
    expect(page.locator("#link-state")).to_contain_text("Offline")
    page.context.set_offline(False)
    expect(page.locator("#log-said")).to_contain_text("Connected again", timeout=20_000)


def test_the_tool_in_use_stays_in_sight_while_results_grow(page: Page) -> None:
    sign_up(page)
    page.set_viewport_size({"width": 1440, "height": 700})
    take(page, LOCKED)
    done = page.locator("#runs .result[data-state=done]")
    for count, name in enumerate(("Incident board", "Sign-in log", "Incident board"), 1):
        page.keyboard.press("Alt+6")
        tool = page.get_by_role("button", name=re.compile(f"^{name}"))
        tool.focus()
        page.keyboard.press("Enter")
        expect(done).to_have_count(count, timeout=15_000)
        expect(tool).to_be_focused()
        box, results = tool.bounding_box(), page.locator("#runs").bounding_box()
        assert box["y"] + box["height"] <= results["y"] + 1
