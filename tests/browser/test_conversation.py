"""The conversation panel, in a browser and with the product's own server: nothing is lost, doubled or in the way."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import sign_in, take
from tests.browser.server import Server
from tests.browser.talk import Cable, Database, Talk

TICKET = "Locked out on Monday"


@pytest.fixture
def cable(page: Page) -> Cable:
    return Cable(page)


@pytest.fixture(scope="module")
def cookies(server: Server, chromium: Browser) -> list:
    """Of a learner who has signed in."""
    context = chromium.new_context(base_url=server.url)
    sign_in(context.new_page(), "kavya.rao@demo.example")
    known = context.cookies()
    context.close()
    return known


@pytest.fixture
def talk(page: Page, cookies: list) -> Iterator[Talk]:
    """A ticket that was just taken; abandoned in the end, for the next test."""
    page.context.add_cookies(cookies)
    page.goto("/dashboard/")
    take(page, TICKET)
    yield Talk(page)
    page.get_by_role("button", name="Abandon").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Abandon").click()
    expect(page).not_to_have_url(re.compile("/sessions/[^/]+/$"))


@pytest.mark.kills_server
def test_a_network_cut_loses_and_doubles_nothing(page: Page, talk: Talk, server: Server) -> None:
    talk.write("Good morning Priya.")
    talk.expect_sent("Good morning Priya.")
    page.context.set_offline(True)
    expect(talk.line).to_have_text("Offline. What you write is kept and sent when the connection is back.")
    for text in ("Since when is it like that?", "Which phone do you use?"):
        talk.write(text)
        expect(talk.mark(text)).to_have_text("waiting")
    expect(talk.line).to_have_text("Offline. 2 messages wait here and will be sent.")
    expect(talk.own("Which phone")).to_have_class(re.compile("bubble--joined"))
    page.context.set_offline(False)
    talk.expect_sent("Since when is it like that?", "Which phone do you use?")
    expect(talk.line).to_have_text("")
    expect(talk.bubbles.last).to_have_class(re.compile("bubble--in"))
    assert Database(server, page).texts() == [
        "Good morning Priya.",
        "Since when is it like that?",
        "Which phone do you use?",
    ]
    talk.expect_order()


def test_what_waits_survives_a_reload(page: Page, cable: Cable, talk: Talk, server: Server) -> None:
    cable.pull()
    expect(talk.line).to_have_text(re.compile("^Connection lost"))
    talk.write("Are you still there?")
    page.get_by_label("Internal note").check()
    talk.text.fill("She sounds tired.")
    page.reload()
    expect(talk.mark("Are you still there?")).to_have_text("waiting")
    expect(talk.line).to_have_text("Connection lost. Trying again. 1 message waits here and will be sent.")
    expect(talk.text).to_have_value("She sounds tired.")
    expect(page.get_by_label("Internal note")).to_be_checked()  # it must not become a reply
    cable.plug_in()
    talk.expect_sent("Are you still there?")
    page.reload()
    talk.expect_sent("Are you still there?")
    assert Database(server, page).texts() == ["Are you still there?"]


def test_two_tabs_are_one_conversation(page: Page, cable: Cable, talk: Talk, server: Server) -> None:
    other = Talk(page.context.new_page())
    other.page.goto(page.url)
    expect(other.bubbles).to_have_count(1)
    talk.text.fill("Half a sen")
    expect(other.text).to_have_value("Half a sen")
    cable.pull()
    expect(other.line).to_have_attribute("data-state", "lost")
    for text in ("First from here.", "Second from here."):
        talk.write(text)
        expect(other.mark(text)).to_have_text("waiting")
    expect(other.text).to_have_value("")
    other.write("And one from there.")
    expect(talk.line).to_contain_text("3 messages wait here")
    cable.plug_in()
    texts = ["First from here.", "Second from here.", "And one from there."]
    for tab in (talk, other):
        tab.expect_sent(*texts)
        expect(tab.bubbles.last).to_have_class(re.compile("bubble--in"))
        tab.expect_order()
    assert Database(server, page).texts() == texts


def test_a_refused_message_waits_for_a_decision(page: Page, cable: Cable, talk: Talk) -> None:
    cable.refuses = "Do you have a minute?"
    failed = talk.write("Do you have a minute?")
    expect(failed).to_contain_text("Not sent. Too much for the line.")
    expect(page.locator("#log-said")).to_contain_text("Not sent. Too much for the line.")
    page.reload()
    retry = failed.get_by_role("button", name="Try again")
    retry.focus()
    page.keyboard.press("Enter")
    talk.expect_sent("Do you have a minute?")

    cable.refuses = "Something long"
    talk.write("Something long").get_by_role("button", name="Edit").click()
    expect(talk.own("Something long")).to_have_count(0)
    expect(talk.text).to_have_value("Something long")


@pytest.mark.kills_server
def test_a_server_that_dies_in_mid_reply_answers_once(page: Page, talk: Talk, server: Server) -> None:
    question = "Which devices do you use with this account?"
    talk.write(question)
    expect(talk.mark(question)).to_have_attribute("data-mark", "sent")
    server.kill()
    expect(talk.line).to_have_attribute("data-state", "lost")
    server.start("--prepared")
    expect(talk.bubbles.last).to_have_class(re.compile("bubble--in"), timeout=40_000)
    expect(talk.line).to_have_text("")
    database = Database(server, page)
    assert database.turns_for(question) == 1
    shown = talk.log.locator(".bubble--in .bubble__text").all_inner_texts()
    assert shown == database.texts("ai")
    talk.expect_order()


def test_earlier_messages_come_as_one_scrolls(page: Page, talk: Talk, server: Server) -> None:
    Database(server, page).fill(120)
    page.reload()
    expect(talk.bubbles).to_have_count(50)
    line = talk.own("Line 75.")
    line.scroll_into_view_if_needed()  # the button is near by then
    before = line.bounding_box()["y"]
    expect(talk.bubbles).to_have_count(100)
    assert line.bounding_box()["y"] == pytest.approx(before, abs=1)  # nothing jumps
    talk.log.evaluate("log => log.scrollTop = 0")
    expect(talk.bubbles).to_have_count(121)
    expect(page.locator("#earlier")).to_be_hidden()
    expect(page.locator(".conversation__day")).to_have_count(len(days(talk)))
    talk.expect_order()
    joined = talk.bubbles.evaluate_all("all => all.map(each => each.classList.contains('bubble--joined'))")
    page.reload()
    expect(talk.bubbles).to_have_count(50)
    as_rendered = talk.bubbles.evaluate_all(
        "all => all.map(each => each.classList.contains('bubble--joined'))"
    )
    assert joined[-49:] == as_rendered[1:]  # script groups as the server does


def days(talk: Talk) -> set[str]:
    return set(talk.bubbles.evaluate_all("all => all.map(each => each.dataset.day)"))


def test_earlier_messages_by_keyboard(page: Page, talk: Talk, server: Server) -> None:
    Database(server, page).fill(60)
    page.reload()
    expect(talk.bubbles).to_have_count(50)
    talk.log.focus()
    page.keyboard.press("ArrowUp")
    expect(talk.bubbles.last).to_be_focused()
    expect(talk.bubbles.last.locator(".bubble__full")).to_be_visible()
    page.keyboard.press("Home")
    expect(talk.bubbles).to_have_count(61)
    page.keyboard.press("ArrowUp")
    expect(talk.own("Line 11.")).to_be_focused()


def test_who_reads_above_is_not_moved(page: Page, talk: Talk, server: Server) -> None:
    Database(server, page).fill(40)
    page.reload()
    talk.text.fill("What does the message say?")
    other = Talk(page.context.new_page())
    other.page.goto(page.url)
    talk.log.evaluate("log => log.scrollTop = 0")
    jump = page.get_by_role("button", name="Jump to latest")
    expect(jump).to_be_visible()
    other.page.keyboard.press("Enter")
    expect(jump).to_have_text(re.compile(r"[12]$"))
    assert talk.log.evaluate("log => log.scrollTop") == 0
    jump.click()
    expect(jump).to_be_hidden()
    line = page.locator(".conversation__divider")
    expect(line).to_have_text("New messages")
    expect(line.locator("xpath=following-sibling::*[contains(@class, 'bubble--in')]").first).to_be_visible()
    talk.write("Thank you.")
    expect(line).to_have_count(0)


def test_who_is_at_the_end_stays_there_whatever_grows(page: Page, talk: Talk, server: Server) -> None:
    Database(server, page).fill(40)
    page.reload()
    expect(talk.bubbles).to_have_count(41)
    talk.write("Good morning Priya.")
    talk.text.fill("One more line.\n" * 12)
    talk.expect_sent("Good morning Priya.")
    expect(talk.bubbles.last).to_have_class(re.compile("bubble--in"))
    expect(talk.bubbles.last).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Jump to latest")).to_be_hidden()
    talk.text.fill("")


def test_new_messages_are_read_out_once_and_not_ones_own(page: Page, talk: Talk) -> None:
    page.evaluate("""() => {
        window.heard = [];
        const listen = (changes) => changes.forEach((each) => each.addedNodes.forEach((node) => heard.push(node.textContent)));
        new MutationObserver(listen).observe(document.getElementById("log-said"), { childList: true });
    }""")
    talk.write("Good morning Priya.")
    expect(talk.bubbles.last).to_have_class(re.compile("bubble--in"))
    expect(page.locator("#typing")).to_have_attribute("data-on", "false")
    said = talk.log.locator(".bubble--in .bubble__text").all_inner_texts()[1:]
    assert page.evaluate("heard") == [f"Priya Nair: {text}" for text in said]
    expect(talk.log).to_have_attribute("aria-live", "off")


def test_a_canned_reply_by_its_name(page: Page, talk: Talk) -> None:
    talk.text.press_sequentially("/he")
    choice = page.locator("#suggestions").get_by_role("option")
    expect(choice).to_have_count(1)
    expect(talk.text).to_have_attribute("aria-activedescendant", "canned-hello")
    page.keyboard.press("Enter")
    expect(talk.text).to_have_value(re.compile(r"^Hello Priya, this is Kavya .* TKT-\d+-\d+\.$"))
    expect(choice).to_have_count(0)
    page.keyboard.press("Shift+Enter")
    talk.text.press_sequentially("/")
    expect(choice).not_to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(talk.text).to_have_attribute("aria-activedescendant", "canned-verify")
    page.keyboard.press("Escape")
    expect(choice).to_have_count(0)
    expect(talk.text).to_have_value(re.compile(r"\n/$"))
    talk.text.fill("")


def test_an_article_by_two_question_marks(page: Page, talk: Talk) -> None:
    talk.text.press_sequentially("Look: ??account locks again")
    choice = page.locator("#suggestions").get_by_role("option").first
    expect(choice).to_have_text(re.compile("Account locks again and again"))
    page.keyboard.press("Enter")
    expect(talk.text).to_have_value(
        re.compile(r"^Look: From the knowledge base, “Account locks again and again”:\n1\. ")
    )
    page.locator(".drawer__handle").click()
    expect(page.get_by_label("Account locks again and again")).to_be_visible()  # to be cited
    talk.text.fill("")


def test_too_long_a_text_is_kept_and_not_sent(page: Page, talk: Talk) -> None:
    count = page.locator("#count")
    talk.text.fill("a" * 899)
    expect(count).to_have_text("")
    talk.text.fill("a" * 900)
    expect(count).to_have_text("900 of 1000 characters")
    talk.text.fill("a" * 1100)
    expect(count).to_have_text("100 characters too many")
    expect(page.get_by_role("alert").filter(has_text="Nothing of yours is lost")).to_be_visible()
    page.keyboard.press("Enter")
    expect(talk.text).to_have_value("a" * 1100)
    expect(talk.bubbles).to_have_count(1)
    page.reload()
    expect(talk.text).to_have_value("a" * 1100)
    talk.text.fill("")


def test_enter_in_an_input_method_does_not_send(page: Page, talk: Talk) -> None:
    talk.text.fill("nihon")
    talk.text.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(talk.text).to_have_value("nihon")
    page.keyboard.press("Shift+Enter")
    expect(talk.text).to_have_value("nihon\n")
    talk.text.fill("")


def test_a_browser_that_keeps_nothing_says_so(page: Page, cable: Cable, talk: Talk) -> None:
    page.evaluate("""() => {
        Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    talk.text.fill("Hello")
    expect(page.locator("#storage-state")).to_contain_text("does not let the page keep what you write")
    cable.pull()
    talk.write("Hello there.")
    expect(talk.mark("Hello there.")).to_have_text("waiting")
    cable.plug_in()
    talk.expect_sent("Hello there.")
    expect(page.locator("#storage-state")).to_have_text("")
