"""Figures as tables, against their targets."""

from typing import Any

from bench.page import rows

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

    def target(name: str) -> str:
        told = f"at most {AT_MOST[name]}" if name in AT_MOST else ""
        told = f"at least {AT_LEAST[name]}" if name in AT_LEAST else told
        return told + (" (missed)" if name in missed else "")

    of = ((name, value, target(name)) for name, value in flat(figures).items())
    return rows(["Figure", "Measured", "Target"], of)
