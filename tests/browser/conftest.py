"""One server with the demo and one Chromium for all tests of this folder."""

import os
import shutil

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.server import Server

PLACES = ("chromium", "chromium-browser", "google-chrome")
# A server that was killed on purpose cannot be reached for a moment.
EXPECTED = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "WebSocket connection", "htmx:")

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
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PLACES)), None)
    assert found, "These tests need Chromium; install it or set CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(server: Server, chromium: Browser, request) -> Page:
    """A fresh visitor, who wants no motion (so the customer's lines come at once); no page may complain."""
    context = chromium.new_context(
        base_url=server.url, reduced_motion="reduce", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    yield page
    context.close()
    if request.node.get_closest_marker("kills_server"):
        complaints = [each for each in complaints if not any(words in each for words in EXPECTED)]
    assert complaints == []
