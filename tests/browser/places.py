"""Every page of the site and who sees it: what the test of access and bench/pages visit."""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from gamification.demo.people import COACH, LEARNER, MANAGER
from tests.browser.desk import sign_in, take

AT_WORK = "grace.mensah@demo.example"  # the learner with a ticket open
ADMIN, TRAINER = "admin@demo.example", "trainer@demo.example"
AXE = Axe()
AT_REST = """document.getAnimations().forEach(
    each => each.effect.getComputedTiming().endTime === Infinity ? each.cancel() : each.finish()
)"""


@dataclass(frozen=True)
class Place:
    """A page as someone sees it: from `start` by way of the first of each of the links."""

    name: str
    who: str  # nobody: a visitor
    start: str
    links: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def address(self, page: Page) -> str:
        address = self.start
        for link in self.links:
            page.goto(address)
            found = page.locator(link).first
            address = str(found.get_attribute("href") or found.input_value())
        return address


OPEN = "main a[href^='/sessions/']:not([href$='/debrief/'])"
DEBRIEF = "main a[href$='/debrief/']"
REVIEW = "main a[href^='/reviews/scores/']"
CONTEST = "main a[href*='/contest/']"
CONTESTED = "main a[href^='/reviews/contests/']"
INVITATION = "main input[id^='link-']"
COHORT = "main a[href^='/cohorts/']"
BROKEN = "/broken/"


PLACES = [
    Place("landing", "", "/"),
    Place("sign in", "", "/accounts/login/"),
    Place("sign up", "", "/accounts/signup/"),
    Place("forgotten password", "", "/accounts/password/reset/"),
    Place("error, signed out", "", "/nowhere/"),
    Place("error, the server's", "", BROKEN),
    Place("invitation that ended", "", "/invitations/of-yesterday/"),
    Place("offline", "", "/offline/"),
    Place("dashboard", LEARNER, "/dashboard/"),
    Place("catalogue", LEARNER, "/catalogue/"),
    Place("catalogue, nothing found", LEARNER, "/catalogue/?q=zeppelin"),
    Place("briefing", LEARNER, "/catalogue/vpn-will-not-connect/"),
    Place("workbench", AT_WORK, "/tickets/", (OPEN,)),
    Place("debrief", LEARNER, "/tickets/", (DEBRIEF,)),
    Place("contest", LEARNER, "/tickets/", (DEBRIEF, CONTEST)),
    Place("tickets", LEARNER, "/tickets/"),
    Place("performance", LEARNER, "/performance/"),
    Place("achievements", LEARNER, "/achievements/"),
    Place("leaderboard", LEARNER, "/leaderboard/"),
    Place("knowledge", LEARNER, "/knowledge/"),
    Place("search", LEARNER, "/knowledge/?q=vpn"),
    Place("article", LEARNER, "/knowledge/vpn-certificate-renewal/"),
    Place("notices", LEARNER, "/notices/"),
    Place("settings", LEARNER, "/settings/"),
    Place("second factor", LEARNER, "/accounts/2fa/"),
    Place("sign-ins", LEARNER, "/accounts/sessions/"),
    Place("developers", LEARNER, "/developer/"),
    Place("erase", LEARNER, "/settings/erase/"),
    Place("error", LEARNER, "/nowhere/"),
    Place("error, not allowed", TRAINER, "/admin/accounts/user/"),
    Place("cohorts", MANAGER, "/cohorts/"),
    Place("cohort", MANAGER, "/cohorts/", (COHORT,)),
    Place("report", MANAGER, "/cohorts/", ("main a[href$='/report/']",)),
    Place("invitation", MANAGER, "/cohorts/", (COHORT, INVITATION)),
    Place("reviews", COACH, "/reviews/"),
    Place("review", COACH, "/reviews/", (REVIEW,)),
    Place("points", COACH, "/reviews/", (REVIEW, "main a[href^='/reviews/scores/']")),
    Place("contested", COACH, "/reviews/?kind=contested", (CONTESTED,)),
    Place("styleguide", ADMIN, "/styleguide/"),
]


def _invite(page: Page) -> None:
    page.goto("/cohorts/")
    page.locator(COHORT).first.click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator(INVITATION).first).to_be_visible()


def _work(page: Page) -> None:
    """A contest to review, and a ticket that is open."""
    page.goto("/tickets/")
    page.locator(DEBRIEF).first.click()
    page.goto(str(page.locator(CONTEST).last.get_attribute("href")))
    page.get_by_label("Why should this count differently?").fill("I did say so, in my second message.")
    page.get_by_role("button", name="Send it").click()
    take(page, "The vanishing prints")


PREPARED = {MANAGER: _invite, AT_WORK: _work}  # what each does before the first visit


@cache
def _broken() -> HttpResponse:
    """What a server says whose view fails; a healthy one never does, so it is asked of the product here."""
    with override_settings(ROOT_URLCONF="tests.test_errors", ALLOWED_HOSTS=["*"]):
        return Client(raise_request_exception=False).get(BROKEN)


def _answer_broken(route: Route) -> None:
    said = _broken()
    route.fulfill(status=said.status_code, headers=dict(said.headers), body=said.content)


class Visits:
    """Pages in a browser for one after another of the people; each signs in once."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.signed_in: dict[str, dict] = {}

    @contextmanager
    def page(self, who: str, *, scheme: str = "light", width: int = 1440):
        """A page of a browser that has seen nothing yet, but knows who it is."""
        context = self._context(who, color_scheme=scheme, viewport={"width": width, "height": 900})
        try:
            yield context.new_page()
        finally:
            leave(context)

    def cookie(self, who: str) -> str:
        """What a browser of this person sends."""
        self._know(who)
        return "; ".join(f"{each['name']}={each['value']}" for each in self.signed_in[who]["cookies"])

    def _know(self, who: str) -> None:
        if who in self.signed_in:
            return
        if who == COACH:
            self._know(AT_WORK)  # contests what the coach reviews
        context = self._context("")
        if who:
            page = context.new_page()
            sign_in(page, who)
            PREPARED.get(who, lambda page: None)(page)
        self.signed_in[who] = context.storage_state()
        context.close()

    def _context(self, who: str, **options) -> BrowserContext:
        if who:
            self._know(who)
            options["storage_state"] = self.signed_in[who]
        context = self.browser.new_context(base_url=self.url, reduced_motion="reduce", **options)
        context.route(f"**{BROKEN}", _answer_broken)
        return context


def leave(context: BrowserContext) -> None:
    """Its pages go; itself ends with the browser, for closing one was seen to wait for ever (Chromium 156)."""
    for page in context.pages:
        page.on("dialog", lambda dialog: dialog.accept())  # what is not sent yet may go
        page.goto("about:blank")


def listen(page: Page) -> list[str]:
    """What the console complains of, as it comes; what a policy refuses is among it."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    return complaints


def barriers(page: Page) -> list[str]:
    """What axe finds once colours have come to rest: page, rule, and where."""
    page.evaluate(AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{page.url} {each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found]
