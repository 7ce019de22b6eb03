"""One server with the demo and one Chromium for all tests of this folder.

A file that changes what a person of the demo has done does so as one whom no other file changes.
"""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import running_chromium
from tests.browser.places import Visits, leave, listen
from tests.browser.server import Server

# A server that was killed, or a network that was cut, on purpose cannot be reached for a moment.
EXPECTED = (
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_INTERNET_DISCONNECTED",
    "WebSocket connection",
    "htmx:",
)

expect.set_options(timeout=15_000)  # milliseconds; a busy machine is no fault


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium():
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def visits(server: Server, chromium: Browser) -> Visits:
    """Pages that test_access and bench/pages look at, signed in once for each person."""
    return Visits(chromium, server.url)


@pytest.fixture
def page(server: Server, chromium: Browser, request) -> Page:
    """A fresh visitor, who wants no motion (so the customer's lines come at once); no page may complain."""
    context = chromium.new_context(
        base_url=server.url, reduced_motion="reduce", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints = listen(page)
    yield page
    leave(context)
    if request.node.get_closest_marker("kills_server"):
        complaints = [each for each in complaints if not any(words in each for words in EXPECTED)]
    assert complaints == []
