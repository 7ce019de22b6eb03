"""The workbench around the conversation: keyboard, palette, panels, questions, clocks, drafts, tour."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, sign_in, take
from tests.browser.keys import Keys
from tests.browser.places import barriers

VPN, LOCKED = "VPN will not connect", "Locked out on Monday"
PROBLEM = "The VPN stops with a certificate failure."


def test_a_whole_ticket_by_keyboard_alone(page: Page) -> None:
    sign_in(page, "jonas.lind@demo.example")
    keys = Keys(page)
    keys.take(LOCKED)
    keys.work("locked-out-monday")
    expect(page.get_by_role("heading", name="Every criterion")).to_be_visible(timeout=30_000)


def test_find_or_do_looks_up_writes_and_goes(page: Page) -> None:
    sign_in(page, "chiara.conti@demo.example")
    take(page, VPN)
    field = page.get_by_role("combobox", name="Find or do")

    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("lopez")
    chosen = page.locator("#palette [aria-selected=true]")
    expect(chosen).to_have_text(re.compile("Look up in the directory:.*lopez"))
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    page.keyboard.press("Enter")
    expect(page.locator("#people article").first).to_contain_text("Maria Lopez")

    page.keyboard.press("Control+k")
    page.keyboard.type("certificate")
    page.keyboard.press("ArrowUp")
    for _ in range(20):
        if "knowledge base" in page.locator("#palette [aria-selected=true]").inner_text():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#hits .hit")).not_to_have_count(0)

    page.keyboard.press("Control+k")
    page.keyboard.type("pending")
    page.keyboard.press("Enter")
    clock = page.locator("[data-clock=resolution]")
    expect(clock).to_have_attribute("data-state", "paused")
    expect(clock).to_contain_text("waiting for the customer")

    page.keyboard.press("Control+k")
    page.keyboard.type("anything else")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Message", exact=True)).to_have_value(re.compile("Is there anything else"))
    page.get_by_label("Message", exact=True).clear()

    page.locator("h1").click()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    with page.expect_response("**/look/"):
        sheet.get_by_role("button", name="Off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()

    page.reload()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()


def test_panels_are_resized_by_key_and_by_hand_and_stay_so(page: Page) -> None:
    sign_in(page, "chiara.conti@demo.example")
    take(page, LOCKED)
    bar = page.get_by_role("separator", name="Width of the ticket panel")
    panel = page.locator("#panel-ticket")
    usual = panel.bounding_box()["width"]

    bar.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert panel.bounding_box()["width"] == usual + 32
    expect(bar).to_have_attribute("aria-valuenow", str(round(usual) + 32))
    page.reload()
    expect(bar).to_have_attribute("aria-valuenow", str(round(usual) + 32))
    assert panel.bounding_box()["width"] == usual + 32

    box = bar.bounding_box()
    page.mouse.move(box["x"], box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 100, steps=3)
    page.mouse.up()
    assert panel.bounding_box()["width"] == pytest.approx(usual + 92, abs=2)
    page.keyboard.press("Home")
    assert panel.bounding_box()["width"] == 240
    bar.dblclick()
    assert panel.bounding_box()["width"] == usual
    assert page.evaluate("document.documentElement.scrollHeight") <= 900


def test_a_dangerous_action_asks_once_and_gives_the_focus_back(page: Page) -> None:
    sign_in(page, "elif.demir@demo.example")
    desk = take(page, VPN)
    desk._tab("Tools")
    tool = page.get_by_role("button", name=re.compile("^Switch off certificate check"))
    tool.dblclick()  # the second press is no answer to the question
    question = page.get_by_role("dialog", name="“Switch off certificate check” without enough proof?")
    expect(question).to_contain_text("accepts this user without a valid certificate")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(tool).to_be_focused()
    expect(page.locator("#runs .result")).to_have_count(0)

    page.get_by_role("button", name=re.compile("^Re-issue certificate")).click()
    page.get_by_role("button", name="Do it all the same").click()
    expect(page.locator("#runs .result[data-state=done]")).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("Re-issue certificate")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_clocks_warn_and_are_late_aloud_once(page: Page) -> None:
    sign_in(page, "elif.demir@demo.example")
    page.clock.install()
    take(page, LOCKED)
    clock, said = page.locator("[data-clock=first]"), page.locator("#said")
    expect(clock).to_have_attribute("data-state", "running")
    page.clock.fast_forward(50_000)
    expect(clock).to_have_attribute("data-state", "warning")
    expect(clock).to_contain_text("due soon")
    expect(said).to_have_text("First response: three quarters of the time are over.")
    page.clock.fast_forward(20_000)
    expect(clock).to_contain_text("late")
    expect(said).to_have_text("First response: the time is over. Go on all the same.")


@pytest.mark.kills_server
def test_what_is_written_for_the_resolution_is_never_lost(page: Page) -> None:
    sign_in(page, "farah.haddad@demo.example")
    take(page, LOCKED)
    page.keyboard.press("Alt+4")
    problem = page.locator("#id_problem")
    problem.fill(PROBLEM)
    item = page.locator("#checklist li").filter(has_text="Problem written")
    expect(item).to_have_attribute("data-done", "true")
    expect(page.locator("#draft-state")).to_have_text(re.compile(r"Saved \d\d:\d\d"), timeout=5_000)

    page.context.set_offline(True)
    problem.fill(f"{PROBLEM} Since this morning.")
    expect(page.locator("#draft-state")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    expect(page.locator("#draft-state")).to_have_text(re.compile(r"Saved \d\d:\d\d"))

    kept = "Typed a moment before the tab is closed."
    problem.fill(kept)
    page.reload()
    expect(problem).to_have_value(kept)
    page.keyboard.press("Alt+4")
    page.get_by_label("Escalate").check()
    expect(page.get_by_label("Team", exact=True)).to_be_visible()
    page.get_by_role("button", name="Finish ticket").click()
    expect(page.get_by_text("Name the team that takes over.")).to_be_visible()
    expect(page.locator("#resolution [aria-invalid=true]").first).to_be_focused()
    expect(page.locator("#resolution .field__count").first).to_have_text(f"{len(kept)} / 1000")


@pytest.mark.kills_server
def test_a_tool_that_cannot_be_reached_is_offered_again(page: Page) -> None:
    sign_in(page, "farah.haddad@demo.example")
    desk = take(page, VPN)
    desk._tab("Tools")
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^VPN service status")).click()
    expect(page.locator("#trouble")).to_contain_text("this was not done")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#runs .result[data-state=done]")).to_contain_text("VPN service status")
    expect(page.locator("#trouble")).to_be_empty()


def test_an_article_is_cited_and_a_search_found_again(page: Page) -> None:
    sign_in(page, "jonas.lind@demo.example")
    desk = take(page, VPN)
    desk.search("certificate expired")
    desk.open("vpn-certificate-renewal")
    page.get_by_role("button", name="Cite in note").click()
    expect(page.locator("#cited :checked")).to_have_value("vpn-certificate-renewal")
    expect(page.locator("#said")).to_contain_text("Articles used")
    desk.search("printer")
    page.get_by_text("things looked up in this session").click()
    page.get_by_role("link", name=re.compile("certificate expired")).click()
    expect(page.locator("#found")).to_contain_text("for “certificate expired”")


def test_newcomers_are_shown_around_once(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("First name").fill("Tom")
    page.get_by_label("Last name").fill("Tourist")
    page.get_by_label("Email").fill(f"tom.{uuid4().hex[:8]}@people.example")
    page.get_by_role("textbox", name="Password").first.fill("four-words-make-a-door")
    page.get_by_role("button", name="Create account").click()
    page.get_by_label("The mail").get_by_role("link").first.click()
    page.get_by_role("button", name="Yes, confirm").click()
    page.goto("/catalogue/locked-out-monday/")
    page.get_by_role("button", name="Start").click()

    tour = page.locator("#tour")
    expect(page.get_by_label("Message", exact=True)).to_be_focused()
    page.keyboard.type("Good morning, I am on it.")
    page.keyboard.press("Enter")
    expect(tour.get_by_role("button", name="Next")).to_be_focused()
    for heading in ("The conversation", "Research, directory, tools", "The resolution", "Clocks, and"):
        page.keyboard.press("Enter")
        expect(tour.get_by_role("heading", name=heading)).to_be_visible()
    with page.expect_response("**/tour/done/") as answer:
        page.keyboard.press("Escape")
    assert answer.value.status == 204
    page.reload()
    expect(page.get_by_label("Message", exact=True)).to_be_focused()
    expect(tour).to_be_hidden()

    page.keyboard.press("Control+k")
    page.keyboard.type("tour")
    page.keyboard.press("Enter")
    expect(tour.get_by_role("heading", name="The ticket, and who is calling")).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "who", "widths"),
    [
        ("light", "amara.okoye@demo.example", (375, 768, 1440, 1920)),
        ("dark", "hugo.silva@demo.example", (375, 1440)),
    ],
)
def test_what_opens_over_the_workbench_is_open_to_everyone(
    page: Page, scheme: str, who: str, widths: tuple[int, ...]
) -> None:
    sign_in(page, who)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    take(page, LOCKED)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.keyboard.press("Control+k")
        found += barriers(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Keys").click()
        found += barriers(page)
        page.get_by_role("button", name="Take the tour").click()
        found += barriers(page)
        box = page.locator("#tour").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
    assert found == []


def test_a_phone_says_what_waits_behind_its_tabs(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    sign_in(page, "amara.okoye@demo.example")
    page.goto("/catalogue/vpn-will-not-connect/")
    page.get_by_role("button", name="Start").click()
    page.wait_for_load_state("load")
    desk = Desk(page)
    assert page.locator(".workbench__bar .mono").bounding_box()["height"] < 30
    page.get_by_role("tab", name="Tools").first.click()
    page.locator("#text").evaluate(
        "field => { field.value = 'Good morning Maria, what does the screen say?'; field.form.requestSubmit(); }"
    )
    expect(page.get_by_role("tab", name=re.compile(r"^Chat \d new$"))).to_be_visible()
    desk._tab("Tools")
    page.get_by_role("button", name=re.compile("^VPN service status")).click()
    page.get_by_role("tab", name="Chat").click()
    expect(page.get_by_role("tab", name="Tools 1 new")).to_be_visible()
    expect(page.get_by_role("tab", name="Chat", exact=True)).to_be_visible()
