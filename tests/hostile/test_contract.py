"""Requests that schemathesis makes up, as each role: no answer breaks, and each is one that the schema describes.

The long run is bench/contract.
"""

import pytest

from tests.authorisation.world import World
from tests.hostile.fuzzing import ROLES, Fuzzer

pytestmark = pytest.mark.django_db


def test_every_answer_is_one_that_the_schema_describes(world: World) -> None:
    fuzzer = Fuzzer(world)
    findings = fuzzer.run(cases=len(fuzzer.operations) * len(ROLES))
    assert not findings.problems, "\n\n".join(f"{kind}\n{told}" for kind, told in findings.problems.items())
    assert findings.cases >= len(fuzzer.operations) * len(ROLES)
    assert {200, 201, 400, 401, 404} <= set(findings.statuses), "both what works and what is refused was met"
