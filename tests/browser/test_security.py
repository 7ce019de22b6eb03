"""Forty scripts in every field that takes words: none runs, none becomes an element, none troubles the policy."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from gamification.demo.people import MANAGER
from tests.browser.desk import Desk, sign_up, take
from tests.browser.payloads import HARMLESS, PAYLOADS, batches, nothing_got_in
from tests.browser.places import TRAINER, Visits, listen


@pytest.fixture
def watched(visits: Visits):
    """`watched(who)`: a page on which nothing may run and nothing may complain."""

    @contextmanager
    def watch(who: str, *, silent: bool = True) -> Iterator[Page]:
        with visits.page(who) as page:
            ran: list[str] = []
            page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
            complaints = listen(page)
            yield page
            assert ran == []
            assert complaints == [] or not silent

    return watch


def test_a_page_that_let_them_in_would_be_noticed(chromium: Browser) -> None:
    page = chromium.new_page()
    unsafe = [
        f"""<p>{each}</p><p title="{each}"></p><p title='{each}'></p><p title={each}></p>"""
        for each in PAYLOADS
    ]
    unseen = page.evaluate(HARMLESS, unsafe)
    page.close()
    assert len(set(PAYLOADS)) == 40
    assert [each for each in unseen if "](" not in each] == []  # Markdown is harmless as it stands


def sent(page: Page, form: str, texts: list[dict[str, str]]) -> list[str]:
    """The pages that answer when a form is sent as it stands, but for these texts; each is sent without being drawn."""
    fields = page.locator(form).evaluate("form => Object.fromEntries(new FormData(form))")
    address, pages = page.url, []
    for each in texts:
        answer = page.request.post(address, form=fields | each, headers={"Referer": address})
        assert answer.ok
        pages.append(answer.text())
    return pages


def test_a_name(watched) -> None:
    with watched("") as page:
        sign_up(page, *PAYLOADS[:2])
        page.goto("/settings/")
        names = [
            {"first_name": first, "last_name": last}
            for first, last in zip(PAYLOADS[::2], PAYLOADS[1::2], strict=True)
        ]
        pages = sent(page, "main form:has([name=first_name])", names)
        assert page.evaluate(HARMLESS, pages) == pages
        page.reload()
        last = f"{PAYLOADS[-2]} {PAYLOADS[-1]}"
        expect(page.locator(".menu__who strong")).to_have_text(last, use_inner_text=False)
        nothing_got_in(page)


def test_messages_notes_searches_a_resolution_and_a_contest(watched) -> None:
    with watched("") as page:
        sign_up(page)
        desk = take(page, "Locked out on Monday")
        for text in batches(1000):
            desk.send(text)
        page.get_by_text("Internal note", exact=True).first.click()
        for text in batches(1000):
            desk.send(text)
        page.get_by_role("tab", name="Directory").last.click()
        for field in ("Search people", "Search devices"):
            page.get_by_label(field).fill(batches(1000)[0])
            page.keyboard.press("Enter")
        nothing_got_in(page)
        page.reload()
        nothing_got_in(page)
        written = {name: batches(1000)[-1] for name in ("problem", "cause", "steps", "test")}
        desk.resolve(written | {"type": "resolved", "cited": []})
        expect(page.get_by_role("heading", name="Every criterion")).to_be_visible(timeout=30_000)
        nothing_got_in(page)
        page.goto(page.locator("main a[href*='/contest/']").last.get_attribute("href"))
        reason = max(batches(1000), key=len)
        page.get_by_label("Why should this count differently?").fill(reason)
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_role("heading", name="You contested this")).to_be_visible()
        nothing_got_in(page)
    with watched(TRAINER) as page:
        page.goto("/reviews/")
        page.get_by_role("link", name="Contested:").last.click()
        expect(page.get_by_text(reason[:40]).first).to_be_visible()
        nothing_got_in(page)


def test_a_ticket_takes_no_words_at_all(watched) -> None:
    with watched("", silent=False) as page:
        sign_up(page)
        desk: Desk = take(page, "Locked out on Monday")
        token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        for field in ("category", "impact", "urgency", "status"):
            form = {"csrfmiddlewaretoken": token, field: PAYLOADS[0]}
            answer = page.request.post(f"{page.url}ticket/change/", form=form, headers={"Referer": page.url})
            assert answer.status in (400, 422)
        page.reload()
        expect(page.get_by_text(desk.ticket).first).to_be_visible()
        nothing_got_in(page)


def test_what_is_searched_and_filtered(watched) -> None:
    with watched(TRAINER) as page:
        for address in (
            "/knowledge/?q=",
            "/catalogue/?q=",
            "/tickets/?q=",
            "/tickets/?sort=",
            "/notices/?unread=",
        ):
            for text in batches(1000):
                page.goto(address + "".join(f"%{byte:02x}" for byte in text.encode()))
                nothing_got_in(page)


def test_an_article(watched) -> None:
    with watched(TRAINER) as page:
        page.goto("/admin/knowledge/article/add/")
        fields = {"slug": "forty-scripts", "title": batches(200)[0], "summary": batches(400)[0]}
        for name, value in (fields | {"body": "\n\n".join(PAYLOADS), "tags": "script"}).items():
            page.locator(f"[name={name}]").fill(value)
        page.locator("[name=category]").select_option("software")
        page.locator("[name=_save]").click()
        expect(page.locator("#changelist-form")).to_be_visible()
        page.goto("/admin/knowledge/article/?q=forty-scripts")
        page.locator("[name=_selected_action]").check(force=True)
        page.locator("[name=action]").select_option("publish", force=True)
        page.locator("#changelist-form").evaluate("form => form.requestSubmit()")
        expect(page.get_by_text("Published: everyone finds them now.")).to_be_visible()
        page.goto("/knowledge/forty-scripts/")
        expect(page.get_by_text("alert(1)").first).to_be_visible()
        nothing_got_in(page)
        page.goto("/knowledge/?q=script+alert")
        nothing_got_in(page)


def test_the_name_of_a_cohort(watched) -> None:
    with watched(MANAGER) as page:
        page.goto("/cohorts/")
        names = batches(120)
        pages = sent(page, "main form:has([name=name])", [{"name": name} for name in names])
        assert page.evaluate(HARMLESS, pages) == pages
        page.goto("/cohorts/")
        nothing_got_in(page)
        page.get_by_role("link", name=names[-1], exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(names[-1])
        nothing_got_in(page)
