"""One world for a whole module: every request is taken back, so none changes it."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from tests.authorisation.world import ANYBODY, World, browser_of, give_passkey, program_of, staged


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with staged(django_db_blocker) as found:
        yield found


@pytest.fixture(scope="module")
def doors(world: World) -> dict[str, tuple[Client, APIClient]]:
    """Everybody's browser and program, signed in."""
    found = {who: (browser_of(person), program_of(person)) for who, person in world.people.items()}
    world.named["passkey"] = str(give_passkey(world.people["owner"]))
    return {ANYBODY: (Client(), APIClient()), **found}


@pytest.fixture
def ask(
    world: World,
    doors: dict[str, tuple[Client, APIClient]],
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> Callable[..., Any]:
    """`ask("coach", "GET", "/cohorts/")`: the answer; what it did is undone."""
    for logger in ("django.request", "django_structlog"):
        caplog.set_level(logging.ERROR, logger=logger)  # a refusal drawn with its trace takes two seconds
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600  # a slow machine takes longer than five minutes

    def ask(who: str, method: str, address: str, sends: Any = None, *, is_api: bool = False) -> Any:
        client: Client = doors[who][is_api]
        cookies, client.cookies = client.cookies, client.cookies.copy()
        cache.clear()  # no limit is what refuses
        with transaction.atomic():
            answer = getattr(client, method.lower())(world.fill(address), world.fill(sends or {}))
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer

    return ask
