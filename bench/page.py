"""docs/benchmarks.md, where each bench writes its own table, with the machine it is of."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from bench.cluster import ROOT, postgres_bin

PAGE = ROOT / "docs/benchmarks.md"
END = "<!-- to here -->"
LIBRARIES = ("django", "channels", "uvicorn", "uvloop", "asyncpg", "daphne")


def rows(columns: Iterable[str], of: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    names = list(columns)
    cells = [names, ["---"] * len(names), *([str(cell) for cell in row] for row in of)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def put(bench: str, table: str) -> None:
    """Between the markers of `bench`, with a line about the machine below; ValueError where there are none."""
    begin = f"<!-- {bench} writes from here -->"
    before, found, rest = PAGE.read_text("utf-8").partition(begin)
    if not found:
        raise ValueError(f"{PAGE.name} has no place for {bench}: add {begin} and {END}.")
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{begin}\n\n{table}\n\n{machine()}\n\n{END}{after}", "utf-8")


def machine() -> str:
    """What it was measured on, in a line."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    postgres = re.search(r"\d[\d.]*", _said([str(postgres_bin() / "postgres"), "--version"]))
    redis = re.search(r"v=(\S+)", _said(["redis-server", "--version"]))
    commit = _said(["git", "rev-parse", "--short", "HEAD"])
    versions = [f"{name} {version(name)}" for name in LIBRARIES]
    return (
        f"Measured at {commit} on {os.cpu_count()} cores ({model[1] if model else platform.machine()}), "
        f"Python {platform.python_version()}, Node {_said(['node', '--version'])}, PostgreSQL {postgres[0] if postgres else ''}, "
        f"Redis {redis[1] if redis else ''}, {', '.join(versions)}."
    )


def _said(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
