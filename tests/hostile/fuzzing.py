"""The API against its own schema: schemathesis makes up requests, each role sends them, each answer is checked."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy, one_of
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.authorisation.table import rows
from tests.authorisation.world import ANYBODY, World, program_of

ROLES = (ANYBODY, "owner", "coach", "manager", "trainer", "admin")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@dataclass
class Findings:
    """`statuses` counts the answers; `problems` has each kind of failure once, with the request that shows it."""

    statuses: Counter[int] = field(default_factory=Counter)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        return self.statuses.total()


class Fuzzer:
    """Call it inside a transaction: what a request does is taken back, so each meets the same world."""

    def __init__(self, world: World) -> None:
        self.world = world
        with one_connection():
            self.schema = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())
        self.operations: list[APIOperation] = [found.ok() for found in self.schema.get_all_operations()]
        self.headers = {who: _headers(world, who) for who in ROLES}

    def run(self, *, cases: int) -> Findings:
        """About so many requests, spread evenly over operations and roles; the same ones each time."""
        findings = Findings()
        each = max(1, round(cases / len(self.operations) / len(ROLES)))
        for operation in self.operations:
            for number, who in enumerate(ROLES):
                cache.clear()  # the limits of the one before
                self._try(operation, who, each, number, findings)
        return findings

    def _try(self, operation: APIOperation, who: str, times: int, number: int, findings: Findings) -> None:
        @seed(number)
        @settings(
            max_examples=times,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=self._requests(operation))
        def send(case: Case) -> None:
            with transaction.atomic(), one_connection():
                answer = case.call(headers=self.headers[who])
                transaction.set_rollback(True)
            findings.statuses[answer.status_code] += 1
            try:
                case.validate_response(answer, checks=CHECKS)
            except FailureGroup as group:
                for failure in group.exceptions:
                    kind = f"{operation.label}: {failure.title} ({answer.status_code})"
                    findings.problems.setdefault(kind, f"{who}: {case.as_curl_command()}\n{failure.message}")

        send()

    def _requests(self, operation: APIOperation) -> SearchStrategy[Case]:
        """As the schema says and against it, about things that exist and that do not."""
        takes = bool(list(operation.query) or list(operation.body) or list(operation.path_parameters))
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE] if takes else [GenerationMode.POSITIVE]
        known = list(self._known(operation))
        return one_of(
            [operation.as_strategy(mode) for mode in modes]
            + [operation.as_strategy(mode, path_parameters=ids) for mode in modes for ids in known]
        )

    def _known(self, operation: APIOperation) -> Iterator[dict[str, Any]]:
        """Path parameters of things in the world, from the table of who may do what."""
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", operation.path))
        for row in rows():
            if row.is_api and row.method == operation.method.upper():
                found = pattern.fullmatch(self.world.fill(row.address).partition("?")[0])
                if found:
                    yield found.groupdict()


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests in the middle of our transaction: they may not close its connection, as they would in a server."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _headers(world: World, who: str) -> dict[str, str]:
    plain = {"Accept-Encoding": "identity"}  # the application in this process unpacks nothing
    if who == ANYBODY:
        return plain
    return plain | {"Authorization": program_of(world.people[who])._credentials["HTTP_AUTHORIZATION"]}
