"""Sockets that a program opens with its key."""

from datetime import UTC, datetime

import pytest
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator

from accounts import services
from accounts.routing import websocket_urlpatterns
from accounts.sockets import signed_in_sockets

pytestmark = pytest.mark.django_db(transaction=True)
application = signed_in_sockets(URLRouter(websocket_urlpatterns))


def make(person, *scopes):
    now = datetime.now(UTC)
    return services.make_key(person=person, name="Key", scopes=list(scopes), days=30, now=now)


def socket(secret):
    protocols = ["helpdesk.v1", f"token.{secret}"]
    return WebsocketCommunicator(application, "/ws/me/", subprotocols=protocols)


async def test_a_key_that_may_play_is_let_in_until_it_is_revoked(learner):
    key, secret = await database_sync_to_async(make)(learner, "read", "learn")
    talk = socket(secret)
    assert await talk.connect() == (True, "helpdesk.v1")
    assert await talk.receive_nothing()
    await database_sync_to_async(services.revoke_key)(actor=learner, key_id=key.pk, now=datetime.now(UTC))
    assert (await talk.receive_output())["code"] == 4401


@pytest.mark.parametrize("scope", ["read", "learn", "teach"])
async def test_a_key_that_may_not_is_turned_away(coach, scope):
    _key, secret = await database_sync_to_async(make)(coach, scope)
    talk = socket(secret)
    assert (await talk.connect())[0]
    assert (await talk.receive_output())["code"] == 4401
