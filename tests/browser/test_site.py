"""The whole way through the site: from sign-up to the next level, and one ticket in two tabs."""

import re

from playwright.sync_api import Page, expect

from gamification.demo.analyst import scripts
from tests.browser.desk import sign_up, take
from tests.browser.test_journeys import earned

LEVEL_2 = 100  # XP
TICKETS = {
    "locked-out-monday": "Locked out on Monday",
    "prints-vanish": "The vanishing prints",
    "vpn-will-not-connect": "VPN will not connect",
}


def test_from_sign_up_to_level_2(page: Page) -> None:
    sign_up(page)
    level, xp = page.get_by_label("Level", exact=True), 0
    for slug, title in TICKETS.items():
        expect(level).to_contain_text("Level 1")
        expect(level).to_contain_text(f"{LEVEL_2 - xp} XP to level 2")
        take(page, title).work(slug)
        gained = earned(page)
        assert 30 <= gained <= 60
        xp += gained
        expect(page.get_by_text("Level 2 reached")).to_have_count(int(xp >= LEVEL_2))
        page.get_by_role("link", name="Dashboard", exact=True).last.click()
        if xp >= LEVEL_2:
            break
    expect(level).to_contain_text("Level 2")
    expect(page.get_by_text(f"{xp} XP in all")).to_be_visible()


def test_a_ticket_finished_in_one_tab_is_finished_in_the_other(page: Page) -> None:
    sign_up(page)
    desk = take(page, "Locked out on Monday")
    desk.say("Good morning Priya, being locked out again is a rough start.")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#conversation .bubble--out")).to_have_count(1)
    desk.fill_in(scripts("locked-out-monday")["careful"][-1]["resolve"] | {"cited": []})
    page.get_by_role("button", name="Finish ticket").click()
    for tab in (page, other):
        expect(tab).to_have_url(re.compile("/debrief/$"))
    other.get_by_role("button", name="Skip").click()
    expect(other.get_by_role("heading", name="Every criterion")).to_be_visible(timeout=30_000)
    page.reload()
    expect(page.get_by_role("heading", name="Every criterion")).to_be_visible()
