"""docs/deploy/nginx.conf in a real nginx: what people and programs get through it, and what they notice of a death."""

import json
import os
import re
import signal
import subprocess
from contextlib import ExitStack
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from django.db import connection
from django.utils import timezone
from websockets.exceptions import ConnectionClosed

from accounts.services import log_in_with_password
from chat.listening import fit_version
from chat.services import start_session
from tests.conftest import PASSWORD
from tests.deploy.site import NGINX, NO_NGINX, Site, nginx_options

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
PATIENCE_S = 30


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    assert NGINX, NO_NGINX
    server, name = urlsplit(os.environ["DATABASE_URL"]), connection.settings_dict["NAME"]
    site = Site(tmp_path_factory.mktemp("site"), server._replace(path=f"/{name}").geturl())
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def visitor(site):
    with site.visitor() as visitor:
        yield visitor


@pytest.fixture
def lena(learner, settings):
    """Her password is kept as production keeps it: written anew it would end the sign-ins before."""
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2"]
    learner.set_password(PASSWORD)
    learner.save()
    return learner


@pytest.fixture
def session(lena, scenarios):
    scenario = scenarios["vpn-will-not-connect"]
    scenario.prerequisites.clear()
    fit_version(scenario.current_version, here=True)  # as `prepare` does: nobody's first answer is slow
    return start_session(learner=lena, scenario=scenario, mode="exam", now=timezone.now(), seed=7)


def sign_in(browser: httpx.Client, email: str) -> httpx.Response:
    page = browser.get("/accounts/login/")
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text))
    data = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    return browser.post("/accounts/login/", data=data, headers={"Referer": str(page.url)})


def await_frame(socket, kind: str) -> dict:
    while (frame := json.loads(socket.recv(timeout=PATIENCE_S)))["type"] != kind:
        pass
    return frame


def say(socket, text: str) -> dict:
    """The customer's answer, once ours was acked."""
    client_id = str(uuid4())
    frame = {"type": "message.send", "clientId": client_id, "text": text, "messageType": "reply"}
    socket.send(json.dumps(frame))
    acked, answer = False, None
    while not (acked and answer):
        frame = json.loads(socket.recv(timeout=PATIENCE_S))
        acked |= frame["type"] == "ack" and frame["clientId"] == client_id
        if frame["type"] == "message" and frame["senderType"] == "ai":
            answer = frame
    return answer


def assert_contract(answer: httpx.Response, status: int, path: str) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/json")
    body = answer.json()
    assert body.keys() == {"statusCode", "error", "message", "timestamp", "path"}
    assert (body["statusCode"], body["path"]) == (status, path)
    assert datetime.fromisoformat(body["timestamp"]).tzinfo


def test_nginx_finds_no_fault_in_the_configuration(tmp_path):
    assert NGINX, NO_NGINX
    options = nginx_options(tmp_path, "listen 127.0.0.1:80;", web=[8000], chat=[8001])
    told = subprocess.run([NGINX, "-t", *options], capture_output=True, text=True)
    assert told.returncode == 0 and "warn" not in told.stderr, told.stderr


def test_a_page_comes_compressed_and_knows_that_it_was_asked_for_by_https(visitor):
    page = visitor.get("/accounts/login/")
    assert page.status_code == 200 and page.headers["content-encoding"] == "gzip"
    assert "strict-transport-security" in page.headers
    assert "__Host-csrftoken" in page.cookies


def test_a_static_file_is_not_sent_again_while_it_is_the_same(visitor):
    first = visitor.get("/static/css/tokens.css")
    assert first.status_code == 200 and first.headers["content-type"].startswith("text/css")
    again = {"If-Modified-Since": first.headers["last-modified"]}
    assert visitor.get("/static/css/tokens.css", headers=again).status_code == 304


def test_a_form_is_taken_with_its_token_and_refused_without(visitor, lena):
    refused = visitor.post("/accounts/login/", data={"login": lena.email, "password": PASSWORD})
    assert refused.status_code == 403
    taken = sign_in(visitor, lena.email)
    assert (taken.status_code, taken.headers["location"]) == (302, "/dashboard/")
    assert visitor.get("/dashboard/").status_code == 200


def test_a_visitor_cannot_choose_the_address_that_is_counted(visitor):
    """Ten sign-ins a minute from one address: lies about it in the header do not begin anew."""
    body = {"email": "nobody@people.example", "password": "wrong"}
    statuses = [
        visitor.post(
            "/api/v1/auth/login", json=body, headers={"X-Forwarded-For": f"203.0.113.{number}"}
        ).status_code
        for number in range(12)
    ]
    assert statuses[0] == 401 and statuses[-1] == 429


def test_a_body_that_is_too_large_is_refused_by_nginx_in_the_contracts_shape(visitor):
    answer = visitor.post("/api/v1/auth/login", content=b"x" * 3 * 1024 * 1024)
    assert_contract(answer, 413, "/api/v1/auth/login")
    page = visitor.post("/accounts/login/", content=b"x" * 3 * 1024 * 1024)
    assert page.status_code == 413 and page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/metrics", "//metrics", "/metrics/", "/%6detrics", "/static/../metrics"])
def test_metrics_are_not_for_the_world(site, path):
    """Over a bare connection: a client library would tidy the path up."""
    told = subprocess.run(
        [
            "curl",
            "--silent",
            "--insecure",
            "--path-as-is",
            "--noproxy",
            "*",
            "--include",
            f"{site.url}{path}",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.startswith("HTTP/1.1 404") and "Server: nginx" in told


def test_who_asks_a_socket_for_a_page_does_not_reach_the_chat(visitor):
    assert visitor.get("/ws/me/").status_code == 426


def test_a_conversation_goes_by_cookie_and_by_token(site, visitor, session):
    sign_in(visitor, session.learner.email)
    token = log_in_with_password(email=session.learner.email, password=PASSWORD, now=timezone.now()).token
    path = f"/ws/sessions/{session.pk}/"
    with site.socket(path, browser=visitor) as browser, site.socket(path, token=token) as program:
        assert await_frame(browser, "state") and await_frame(program, "state")
        answer = say(browser, "Good morning, how can I help you?")
        while (message := await_frame(program, "message"))["id"] != answer["id"]:
            pass
        assert message["text"] == answer["text"]


def test_a_killed_chat_process_is_replaced_by_the_other(site, session):
    token = log_in_with_password(email=session.learner.email, password=PASSWORD, now=timezone.now()).token
    path = f"/ws/sessions/{session.pk}/"
    dies, _ = site.parts["chat"]
    with ExitStack() as open_ones:
        sockets = [open_ones.enter_context(site.socket(path, token=token)) for _ in range(4)]
        for socket in sockets:
            await_frame(socket, "state")
        first = say(sockets[0], "Good morning, how can I help you?")
        site.end_part(dies, signal.SIGKILL)
        open_ones.callback(site.bring_back, "chat", dies)
        assert sum(map(is_cut, sockets)) == 2, "the least busy process takes each new socket"
        again = open_ones.enter_context(site.socket(path, token=token))
        await_frame(again, "state")
        again.send(json.dumps({"type": "resume", "after": first["seq"] - 1}))
        assert await_frame(again, "message")["id"] == first["id"]
        assert say(again, "What does the error say?")["seq"] > first["seq"]


def is_cut(socket) -> bool:
    """Whether its process is gone; one that lives answers a ping."""
    try:
        socket.send(json.dumps({"type": "ping"}))
        await_frame(socket, "pong")
    except ConnectionClosed:
        return True
    return False


def test_a_killed_web_process_is_passed_over_and_nobody_waits_for_it(site, visitor, lena):
    dies, _ = site.parts["web"]
    try:
        site.end_part(dies, signal.SIGKILL)
        assert {visitor.get("/accounts/login/").status_code for _ in range(6)} == {200}
        assert sign_in(visitor, lena.email).status_code == 302
    finally:
        site.bring_back("web", dies)


def test_without_any_web_process_it_says_so_in_both_shapes_and_comes_back(site, visitor):
    try:
        for port in site.parts["web"]:
            site.end_part(port, signal.SIGTERM)
        page, answer = visitor.get("/dashboard/"), visitor.get("/api/v1/users/me")
        assert (page.status_code, promised := page.headers["retry-after"]) == (503, "10")
        assert page.headers["content-type"].startswith("text/html")
        assert_contract(answer, 503, "/api/v1/users/me")
        assert answer.headers["retry-after"] == "10"
    finally:
        site.bring_back("web", *site.parts["web"])
    assert site.await_answer(visitor, "/accounts/login/", within_s=int(promised)).status_code == 200
