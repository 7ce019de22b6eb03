"""The log holds no secret and nobody's address; its lines can be followed through the whole product."""

import asyncio
import json
import logging
import sys
from io import StringIO
from queue import Queue
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from celery.contrib.testing.worker import start_worker
from django.test import Client
from structlog.contextvars import bound_contextvars, clear_contextvars, get_contextvars

from accounts.log_context import bind_socket
from helpdesk_sim.celery import app as celery_app
from helpdesk_sim.logs import mask, set_up_logs


@pytest.mark.parametrize(
    "line, never",
    [
        ("mail to lena.learner+x@people.example failed", "lena"),
        ("GET / Authorization: Bearer abcdefghijklmnop", "abcdefghijklmnop"),
        ("key hds_4fjd83jdf8 refused", "4fjd83jdf8"),
        ("protocols helpdesk.v1, token.s3cr3ts3cr3t", "s3cr3ts3cr3t"),
        ("postgres://help:hunter22@db:5432/help is away", "hunter22"),
        ("{'password': 'hunter22', 'email': 1}", "hunter22"),
        ('{"refreshToken": "abcd1234"}', "abcd1234"),
        ("/reset/?token=abcd1234&next=/", "abcd1234"),
        ("Cookie: sessionid=abcdef123456", "abcdef123456"),
        ("from 203.0.113.77", "203.0.113.77"),
        ("GET /invitations/4a85aa18772c434cb7985a54:jGKte4tF/ HTTP/1.1", "jGKte4tF"),
        ("GET /accounts/confirm-email/MTI:1vM:abcdefgh/ HTTP/1.1", "abcdefgh"),
        ("GET /accounts/password/reset/key/3q2w-cfz81b-0123456789abcdef/ HTTP/1.1", "cfz81b"),
    ],
)
def test_a_secret_and_an_address_are_masked(line, never):
    assert never not in mask(line)


@pytest.mark.parametrize(
    "line",
    [
        "The queue is away (Connection refused); the sweep will do chat.tasks.sweep",
        "Session 60dce661-3547-4352-a1da-3f0aa0476d70 scored 82.5 in 42 ms",
        "Serving on http://127.0.0.1:8000",
        "status code: 503",
    ],
)
def test_what_helps_stays(line):
    assert mask(line) == line


@pytest.mark.parametrize("as_json", [True, False])
def test_a_traceback_is_masked_too(as_json):
    made = set_up_logs(level="INFO", as_json=as_json)["formatters"]["line"]
    formatter = made.pop("()")(**made)
    try:
        raise ValueError("no mail for lena@people.example, password=hunter22")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, __file__, 1, "It broke", None, sys.exc_info())
    line = formatter.format(record)
    assert "ValueError" in line and "It broke" in line
    assert "lena@" not in line and "hunter22" not in line


@pytest.fixture
def lines():
    """Lines as production writes them, read back; the root's and those of loggers that stand alone."""
    made = set_up_logs(level="INFO", as_json=True)["formatters"]["line"]
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(made.pop("()")(**made))
    logging.root.addHandler(handler)
    clear_contextvars()
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logging.root.removeHandler(handler)


@pytest.mark.parametrize("path", ["/", "/no/such/page/", "/api/v1/users/me", "/static/css/tokens.css"])
@pytest.mark.django_db
def test_every_answer_names_its_request(client, path):
    first, second = (client.get(path)["X-Request-ID"] for _ in range(2))
    assert UUID(first) != UUID(second)


@pytest.mark.django_db
def test_the_id_of_a_proxy_is_kept(client):
    assert client.get("/", headers={"X-Request-ID": "edge-0123456789"})["X-Request-ID"] == "edge-0123456789"


@pytest.mark.parametrize("given", ["short", "x" * 65, "spaces in it", "ünsäglich-long"])
@pytest.mark.django_db
def test_what_is_no_id_is_replaced(client, given):
    assert UUID(client.get("/", headers={"X-Request-ID": given})["X-Request-ID"])


@pytest.mark.parametrize("address", ["/sessions/{}/debrief/", "/api/v1/sessions/{}"])
def test_a_line_of_a_request_tells_its_id_the_session_and_the_person(learner, as_, api_as, lines, address):
    who, session = (api_as if "/api/" in address else as_)(learner), uuid4()
    answer = who.get(address.format(session))
    line = next(line for line in lines() if line["event"].startswith("Not Found"))
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["session_id"] == str(session) and line["user_id"] == str(learner.pk)
    assert not {"ip", "email"} & set(line)


@pytest.mark.django_db
def test_no_line_carries_the_ids_of_an_earlier_request(as_, learner, lines):
    as_(learner).get(f"/sessions/{uuid4()}/debrief/")
    Client().get("/no/such/page/")
    assert lines()[-1]["event"].startswith("Not Found: /no") and lines()[-1]["request_id"]
    assert not {"session_id", "user_id"} & set(lines()[-1])


async def test_a_line_of_a_socket_tells_who_and_which_session(lines):
    person, session = SimpleNamespace(pk=uuid4()), uuid4()

    async def talk():
        told = bind_socket(person, session)
        await asyncio.to_thread(logging.getLogger("chat").warning, "Said")
        return told

    request_id = await asyncio.create_task(talk())
    line = lines()[-1]
    assert line["event"] == "Said" and line["request_id"] == request_id
    assert line["user_id"] == str(person.pk) and line["session_id"] == str(session)
    logging.getLogger("chat").warning("Elsewhere")
    assert "user_id" not in lines()[-1]


TOLD: Queue[dict[str, str]] = Queue()


@celery_app.task
def tell_ids() -> None:
    TOLD.put(get_contextvars())


def test_the_lines_of_a_task_carry_the_ids_of_the_request_that_caused_it():
    worker = start_worker(celery_app, pool="threads", concurrency=1, perform_ping_check=False)
    clear_contextvars()
    with worker, bound_contextvars(request_id="edge-0123456789", user_id="7"):
        queued = tell_ids.delay()
        ids = TOLD.get(timeout=10)
    assert ids == {"request_id": "edge-0123456789", "user_id": "7", "task_id": queued.id}
