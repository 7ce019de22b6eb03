"""The world of the authorisation matrix, and somebody who means it no good."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.authorisation.world import World, staged
from tests.hostile.attempts import Attacker, doors_of


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """For all tests of a module: each takes back what it did."""
    with staged(django_db_blocker) as found:
        yield found


@pytest.fixture(scope="module")
def attacker(world: World) -> Attacker:
    return Attacker(world, doors_of(world))
