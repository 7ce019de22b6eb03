"""No page has a serious barrier (axe), and none complains in the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from gamification.demo.people import LEARNER, MANAGER
from tests.browser.desk import sign_in, take

LEARNER_PAGES = [
    "/dashboard/",
    "/catalogue/",
    "/catalogue/vpn-will-not-connect/",
    "/tickets/",
    "/performance/",
    "/achievements/",
    "/leaderboard/",
    "/knowledge/",
    "/knowledge/vpn-certificate-renewal/",
    "/notices/",
    "/settings/",
]


AT_REST = """document.getAnimations().forEach(
    each => each.effect.getComputedTiming().endTime === Infinity ? each.cancel() : each.finish()
)"""


def barriers(page: Page) -> list[str]:
    """What axe finds serious once colours have come to rest."""
    page.evaluate(AT_REST)
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {each['id']}: {[node['html'][:120] for node in each['nodes']]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme, pages", [("light", LEARNER_PAGES), ("dark", LEARNER_PAGES[:3])])
def test_pages_of_a_learner(page: Page, scheme: str, pages: list[str]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, LEARNER)
    found = []
    for address in pages:
        page.goto(address)
        found += barriers(page)
    page.goto("/tickets/")
    page.get_by_role("link", name="Debrief").first.click()
    expect(page.get_by_role("heading", name="Every criterion")).to_be_visible()
    assert [*found, *barriers(page)] == []


def test_pages_of_a_visitor_and_of_a_manager(page: Page) -> None:
    found = []
    for address in ("/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"):
        page.goto(address)
        found += barriers(page)
    sign_in(page, MANAGER)
    page.goto("/cohorts/")
    found += barriers(page)
    page.get_by_role("link", name="Autumn intake").first.click()
    found += barriers(page)
    page.goto(page.url + "report/")
    expect(page.get_by_role("table").first).to_be_visible()
    assert [*found, *barriers(page)] == []


@pytest.mark.parametrize("size", [(1440, 900), (375, 812)], ids=["desk", "phone"])
def test_the_workbench(page: Page, size: tuple[int, int]) -> None:
    sign_in(page, "daniel.keller@demo.example" if size[0] > 900 else "hugo.silva@demo.example")
    take(page, "VPN will not connect")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found = barriers(page)
    for panel in range(1, 5):
        page.keyboard.press(f"Alt+{panel}")
        found += barriers(page)
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
