"""What the table cannot say: roles that are lost, and the trace that reading leaves."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import AuditEvent, Role, User
from accounts.services import key_of, remove_role
from tests.authorisation.world import World

pytestmark = pytest.mark.django_db
OF_A_COACH = (
    "/cohorts/{spring}/",
    "/cohorts/{spring}/report/",
    "/sessions/{exam}/debrief/",
    "/reviews/scores/{exam}/",
    "/reviews/contests/{contest}/",
    "/api/v1/sessions/{running}",
    "/api/v1/sessions/{exam}/assessment",
    "/api/v1/contests/{contest}",
)
OF_A_MANAGER = ("/cohorts/{spring}/", "/cohorts/{spring}/report/", "/api/v1/sessions/{exam}/assessment")
WORK = (
    "/api/v1/sessions/{running}",
    "/api/v1/sessions/{running}/messages",
    "/api/v1/sessions/{exam}/research",
    "/api/v1/sessions/{exam}/assessment",
    "/sessions/{exam}/debrief/",
    "/reviews/scores/{exam}/",
    "/reviews/scores/{exam}/{criterion}/",
    "/reviews/contests/{contest}/",
    "/admin/chat/session/{exam}/change/",
)


@pytest.mark.parametrize(
    ("who", "role", "addresses"),
    [("coach", Role.COACH, OF_A_COACH), ("manager", Role.COHORT_MANAGER, OF_A_MANAGER)],
)
def test_a_role_that_is_lost_opens_nothing_though_one_is_still_named_in_the_cohort(
    who: str, role: Role, addresses: tuple[str, ...], world: World, ask: Callable[..., Any]
) -> None:
    """Whoever gives the role back need not know every cohort."""
    asked = [(address, address.startswith("/api/")) for address in addresses]
    assert {ask(who, "GET", address, is_api=is_api).status_code for address, is_api in asked} == {200}
    person = User.objects.get(pk=world.people[who].pk)
    remove_role(person=person, role=role, actor=None, now=datetime.now(UTC))
    assert {ask(who, "GET", address, is_api=is_api).status_code for address, is_api in asked} == {404}


@pytest.mark.parametrize("address", WORK)
def test_an_administrator_who_reads_work_leaves_a_trace(
    address: str, world: World, doors: dict[str, tuple[Client, APIClient]]
) -> None:
    browser, program = doors["admin"]
    read = AuditEvent.objects.filter(action="session.read", actor=key_of(world.people["admin"]))
    before = read.count()
    client = program if address.startswith("/api/") else browser
    assert client.get(world.fill(address)).status_code == 200
    assert read.count() == before + 1
