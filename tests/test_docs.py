"""What the pages say exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_readme_names_every_environment_variable_of_the_settings():
    read = re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "helpdesk_sim" / "settings.py").read_text())
    table = (ROOT / "README.md").read_text().partition("## Configure")[2]

    assert set(re.findall(r"^\| `([A-Z_]+)`", table, re.M)) == set(read)


def test_links_between_pages_lead_somewhere():
    broken = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_scripts_and_commands_on_the_pages_exist():
    text = "\n".join(page.read_text() for page in PAGES)
    scripts = set(re.findall(r"(?<![\w/.])script/([a-z]+)", text))
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text)) - {"createsuperuser"}

    assert {name for name in scripts if not (ROOT / "script" / name).exists()} == set()
    assert {name for name in commands if not list(ROOT.glob(f"*/management/commands/{name}.py"))} == set()


def test_the_decisions_are_numbered_without_holes():
    numbers = [int(page.name[:4]) for page in sorted((ROOT / "docs" / "decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_readme_counts_the_scenarios_of_the_pack():
    pack = sorted((ROOT / "scenarios" / "pack").glob("*.yaml"))
    variants = [
        len(re.findall(r"^  [a-z_]+:$", text.partition("\nvariants:\n")[2].partition("\nnlu:")[0], re.M))
        for text in (file.read_text("utf-8") for file in pack)
    ]

    assert f"comes with {len(pack)} scenarios" in (ROOT / "README.md").read_text()
    assert min(variants) >= 1, "in two variants or more"
