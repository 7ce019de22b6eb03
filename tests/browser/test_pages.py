"""What the pages around the desk do with script: filters and the back button, ratings, links to headings."""

from playwright.sync_api import Page, Route, expect

from tests.browser.desk import sign_in
from tests.browser.places import barriers

LEARNER = "daniel.keller@demo.example"


def test_back_leads_to_the_filters_as_they_were(page: Page) -> None:
    sign_in(page, LEARNER)
    page.goto("/catalogue/?difficulty=starter")
    page.get_by_label("Order").select_option("newest")
    page.wait_for_url("**sort=newest**")
    page.go_back()

    expect(page.get_by_label("Order")).to_have_value("recommended")
    expect(page.get_by_label("Difficulty")).to_have_value("starter")


def test_a_rating_answers_in_place_and_can_be_changed(page: Page) -> None:
    sign_in(page, LEARNER)
    page.goto("/knowledge/vpn-certificate-renewal/")
    for answer in ("Yes", "No"):
        page.get_by_role("button", name=answer, exact=True).click()
        expect(page.get_by_text(f"You said {answer.lower()}; you can change your mind.")).to_be_visible()
        expect(page.get_by_role("button", name=answer, exact=True)).to_be_focused()


def test_a_heading_has_a_link_of_its_own(page: Page) -> None:
    sign_in(page, LEARNER)
    page.goto("/knowledge/vpn-certificate-renewal/")
    page.get_by_role("link", name="Link to “Fix”").click()

    assert page.url.endswith("/knowledge/vpn-certificate-renewal/#fix")


def test_settings_with_errors_and_the_end_have_no_barrier(page: Page) -> None:
    sign_in(page, LEARNER)
    page.goto("/settings/")
    page.get_by_label("Time zone").fill("moon")
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("There is no such time zone.")).to_be_visible()
    found = barriers(page)
    page.goto("/settings/erase/")
    page.get_by_label("Your password").fill("wrong")
    page.get_by_label("I understand").check()
    page.get_by_role("button", name="Erase my account").click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    assert [*found, *barriers(page)] == []


def test_a_slow_page_takes_nobody_out_of_the_field_they_type_in(page: Page) -> None:
    """A password must not go on in the field of the address."""
    held: list[Route] = []
    page.route("**/js/forms*.js", lambda route: held.append(route))
    with page.expect_request("**/js/forms*.js"):
        page.goto("/accounts/login/", wait_until="commit")
    password = page.get_by_role("textbox", name="Password")
    password.press_sequentially("helpdesk-")
    held[0].continue_()
    page.wait_for_load_state()
    page.keyboard.type("demo")
    expect(password).to_have_value("helpdesk-demo")


def test_a_short_form_begins_in_its_first_field(page: Page) -> None:
    page.goto("/accounts/login/")
    expect(page.get_by_label("Email")).to_be_focused()
