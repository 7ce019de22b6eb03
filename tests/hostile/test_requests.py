"""Every hostile request of the catalogue: refused in the right shape or harmless, and nothing changed that should not."""

import pytest

from tests.hostile.attempts import Attacker
from tests.hostile.catalogue import CATALOGUE

pytestmark = pytest.mark.django_db


def test_the_catalogue_is_long_enough() -> None:
    assert sum(map(len, CATALOGUE.values())) >= 150


@pytest.mark.parametrize("group", CATALOGUE)
def test_nothing_gives_way(attacker: Attacker, group: str) -> None:
    found = [f"{attempt}: {problem}" for attempt in CATALOGUE[group] for problem in attacker.send(attempt)]
    assert not found, "\n".join(found)
