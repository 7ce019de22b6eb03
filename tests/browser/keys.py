"""Hands that never touch a mouse: each step of a script by Tab, Enter and the keys of the cheat sheet."""

import re

from playwright.sync_api import Locator, Page, expect

from chat.selectors import FACTOR_WORDS
from tests.browser.desk import ANSWER, WORDS, Desk, labels, titles

FAR = 250  # presses of Tab, more than any page has


class Keys(Desk):
    def __init__(self, page: Page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type
        self.analyst = "Robin"

    def take(self, title: str) -> None:
        """From wherever the focus is to the workbench, by way of catalogue and briefing."""
        navigation = self.page.get_by_role("navigation", name="Main")
        self.enter(navigation.get_by_role("link", name="Catalogue"))
        self.page.wait_for_url("**/catalogue/")
        self.enter(self.page.get_by_role("main").get_by_role("link", name=title, exact=True).last)
        self.page.wait_for_url("**/catalogue/*/")
        self.enter(self.page.get_by_role("button", name="Start"))
        self.page.wait_for_url("**/sessions/**")
        self.page.wait_for_load_state("load")
        self.ticket = self.page.locator(".workbench__bar .mono").inner_text()

    def say(self, text: str) -> None:
        text = text.format(ticket=self.ticket, analyst=self.analyst)
        self.press("Alt+2")
        self.page.keyboard.insert_text(text)
        self.press("Enter")
        own = self.page.locator("#conversation .bubble--out").filter(has_text=text).last
        expect(own.locator(ANSWER).first).to_be_visible()

    kindly = sure = say

    def triage(self, fields: dict[str, str]) -> None:
        self.press("Alt+1")
        for name, value in fields.items():
            field = self.page.get_by_label(name.capitalize(), exact=True)
            self.tab_to(field)
            self.type(value)
            expect(field).to_have_value(value)

    def look(self, query: str) -> None:
        self.press("Alt+5")
        self.type(query)
        self.press("Enter")
        expect(self.page.locator("#people article")).not_to_have_count(0)

    def mark(self, outcomes: dict[str, str]) -> None:
        for factor, outcome in outcomes.items():
            name = f"{FACTOR_WORDS[factor]} {WORDS[outcome]}"
            self.press("Alt+1")
            button = self.page.get_by_role("button", name=name, exact=True)
            self.enter(button)
            expect(button).to_have_attribute("aria-pressed", "true")

    def search(self, query: str) -> None:
        self.press("Alt+3")
        self.type(query)
        self.press("Enter")
        expect(self.page.locator("#hits .hit")).not_to_have_count(0)

    def open(self, slug: str) -> None:
        self.enter(self.page.locator("#hits").get_by_role("link", name=titles()[slug], exact=True))
        expect(self.page.locator("#article h3").first).to_be_focused()

    def use(self, action: str) -> None:
        done = self.page.locator("#runs .result[data-state=done]")
        before = done.count()
        self.press("Control+k")
        self.type(labels(self.slug)[action])
        self.press("Enter")
        expect(done).to_have_count(before + 1)

    def resolve(self, written: dict) -> None:
        self.press("Alt+4")
        expect(self.page.get_by_label("Resolved")).to_be_focused()
        self.press("Space")
        for name in ("problem", "cause", "steps", "test"):
            self.tab_to(self.page.get_by_role("textbox", name=name.capitalize()))
            self.page.keyboard.insert_text(written[name])
        for slug in written["cited"]:
            self.tab_to(self.page.get_by_label(titles()[slug]))
            self.press("Space")
        self.enter(self.page.get_by_role("button", name="Finish ticket"))
        expect(self.page).to_have_url(re.compile("/debrief/$"))
        self.enter(self.page.get_by_role("button", name="Skip"))

    def enter(self, target: Locator) -> None:
        self.tab_to(target)
        self.press("Enter")

    def tab_to(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(FAR):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")
