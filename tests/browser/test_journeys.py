"""What the product is for, by clicks and keys alone: from sign-in to the next level."""

import re

from playwright.sync_api import Page, expect

from gamification.demo.load import DEMO_XP
from gamification.demo.people import LEARNER
from tests.browser.desk import sign_in, take


def earned(page: Page) -> int:
    """XP on the debrief, once it is there."""
    badge = page.get_by_text(re.compile(r"^\+\d+ XP$"))
    expect(badge).to_be_visible(timeout=20_000)
    return int(re.search(r"\d+", badge.inner_text())[0])


def test_the_demo_learner_rises_to_level_2(page: Page) -> None:
    sign_in(page, LEARNER)
    expect(page.get_by_text(f"{DEMO_XP} XP in all")).to_be_visible()
    take(page, "The vanishing prints").work("prints-vanish")
    xp = earned(page)
    assert xp >= 30
    expect(page.get_by_text("Level 2 reached")).to_be_visible()
    expect(page.get_by_role("heading", name="Every criterion")).to_be_visible()
    page.get_by_role("link", name="Dashboard", exact=True).last.click()
    expect(page.get_by_label("Level", exact=True)).to_contain_text("Level 2")
    expect(page.get_by_text(f"{DEMO_XP + xp} XP in all")).to_be_visible()
