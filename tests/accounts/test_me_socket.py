"""`/ws/me/`: who gets in, what is heard, what is answered."""

import json

import pytest
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.test import Client

from accounts import live, services
from accounts.routing import websocket_urlpatterns
from accounts.sockets import signed_in_sockets

pytestmark = pytest.mark.django_db(transaction=True)
OURS, FOREIGN = (b"origin", b"http://localhost"), (b"origin", b"https://evil.example")
application = signed_in_sockets(URLRouter(websocket_urlpatterns))


def socket(*headers, subprotocols=None):
    return WebsocketCommunicator(application, "/ws/me/", headers=list(headers), subprotocols=subprotocols)


def cookie_of(person):
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return (b"cookie", f"sessionid={browser.cookies['sessionid'].value}".encode())


async def closes_with(talk) -> int:
    assert (await talk.connect())[0]
    return (await talk.receive_output())["code"]


async def answer(talk, text=None, **binary):
    await talk.send_to(text_data=text, **binary)
    return json.loads(await talk.receive_from())


@pytest.fixture
def cookie(learner):
    return cookie_of(learner)


async def test_a_visitor_is_let_in_and_told_4401():
    assert await closes_with(socket(OURS)) == 4401


async def test_a_cookie_from_a_foreign_page_is_not_believed(cookie):
    connected, _ = await socket(FOREIGN, cookie).connect()
    assert not connected
    connected, _ = await socket(cookie).connect()
    assert not connected


async def test_a_browser_hears_its_persons_notices_only(cookie, learner, other_learner, now):
    talk = socket(OURS, cookie)
    assert (await talk.connect())[0]
    tell = database_sync_to_async(services.notify)
    await tell(user=other_learner, kind="level", title="Not yours", now=now)
    await tell(user=learner, kind="level", title="You reached level 2", url="/dashboard/", now=now)
    heard = json.loads(await talk.receive_from())
    assert heard.pop("id")
    assert heard == {
        "type": "notice",
        "kind": "level",
        "title": "You reached level 2",
        "body": "",
        "url": "/dashboard/",
        "createdAt": "2026-03-02T09:00:00Z",
    }
    assert await talk.receive_nothing()
    await talk.disconnect()


async def test_a_notice_that_is_rolled_back_is_not_heard(cookie, learner, now):
    from django.db import transaction

    talk = socket(OURS, cookie)
    await talk.connect()

    @database_sync_to_async
    def take_back():
        with transaction.atomic():
            services.notify(user=learner, kind="level", title="Never", now=now)
            transaction.set_rollback(True)

    await take_back()
    assert await talk.receive_nothing()
    await talk.disconnect()


async def test_a_client_comes_with_a_token_and_without_an_origin(learner, api_as):
    token = (await database_sync_to_async(api_as)(learner)).token
    talk = socket(subprotocols=["helpdesk.v1", f"token.{token}"])
    assert await talk.connect() == (True, "helpdesk.v1")
    assert await answer(talk, '{"type": "ping"}') == {"type": "pong"}
    await talk.disconnect()


async def test_a_wrong_token_is_4401_even_with_a_good_cookie(cookie):
    assert await closes_with(socket(OURS, cookie, subprotocols=["helpdesk.v1", "token.wrong"])) == 4401


@pytest.mark.parametrize("text", ["ping", "[]", "null", '"ping"', '{"type": "dance"}', "[" * 5000])
async def test_a_bad_frame_is_answered_and_does_not_close(cookie, text):
    talk = socket(OURS, cookie)
    await talk.connect()
    said = await answer(talk, text)
    assert (said["type"], said["code"], said["retryable"]) == ("error", "bad_frame", False)
    assert await answer(talk, '{"type": "ping"}') == {"type": "pong"}
    await talk.disconnect()


async def test_a_binary_frame_is_answered_and_does_not_close(cookie):
    talk = socket(OURS, cookie)
    await talk.connect()
    await talk.send_to(bytes_data=b"\x00\xff")
    assert json.loads(await talk.receive_from())["code"] == "bad_frame"
    await talk.disconnect()


async def test_a_hint_without_a_listener_is_lost_quietly(learner):
    await database_sync_to_async(live.publish)(live.person_group(learner.pk), {"type": "notice"})
    live.publish("not a group name!", {"type": "notice"})
