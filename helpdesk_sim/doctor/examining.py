"""All checks, in the order in which one would mend what they find."""

from collections.abc import Callable, Iterator

from django.db import DatabaseError, connection

from helpdesk_sim.doctor import database, surroundings, work
from helpdesk_sim.doctor.finding import Finding, wrong
from helpdesk_sim.logs import mask

Check = Callable[[], Iterator[Finding]]
WITHOUT_DATABASE: tuple[Check, ...] = (
    surroundings.addresses,
    surroundings.mail,
    surroundings.redis,
    surroundings.static_files,
    surroundings.open_files,
)
WITH_DATABASE: tuple[Check, ...] = (
    database.version,
    database.migrations,
    database.connections,
    database.clock,
    database.disk,
)
WITH_TABLES: tuple[Check, ...] = (work.secrets, work.scenarios, work.jobs)


def examine() -> Iterator[Finding]:
    """Never raises for what it finds; what needs a database that is away, or not migrated, is left out."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield wrong(
            "database",
            f"It cannot be reached: {mask(str(error).strip())}",
            "Is it running, and do address, user and password in DATABASE_URL fit?",
        )
    else:
        yield from _run(WITH_DATABASE)
        if not database.pending():
            yield from _run(WITH_TABLES)
    yield from _run(WITHOUT_DATABASE)


def _run(checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks:
        yield from check()
