"""The site as an installed program: its manifest, its icons, and the page shown without a network."""

import re
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()


def test_every_page_names_the_manifest(client, db):
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").content.decode()


def test_the_manifest_has_what_a_browser_asks_of_a_program(client):
    answer = client.get("/manifest.webmanifest")
    manifest = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert manifest["display"] == "standalone" and manifest["start_url"] == "/dashboard/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_its_icons_are_there_in_the_size_they_claim(client):
    for icon in client.get("/manifest.webmanifest").json()["icons"]:
        data = Path(
            finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", icon["src"].removeprefix(settings.STATIC_URL)))
        ).read_bytes()
        if icon["type"] == "image/png":
            assert "{}x{}".format(*struct.unpack(">II", data[16:24])) == icon["sizes"]


def test_its_colours_are_the_tokens(client):
    manifest = client.get("/manifest.webmanifest").json()
    assert f"--sheet: light-dark({manifest['theme_color']}," in TOKENS
    assert f"--paper: light-dark({manifest['background_color']}," in TOKENS


def test_the_offline_page_is_nobodys_and_asks_no_database(client):
    """Without the mark `django_db` every query fails."""
    page = client.get("/offline/")
    words = page.content.decode()
    assert "What is kept" in words and "csrf" not in words
    assert not page.cookies


def test_the_worker_keeps_the_offline_page_with_its_looks_and_nothing_else(client):
    answer = client.get("/service-worker.js")
    kept = re.search(r"const KEPT = \[OFFLINE, (.*)\];", answer.content.decode()).group(1).split(", ")
    needed = re.findall(
        r'<(?:link|script)[^>]*(?:href|src)="(/[^"]+)"', client.get("/offline/").content.decode()
    )
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert {each.strip('"') for each in kept} == set(needed)


@pytest.mark.parametrize("address", ["/service-worker.js", "/manifest.webmanifest"])
def test_it_is_served_from_the_root(client, address):
    assert client.get(address).status_code == 200
