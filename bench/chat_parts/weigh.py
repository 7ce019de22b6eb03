"""What programs cost, from /proc: seconds of CPU, memory, and what else the machine was doing."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1


def cpu_s(pid: int) -> float:
    """Of a process and everything it started, also what has ended and was waited for."""
    stats = _stats()
    return sum(stats[each][1] for each in tree(pid, stats)) / TICKS


def memory_kib(pid: int, kind: str = "Pss") -> int:
    """`Pss` or `Rss`, of the process and its children."""
    total = 0
    for each in tree(pid, _stats()):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
    return total


def tree(pid: int, stats: dict[int, tuple[int, int]]) -> list[int]:
    """The process and its descendants."""
    found = [pid] if pid in stats else []
    for each in found:
        found += [child for child, (parent, _) in stats.items() if parent == each]
    return found


def _stats() -> dict[int, tuple[int, int]]:
    """Of every process: its parent, and its ticks with those of children that ended."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[int(folder.name)] = (int(words[1]), sum(map(int, words[11:15])))
    return found


def _busy_s() -> float:
    """Seconds of CPU that the whole machine has spent, what was stolen from it among them."""
    words = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    user, nice, system, _idle, _wait, irq, soft, stolen = map(int, words)
    return (user + nice + system + irq + soft + stolen) / TICKS


@dataclass
class Scales:
    """Put on before a measurement, read after it. `pids` by name; all of this process's own are no foreign load."""

    pids: dict[str, int]
    before: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.before = self._read()

    def cpu_s(self) -> dict[str, float]:
        """Seconds since, by name."""
        now = self._read()
        return {name: now[name] - self.before[name] for name in self.pids}

    def foreign(self) -> float:
        """Share of the machine that others took since, from 0 to 1."""
        now = self._read()
        spent = {name: now[name] - self.before[name] for name in ("busy", "own", "clock")}
        return max(0.0, spent["busy"] - spent["own"]) / (spent["clock"] * CORES)

    def _read(self) -> dict[str, float]:
        whole = {"busy": _busy_s(), "own": cpu_s(os.getpid()), "clock": time.monotonic()}
        return whole | {name: cpu_s(pid) for name, pid in self.pids.items()}
