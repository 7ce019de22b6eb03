"""What the product is for, by clicks and keys alone: from sign-in to the next level."""

import re
from uuid import uuid4

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


def test_a_newcomer_signs_up_and_keeps_the_remainder(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Take your first ticket").click()
    page.get_by_label("First name").fill("Nora")
    page.get_by_label("Last name").fill("Newcomer")
    page.get_by_label("Email").fill(f"nora.{uuid4().hex[:8]}@people.example")
    page.get_by_label("Password").first.fill("four-words-make-a-door")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.get_by_label("The mail").get_by_role("link").first.click()
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_role("heading", name="Hello, Nora")).to_be_visible()

    take(page, "Locked out on Monday").work("locked-out-monday")
    xp = earned(page)
    assert 30 <= xp <= 60
    expect(page.get_by_text("Level 2 reached")).to_have_count(0)
    page.get_by_role("link", name="Dashboard", exact=True).last.click()
    level = page.get_by_label("Level", exact=True)
    expect(level).to_contain_text("Level 1")
    expect(level).to_contain_text(f"{100 - xp} XP to level 2")
