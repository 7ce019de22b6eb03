"""The server dies without warning. What was acknowledged is kept, what was owed is done."""

import pytest
from playwright.sync_api import Page, expect

from gamification.demo.analyst import scripts
from tests.browser.desk import ANSWER, Desk, sign_in, take
from tests.browser.server import Server
from tests.browser.test_journeys import earned

SCORED_MS = 60_000  # the promise, once things are well again
HASTY = ["Which devices do you use with this account?", "Since when is it like that?", "Who else has it?"]


@pytest.mark.kills_server
def test_a_conversation_and_its_score_survive(page: Page, server: Server) -> None:
    sign_in(page, "bao.tran@demo.example")
    desk = take(page, "Locked out on Monday")
    desk.say("Good morning Priya, being locked out again is a rough start.")
    for text in HASTY:
        desk.send(text)
    server.kill()
    expect(page.locator("#link-state")).to_have_attribute("data-state", "lost")
    while_down = "Did you change your password recently?"
    page.get_by_label("Message", exact=True).fill(while_down)
    page.keyboard.press("Enter")

    server.start("--prepared")
    for text in [*HASTY, while_down]:
        own = page.locator("#conversation .bubble--out").filter(has_text=text)
        expect(own).to_have_count(1)
        expect(own.locator("[data-mark=sent]")).to_be_visible(timeout=30_000)
    expect(own.locator(ANSWER).first).to_be_visible(timeout=30_000)
    page.reload()
    _transcript_is_whole(page, [*HASTY, while_down])

    written = scripts("locked-out-monday")["careful"][-1]["resolve"]
    Desk(page).fill_in(written | {"cited": []})
    address = page.url
    with page.expect_response(lambda answer: answer.url.endswith("/resolve/")):
        page.get_by_role("button", name="Finish ticket").click()
    server.kill()
    server.start("--prepared")
    page.goto(f"{address}debrief/")
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("heading", name="Every criterion")).to_be_visible(timeout=SCORED_MS)
    assert earned(page) >= 5


def _transcript_is_whole(page: Page, texts: list[str]) -> None:
    """Each message once, numbered without holes, the last one answered."""
    bubbles = page.locator("#conversation [data-seq]")
    numbers = [int(bubble.get_attribute("data-seq")) for bubble in bubbles.all()]
    assert numbers == list(range(1, len(numbers) + 1))
    said = page.locator("#conversation .bubble--out .bubble__text").all_inner_texts()
    assert said[1:] == texts
    assert "bubble--in" in bubbles.last.get_attribute("class")
