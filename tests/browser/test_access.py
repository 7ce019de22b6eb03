"""No page has a barrier (axe) or breaks its own policy: light and dark, on a phone and at a desk."""

import pytest
from playwright.sync_api import Page, expect

from gamification.demo.people import LEARNER, MANAGER
from tests.browser.desk import sign_in, take
from tests.browser.places import AT_WORK, PLACES, Place, Visits, barriers, listen

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (375, 1440)]
FORMS = {  # each with what it cannot take
    "/accounts/login/": ("", {"login": "nobody"}),
    "/accounts/signup/": ("", {"email": "nobody", "password1": "short"}),
    "/accounts/password/reset/": ("", {"email": "nobody"}),
    "/settings/": (LEARNER, {"first_name": ""}),
    "/cohorts/": (MANAGER, {"name": ""}),
}


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_is_open_to_everyone_and_keeps_its_policy(visits: Visits, place: Place) -> None:
    with visits.page(place.who) as page:
        address = place.address(page)
        complaints = listen(page)
        answer = page.goto(address)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy or address.startswith("/admin/")
        found = []
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{scheme} {width} {barrier}" for barrier in barriers(page)]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert found == []
        assert [each for each in complaints if f"status of {answer.status}" not in each] == []


@pytest.mark.parametrize("address", FORMS)
def test_a_form_says_what_is_wrong_without_a_barrier(visits: Visits, address: str) -> None:
    who, wrong = FORMS[address]
    with visits.page(who) as page:
        page.goto(address)
        for name, value in wrong.items():
            page.locator(f"main input[name={name}]").fill(value)
        page.locator(f"main form:has(input[name={name}])").evaluate(
            "form => { form.noValidate = true; form.requestSubmit(); }"
        )
        expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
        assert barriers(page) == []


def test_the_workbench_at_a_desk_and_on_a_phone(page: Page) -> None:
    sign_in(page, AT_WORK)
    take(page, "VPN will not connect")
    found = []
    for width, height in ((1440, 900), (375, 812)):
        page.set_viewport_size({"width": width, "height": height})
        found += barriers(page)
        for panel in range(1, 5):
            page.keyboard.press(f"Alt+{panel}")
            found += barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []
