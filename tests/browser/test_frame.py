"""What stands around every page: the look, forms, brief messages, and the site without a network."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from gamification.demo.people import LEARNER
from tests.browser.desk import sign_in
from tests.browser.places import barriers
from tests.browser.server import Server

HTML = "html"
TRAINER = "trainer@demo.example"
WIDTHS = (375, 768, 1440, 1920)


def barriers_at_all_widths(page: Page) -> list[str]:
    """Of the page as it stands, whatever is open on it; no width makes it scroll sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += barriers(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} scrolls sideways at {width}")
    return found


def test_the_theme_changes_at_once_and_stays(page: Page) -> None:
    page.goto("/")
    page.locator("summary[aria-label='Light or dark']").click()
    with page.expect_response("**/look/"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator(HTML)).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.goto("/accounts/login/")
    expect(page.locator(HTML)).to_have_attribute("data-theme", "dark")


def test_without_script_the_theme_is_a_form(server: Server, chromium: Browser) -> None:
    context = chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("summary[aria-label='Light or dark']").click()
    page.get_by_role("button", name="Dark").click()
    expect(page).to_have_url(re.compile("/accounts/login/$"))
    expect(page.locator(HTML)).to_have_attribute("data-theme", "dark")
    context.close()


def test_a_trial_lets_one_in_with_one_press(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Learner").click()
    expect(page).to_have_url(re.compile("/dashboard/$"))


def test_a_password_can_be_looked_at(page: Page) -> None:
    page.goto("/accounts/login/")
    field = page.get_by_role("textbox", name="Password")
    field.fill("correct-horse")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "password")


def test_a_refused_sign_in_stands_at_the_reason(page: Page) -> None:
    page.goto("/accounts/login/")
    expect(page.get_by_label("Email")).to_be_focused()
    page.get_by_label("Email").fill("nobody@demo.example")
    page.get_by_role("textbox", name="Password").fill("not-the-word")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert barriers_at_all_widths(page) == []


def test_a_refused_sign_up_stands_in_the_first_wrong_field(page: Page) -> None:
    page.goto("/accounts/signup/")
    for label in ("First name", "Last name"):
        page.get_by_label(label).fill("Nora")
    page.get_by_label("Email").fill("nora@demo.example")
    page.get_by_role("textbox", name="Password").fill("12345")
    page.get_by_role("button", name="Create account").click()
    field = page.get_by_role("textbox", name="Password")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("at least 8 characters"))
    assert barriers_at_all_widths(page) == []


def test_a_level_is_told_with_joy_and_can_be_put_away(page: Page) -> None:
    sign_in(page, LEARNER)
    news = {
        "title": "Level 3 reached",
        "body": "More tickets are open to you.",
        "url": "/achievements/",
        "tone": "joy",
    }
    page.evaluate(
        """async (news) => {
            const address = document.querySelector("script[src*='/me.']")?.src.replace(/me\\.[^/]*$/, "toast.js");
            (await import(address)).toast(news);
        }""",
        news,
    )
    said = page.get_by_role("status").filter(has_text="Level 3 reached")
    expect(said).to_contain_text("More tickets are open to you.")
    expect(said.get_by_role("link")).to_have_attribute("href", re.compile("/achievements/$"))
    assert barriers_at_all_widths(page) == []
    said.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("Level 3 reached")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_open_has_no_barrier(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, LEARNER)
    page.locator("summary[aria-label='Your account']").click()
    assert barriers_at_all_widths(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_without_barriers(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, TRAINER)
    page.goto("/styleguide/")
    found = barriers_at_all_widths(page)
    page.get_by_role("button", name="Open a dialog").click()
    assert [*found, *barriers_at_all_widths(page)] == []


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/accounts/signup/", "/offline/"])
def test_nothing_scrolls_sideways_on_the_smallest_screen(page: Page, path: str) -> None:
    """320 px is also what 400 % of zoom leaves of a desk's screen."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.kills_server
def test_without_a_network_a_page_explains(page: Page) -> None:
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.goto("/accounts/login/")
    expect(page.get_by_role("heading", name="What is kept")).to_be_visible()
    assert barriers_at_all_widths(page) == []
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
