"""The database: its version and tables, how many connections it has for us, its clock and its disk."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from helpdesk_sim.doctor.finding import Finding, note, ok, wrong

OLDEST_POSTGRES = 15
FAST_S = 2.0
LEAST_FREE_MB = 1024


def version() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        yield ok("database", f"SQLite {_one('SELECT sqlite_version()')} answers.")
        if not settings.EMBEDDED:
            yield wrong(
                "database",
                "Several processes share a SQLite file.",
                "With REDIS_URL set, give DATABASE_URL of a PostgreSQL; SQLite is for one process.",
            )
        return
    major = int(_one("SHOW server_version_num")) // 10_000
    if major < OLDEST_POSTGRES:
        yield wrong(
            "database", f"PostgreSQL {major} is too old.", f"Upgrade it to {OLDEST_POSTGRES} or newer."
        )
    else:
        yield ok("database", f"PostgreSQL {major} answers.")


def migrations() -> Iterator[Finding]:
    if waiting := pending():
        names = ", ".join(waiting[:5]) + (", …" if len(waiting) > 5 else "")
        yield wrong(
            "migrations",
            f"{len(waiting)} are not applied: {names}.",
            "Run script/run prepare (manage.py prepare) before the rest starts.",
        )
    else:
        yield ok("migrations", "All are applied.")


def pending() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def connections() -> Iterator[Finding]:
    """One web, one chat, one worker and the beat, as the environment sizes them, against what the server allows."""
    if connection.vendor != "postgresql":
        return
    pool = settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]
    web, workers = (int(os.environ.get(name, 2)) for name in ("WEB_WORKERS", "WORKER_PROCESSES"))
    parts = {
        f"{web} web processes × {pool}": web * pool,
        f"chat {pool} + {settings.CHAT_POOL}": pool + settings.CHAT_POOL,
        f"{workers} worker processes × {pool}": workers * pool,
        f"beat {pool}": pool,
    }
    most, kept = int(_one("SHOW max_connections")), int(_one("SHOW superuser_reserved_connections"))
    needed, free = sum(parts.values()), most - kept
    sum_told = f"{', '.join(parts)}: up to {needed} connections; the server allows {free}"
    if needed > free:
        yield wrong(
            "connections",
            f"{sum_told}.",
            "Raise max_connections of PostgreSQL, or lower DATABASE_POOL, CHAT_POOL, WEB_WORKERS or WORKER_PROCESSES.",
        )
    else:
        yield ok("connections", f"{sum_told}. Each further process needs its share.")


def clock() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    before = time.time()
    theirs = float(_one("SELECT extract(epoch FROM clock_timestamp())"))
    ahead = theirs - (before + time.time()) / 2
    if abs(ahead) > FAST_S:
        which = "ahead of" if ahead > 0 else "behind"
        yield wrong(
            "clock",
            f"The database's clock is {abs(ahead):.0f} s {which} ours.",
            "Let both machines keep time by NTP: leases and links run out by the clock.",
        )
    else:
        yield ok("clock", "Ours and the database's agree.")


def disk() -> Iterator[Finding]:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not Path(name).is_file():
        return
    folder = Path(name).resolve().parent
    free = shutil.disk_usage(folder).free // 2**20
    if not os.access(folder, os.W_OK) or not os.access(name, os.W_OK):
        yield wrong(
            "disk", f"{name} cannot be written.", "Give file and folder to the user that runs the site."
        )
    elif free < LEAST_FREE_MB:
        yield note("disk", f"{free} MB are left where {name} lies.", "Make room: a full disk stops all work.")
    else:
        yield ok("disk", f"{free:,} MB are left where {name} lies.")


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
