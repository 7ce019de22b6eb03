"""The database in one file, taken while the site serves, and back again."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

POSTGRES, SQLITE = b"PGDMP", b"SQLite format 3\0"


def back_up(file: Path) -> None:
    """All that was committed when it began. `file` must not be there yet, and is for its owner alone.

    `CommandError` says what was wrong; then there is no such file.
    """
    if file.exists():
        raise CommandError(f"{file} is there already: a backup replaces nothing.")
    part = file.with_name(f"{file.name}.part")
    part.touch(mode=0o600)
    try:
        if connection.vendor == "sqlite":
            _copy(Path(connection.settings_dict["NAME"]), part)
        else:
            _run("pg_dump", "--format=custom", "--file", str(part))
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path) -> None:
    """Into an empty database, whole or not at all. `CommandError` says what was wrong."""
    found = _kind_of(file)
    if found != connection.vendor:
        raise CommandError(f"{file} is a backup of {found}, and this installation uses {connection.vendor}.")
    if connection.introspection.table_names():
        raise CommandError("This database is not empty. Restore into a new one: nothing here is overwritten.")
    connection.close()
    if connection.vendor == "sqlite":
        _copy(file, Path(connection.settings_dict["NAME"]))
    else:
        _run("pg_restore", "--single-transaction", "--no-owner", "--no-privileges", "--dbname",
             connection.settings_dict["NAME"], str(file))  # fmt: skip


def _kind_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(SQLITE))
    except OSError as error:
        raise CommandError(str(error)) from None
    if begins.startswith(POSTGRES):
        return "postgresql"
    if begins == SQLITE:
        return "sqlite"
    raise CommandError(f"{file} is no backup of ours.")


def _copy(source: Path, target: Path) -> None:
    """One step of SQLite's own: a moment of the database, whoever writes meanwhile."""
    try:
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
            there.backup(here)
    except sqlite3.Error as error:
        raise CommandError(f"SQLite: {error}") from None


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL, told by its environment where the database is: others may read a command line."""
    where = connection.settings_dict
    told = {
        "PGHOST": where["HOST"],
        "PGPORT": where["PORT"],
        "PGUSER": where["USER"],
        "PGPASSWORD": where["PASSWORD"],
        "PGDATABASE": where["NAME"],
        "PGSSLMODE": where["OPTIONS"].get("sslmode"),
    }
    env: dict[str, Any] = os.environ | {name: str(value) for name, value in told.items() if value}
    try:
        ran = subprocess.run([program, *arguments], env=env, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError:
        raise CommandError(f"{program} is not here (Debian: apt install postgresql-client).") from None
    if ran.returncode:
        raise CommandError(f"{program}: {ran.stderr.strip()}")
