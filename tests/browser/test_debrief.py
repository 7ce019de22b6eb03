"""From the last click on a ticket to its debrief: the guess, the gap, and the way from a claim to its line."""

import re

from playwright.sync_api import Page, expect

from gamification.demo.analyst import scripts
from tests.browser.desk import sign_in, take
from tests.browser.places import barriers

LEARNER = "ines.moreau@demo.example"
PAPER = 6  # pages


def test_a_guess_comes_before_the_score_and_the_gap_after_it(page: Page) -> None:
    sign_in(page, LEARNER)
    desk = take(page, "Locked out on Monday")
    desk.work("locked-out-monday", "average", until="resolve")
    desk.fill_in(scripts("locked-out-monday")["careful"][-1]["resolve"] | {"cited": []})
    page.get_by_role("button", name="Finish ticket").click()

    expect(page.get_by_role("heading", name="How do you think it went?")).to_be_visible()
    assert barriers(page) == []
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    for scale in ("Verification", "Technical", "Communication", "Documentation", "Response time"):
        page.get_by_role("group", name=scale).get_by_label("90", exact=True).check()
    expect(page.locator(".toast")).to_have_count(0)
    page.get_by_role("button", name="Keep this and show the score").click()

    expect(page.get_by_text("You expected 90 for documentation and got")).to_be_visible(timeout=30_000)


def test_what_next_is_at_hand_on_a_phone_and_the_paper_is_short(page: Page) -> None:
    sign_in(page, LEARNER)
    page.goto("/tickets/")
    page.get_by_role("link", name="Debrief").first.click()
    page.set_viewport_size({"width": 375, "height": 812})
    for place in ("start", "end"):
        page.locator("main").evaluate("(main, block) => main.scrollIntoView({ block })", place)
        expect(page.get_by_role("link", name="Try again")).to_be_in_viewport(ratio=1)
    assert len(re.findall(rb"/Type */Page\b", page.pdf(format="A4"))) <= PAPER


def test_a_claim_leads_to_its_line_and_the_text_stays_where_it_is(page: Page) -> None:
    sign_in(page, LEARNER)
    page.goto("/tickets/")
    page.get_by_role("link", name="Debrief").first.click()
    expect(page.get_by_role("heading", name="Every criterion")).to_be_visible()
    link = page.locator("#advice ~ * a[href^='#m-']").last
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    link.click()
    line = page.locator(f"[id='{link.get_attribute('href')[1:]}']")
    expect(line).to_be_in_viewport()
    expect(line).to_be_focused()
    assert page.evaluate("scrollY") == before
    page.keyboard.press("Escape")
    expect(link).to_be_focused()

    page.locator(".criterion").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert barriers(page) == []
    page.set_viewport_size({"width": 375, "height": 812})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    link.click()
    expect(line).to_be_in_viewport()
