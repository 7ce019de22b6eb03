"""What the files of a deployment may name: the parts of script/run, and the variables that we read."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML

ROOT = Path(settings.BASE_DIR)


def documents(path: Path) -> list[dict[str, Any]]:
    return list(YAML(typ="safe").load_all(path.read_text()))


def parts() -> set[str]:
    return set(re.findall(r"^    ([a-z]+)\)", (ROOT / "script" / "run").read_text(), re.M))


def variables() -> set[str]:
    """Of the settings (the README's table, which another test holds to them) and of script/run."""
    table = (ROOT / "README.md").read_text().partition("## Configure")[2]
    of_the_script = re.findall(r"\$\{([A-Z_]+)", (ROOT / "script" / "run").read_text())
    return {*re.findall(r"^\| `([A-Z_]+)`", table, re.M), *of_the_script}
