"""Signs people in, asks for pages one after the other, and counts what the database was asked meanwhile."""

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
import psycopg

PASSWORD = "helpdesk-demo"  # of everybody in the demo, and of their copies
WARM_UPS = 4  # the web process has two workers, each with its own caches
PSS = re.compile(r"^Pss: +(\d+)", re.MULTILINE)
TRIES = 3  # another process can only make it look slower
COUNTED = (
    "SELECT coalesce(sum(calls), 0), coalesce(sum(total_exec_time), 0) FROM pg_stat_statements s"
    " JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = %s AND s.query !~* '^(BEGIN|COMMIT|ROLLBACK)'"
)
SLOWEST = (
    "SELECT mean_exec_time, calls, query FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
    " WHERE d.datname = %s ORDER BY total_exec_time DESC LIMIT %s"
)


@dataclass(frozen=True)
class Figures:
    """`queries` of one request, `sql_ms` of them together; times as seen beside the server, its answer included.

    `cpu_ms`: of web and database, which other work on the machine does not change.
    """

    p50_ms: float
    p95_ms: float
    cpu_ms: float
    queries: float
    sql_ms: float
    kb: float


class Visitor:
    """One person in a browser, or with a token where the page is of the API."""

    def __init__(self, base: str, email: str) -> None:
        self.http = httpx.Client(base_url=base, timeout=60)
        self._sign_in(email)

    def _sign_in(self, email: str) -> None:
        page = self.http.get("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, "The page of signing in has no form."
        form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        answer = self.http.post("/accounts/login/", data=form, headers={"Referer": str(self.http.base_url)})
        if answer.status_code != 302:
            raise RuntimeError(f"{email} could not sign in: {answer.status_code}")

    def get(self, path: str) -> httpx.Response:
        """Raises where the page is not shown."""
        answer = self.http.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        return answer


@dataclass(frozen=True)
class Watch:
    """pg_stat_statements of the cluster, about one database, from outside of it; and the CPU of its processes."""

    server: psycopg.Connection
    database: str
    roots: tuple[int, ...]

    def cpu_ms(self) -> float:
        """Of the `roots` and all their children, since they began."""
        processes = [each for root in self.roots for each in (root, *children_of(root))]
        return sum(map(_cpu_ms, processes))

    def reset(self) -> None:
        self.server.execute("SELECT pg_stat_statements_reset()")

    def counted(self) -> tuple[int, float]:
        """(statements, ms) since the reset."""
        calls, ms = self.server.execute(COUNTED, [self.database]).fetchone() or (0, 0)
        return int(calls), float(ms)

    def slowest(self, most: int = 3) -> list[Any]:
        return self.server.execute(SLOWEST, [self.database, most]).fetchall()


def children_of(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def pss_mb(process: int) -> float:
    """Of a process and its children, shared pages divided among those who share them."""
    maps = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in (process, *children_of(process)))
    return round(sum(int(PSS.findall(each)[0]) for each in maps) / 1024, 1)


def _cpu_ms(process: int) -> float:
    """In user and system mode; a process that has just ended counts nothing."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(visitor: Visitor, watch: Watch, path: str, *, times: int, most_ms: float) -> Figures:
    """The best of a few rounds; stops at the first that is good enough."""
    for _ in range(WARM_UPS):
        visitor.get(path)
    best: Figures | None = None
    for _ in range(TRIES):
        figures = _round(visitor, watch, path, times)
        best = figures if best is None or figures.p95_ms < best.p95_ms else best
        if best.p95_ms < most_ms:
            break
    assert best
    return best


def _round(visitor: Visitor, watch: Watch, path: str, times: int) -> Figures:
    watch.reset()
    took, size, cpu_ms = [], 0, watch.cpu_ms()
    for _ in range(times):
        started = time.perf_counter()
        size = len(visitor.get(path).content)
        took.append((time.perf_counter() - started) * 1000)
    cpu_ms = watch.cpu_ms() - cpu_ms
    calls, sql_ms = watch.counted()
    steps = quantiles(took, n=20, method="inclusive")
    return Figures(
        round(steps[9], 1),
        round(steps[18], 1),
        round(cpu_ms / times, 1),
        round(calls / times, 1),
        round(sql_ms / times, 1),
        round(size / 1000, 1),
    )
