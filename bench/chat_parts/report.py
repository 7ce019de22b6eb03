"""Figures as tables, with the machine they are of; against their targets."""

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.cluster import ROOT, postgres_bin

PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- bench/chat writes from here -->", "<!-- to here -->"
AT_MOST = {
    "transport cpu_ratio": 1.2,
    "transport p99_ms": 500,
    "full cpu_ms": 8,
    "history_ratio": 1.1,
    "idle kib_each": 40,
    "idle reply_p95_ms": 250,
    "idle growth": 0.05,
    "active ack_p95_ms": 200,
    "active p95_ms": 500,
    "active errors": 0,
    "active unanswered": 0,
}
AT_LEAST = {"transport throughput_ratio": 0.85}
LIBRARIES = ("django", "channels", "uvicorn", "uvloop", "asyncpg", "daphne")


def flat(figures: dict[str, Any], before: str = "") -> dict[str, Any]:
    """{"idle kib_each": 31.2, ...}"""
    found: dict[str, Any] = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            found |= flat(value, f"{before}{name} ")
        else:
            found[before + name] = value
    return found


def misses(figures: dict[str, Any]) -> list[str]:
    """Names of the figures that do not reach their target; what was not measured misses nothing."""
    found = flat(figures)
    over = [name for name, most in AT_MOST.items() if name in found and found[name] > most]
    return over + [name for name, least in AT_LEAST.items() if name in found and found[name] < least]


def table(figures: dict[str, Any]) -> str:
    """Markdown."""
    missed = misses(figures)
    rows = ["| Figure | Measured | Target |", "| --- | ---: | --- |"]
    for name, value in flat(figures).items():
        target = f"at most {AT_MOST[name]}" if name in AT_MOST else ""
        target = f"at least {AT_LEAST[name]}" if name in AT_LEAST else target
        rows.append(f"| {name} | {value} | {target}{' (missed)' if name in missed else ''} |")
    return "\n".join([*rows, "", machine()])


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


def write(text: str) -> None:
    """Between the markers of docs/benchmarks.md."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def _said(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
