"""The pages about trust say what is so: each test and setting they name exists, each number is the code's."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
TRUST, ASVS = ROOT / "docs/security.md", ROOT / "docs/security/asvs.md"
PAGES = [pytest.param(page, id=page.name) for page in (TRUST, ASVS)]
OPEN = ("not met", "partly")
ANSWERS = {"met", "operator", "n/a", *OPEN}
ENVIRONMENT = {"DATABASE_URL", "REDIS_URL", "SITE_URL", "SECRETS_KEYS", "SECRET_KEY"}


@cache
def rows(page: Path) -> list[list[str]]:
    """The cells of every row of every table, but for heads and rules."""
    lines = [line for line in page.read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if not set(row[0]) <= set("- ")]


@cache
def requirements() -> dict[str, list[str]]:
    """The rows of all chapters, by number."""
    return {row[0]: row for row in rows(ASVS) if len(row) == 5 and row[0][0].isdigit()}


def marked(page: Path) -> list[str]:
    return re.findall(r"`([^`]+)`", page.read_text())


def value_of(name: str) -> Any:
    """Of a setting (`NAME`, `NAME.key`), or of a name in a module."""
    first, *keys = name.split(".")
    if first.isupper():
        found = getattr(settings, first)
        for key in keys:
            found = found[key]
        return found
    for at in range(len(keys), 0, -1):
        try:
            found = import_module(".".join([first, *keys[: at - 1]]))
        except ModuleNotFoundError:
            continue
        for key in keys[at - 1 :]:
            found = getattr(found, key)
        return found
    raise AssertionError(f"{name} is nowhere")


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page):
    for name in marked(page):
        if name.startswith("tests/"):
            path, _, function = name.partition("::")
            assert (ROOT / path).exists(), name
            assert not function or f"def {function}(" in (ROOT / path).read_text(), name


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_that_is_named_exists(page):
    named = {
        name.partition(".")[0] for name in marked(page) if re.fullmatch(r"[A-Z][A-Z_]{3,}(\.\w+)*", name)
    }
    assert named
    assert [name for name in named - ENVIRONMENT if not hasattr(settings, name)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_place_that_is_linked_exists(page):
    for target in re.findall(r"\]\(([^)#]*)#([\w-]+)\)", page.read_text()):
        path, anchor = target
        text = (page.parent / path if path else page).read_text()
        heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        assert anchor in [re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads], target


def test_every_limit_is_the_one_of_the_code():
    limits = [row for row in rows(TRUST) if len(row) == 3 and "`" in row[2] and row[1][0].isdigit()]
    assert len(limits) > 15
    for _what, most, kept_in in limits:
        assert str(value_of(kept_in.strip("`"))) == most, kept_in


def test_the_standard_is_gone_through_whole():
    """Version 5.0.0 has 70 requirements of level 1 and 183 of level 2, in 17 chapters."""
    by_level = [row[1] for row in requirements().values()]
    assert (by_level.count("1"), by_level.count("2"), len(by_level)) == (70, 183, 253)
    assert {int(number.split(".")[0]) for number in requirements()} == set(range(1, 18))
    assert {row[3] for row in requirements().values()} == ANSWERS


def test_what_is_not_met_stands_at_the_top_with_its_reason():
    top = {row[0]: row for row in rows(ASVS) if len(row) == 4 and row[0][0].isdigit()}
    assert set(top) == {number for number, row in requirements().items() if row[3] in OPEN}
    for number, (_number, level, about, why) in top.items():
        row = requirements()[number]
        assert (level, about) == (row[1], f"{row[2]}: {row[3]}") and why
