"""A database of its own for a bench, empty or with the world of the authorisation matrix in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

from tests.authorisation.world import World, build


@contextmanager
def stage() -> Iterator[World]:
    with own_database():
        yield build()


@contextmanager
def own_database() -> Iterator[None]:
    """Nothing that happens while it stands is kept."""
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()
