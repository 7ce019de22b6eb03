"""Hands at the workbench: each step of a script (gamification.demo.analyst) as clicks and keys."""

import re
from functools import cache
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect
from ruamel.yaml import YAML

from chat.selectors import FACTOR_WORDS
from gamification.demo.analyst import scripts

ROOT = Path(__file__).parents[2]
WORDS = {"match": "matches", "mismatch": "does not match"}
ANSWER = "xpath=following-sibling::*[contains(@class, 'bubble--in')]"


_known: dict[tuple[str, str], list] = {}  # cookies by server and person


def sign_in(page: Page, email: str, password: str = "helpdesk-demo") -> None:
    """The first time by the form; later as a browser that still knows who it is."""
    page.goto("/")
    who = (page.url, email)
    if who in _known:
        page.context.add_cookies(_known[who])
        page.goto("/dashboard/")
        return
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("Email").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/dashboard/$"))
    _known[who] = [each for each in page.context.cookies() if each["name"] == "sessionid"]


def sign_up(page: Page, first_name: str = "Nora", last_name: str = "Newcomer") -> None:
    """From the front page by way of the mail, which the trial shows, to the dashboard."""
    page.goto("/")
    page.get_by_role("link", name="Take your first ticket").click()
    page.get_by_label("First name").fill(first_name)
    page.get_by_label("Last name").fill(last_name)
    page.get_by_label("Email").fill(f"nora.{uuid4().hex[:8]}@people.example")
    page.get_by_role("textbox", name="Password").fill("four-words-make-a-door")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.get_by_label("The mail").get_by_role("link").first.click()
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_role("heading", name=f"Hello, {first_name}")).to_be_visible()


def take(page: Page, title: str) -> "Desk":
    """From the main navigation by way of catalogue and briefing to the workbench."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Catalogue").click()
    page.get_by_role("link", name=title, exact=True).last.click()
    page.get_by_role("button", name="Start").click()
    expect(page).to_have_url(re.compile("/sessions/"))
    page.wait_for_load_state("load")  # its script listens to the keys by then
    if page.locator("#tour[data-opens-itself]").count():
        page.get_by_role("button", name="Keys").click()
        page.get_by_role("button", name="Take the tour").click()
        page.keyboard.press("Escape")
    return Desk(page)


class Desk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.ticket = page.locator(".workbench__bar .mono").inner_text()
        self.analyst = "Robin"

    def work(self, slug: str, style: str = "careful", *, until: str = "") -> None:
        """Works the ticket by the script, up to the first step of the kind `until`."""
        self.slug = slug
        for step in scripts(slug)[style]:
            for verb, what in step.items():
                if verb == until:
                    return
                getattr(self, verb)(what)

    def say(self, text: str) -> None:
        own = self.send(text.format(ticket=self.ticket, analyst=self.analyst))
        expect(own.locator(ANSWER).first).to_be_visible(timeout=15_000)

    kindly = sure = say  # to ask once more what is on the screen does no harm

    def send(self, text: str) -> Locator:
        """Types and presses Enter; the bubble, once it is marked as sent."""
        self.page.get_by_label("Message", exact=True).fill(text)
        self.page.keyboard.press("Enter")
        own = self.page.locator("#conversation .bubble--out").filter(has_text=text).last
        expect(own.locator("[data-mark=sent]")).to_be_visible()
        return own

    def look(self, query: str) -> None:
        self._tab("Directory")
        self.page.get_by_label("Search people").fill(query)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#people article")).not_to_have_count(0)

    def mark(self, outcomes: dict[str, str]) -> None:
        for factor, outcome in outcomes.items():
            label = str(FACTOR_WORDS[factor])
            self.page.get_by_role("button", name=f"{label} {WORDS[outcome]}", exact=True).click()
            row = self.page.locator("#verification-panel .factor").filter(has_text=label)
            expect(row).to_have_attribute("data-outcome", outcome)

    def search(self, query: str) -> None:
        self._tab("Research")
        self.page.get_by_label("Search the knowledge base").fill(query)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#hits .hit")).not_to_have_count(0)

    def open(self, slug: str) -> None:
        self.page.locator("#hits").get_by_role("link", name=titles()[slug], exact=True).click()
        expect(self.page.locator("#article h3").first).to_have_text(titles()[slug])

    def use(self, action: str) -> None:
        """Runs a tool and waits until its result is shown."""
        self._tab("Tools")
        done = self.page.locator("#runs .result[data-state=done]")
        before = done.count()
        label = re.compile(f"^{re.escape(labels(self.slug)[action])}")
        self.page.locator("#console").get_by_role("button", name=label).click()
        expect(done).to_have_count(before + 1, timeout=15_000)

    def triage(self, fields: dict[str, str]) -> None:
        for name, value in fields.items():
            with self.page.expect_response(lambda r: r.request.method == "POST" and "/ticket/" in r.url):
                self.page.get_by_label(name.capitalize(), exact=True).select_option(value)

    def resolve(self, written: dict) -> None:
        """Closes the ticket and goes on to the score without a guess at it."""
        self.fill_in(written)
        self.page.get_by_role("button", name="Finish ticket").click()
        expect(self.page).to_have_url(re.compile("/debrief/$"))
        self.page.get_by_role("button", name="Skip").click()

    def fill_in(self, written: dict) -> None:
        self.page.locator("summary", has_text="Resolve, escalate or decline").click()
        self.page.get_by_label({"resolved": "Resolved", "escalated": "Escalate"}[written["type"]]).check()
        for name in ("problem", "cause", "steps", "test"):
            self.page.get_by_role("textbox", name=name.capitalize()).fill(written[name])
        for slug in written["cited"]:
            self.page.get_by_label(titles()[slug]).check()

    def _tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).last.click()


@cache
def titles() -> dict[str, str]:
    """Article titles by slug."""
    pack = (ROOT / "knowledge" / "pack").glob("*.md")
    return {file.stem: re.search(r"^title: *\"?(.+?)\"?$", file.read_text(), re.M)[1] for file in pack}


@cache
def labels(slug: str) -> dict[str, str]:
    """What the console calls its tools and actions."""
    world = YAML(typ="safe").load((ROOT / "scenarios" / "pack" / f"{slug}.yaml").read_text())
    return {
        name: tool["label"] for name, tool in (world["tools"] | world["actions"]).items() if "label" in tool
    }
