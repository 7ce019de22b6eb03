"""Traces and reports of errors reach whoever listens for them, and tell of nobody."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[1]
PERSONAL = ("lena@people.example", "hunter22", "203.0.113.77", "jGKte4tFjGKte4tF", "Firefox", "s3cr3ts3cr3t")
BEFORE = """
import os
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from django.test import Client
from django.urls import path
from helpdesk_sim import urls
from helpdesk_sim.watching import watch

def break_down(request, token):
    password = "hunter22"
    raise ValueError(f"no mail for lena@people.example, password={password}")

urls.urlpatterns.append(path("invitations/<str:token>/broken/", break_down))
watch("web")
visitor = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1", REMOTE_ADDR="203.0.113.77")
visitor.cookies["look"] = "s3cr3ts3cr3t"
headers = {"User-Agent": "Firefox", "X-Request-ID": "edge-0123456789"}
answer = visitor.get("/invitations/jGKte4tFjGKte4tF/broken/?email=lena@people.example", headers=headers)
assert answer.status_code == 500, answer
"""
TRACES = "from opentelemetry.trace import get_tracer_provider; get_tracer_provider().force_flush()"
REPORTS = "import sentry_sdk; sentry_sdk.flush(10)"


@pytest.fixture
def listener() -> Iterator[ThreadingHTTPServer]:
    """Keeps what is sent to it: `received` is a list of (path, body)."""

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            packed = self.headers.get("Content-Encoding") == "gzip"
            self.server.received.append((self.path, gzip.decompress(body) if packed else body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keep)
    server.received = []
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def run(code: str, **settings: str) -> None:
    """In a process of its own: both change how all of it works."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL",)}
    surroundings |= {"DATABASE_URL": "sqlite://:memory:", "APP_ENV": "test", "LOG_LEVEL": "ERROR"} | settings
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=surroundings, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def test_a_trace_tells_the_route_and_of_nobody(listener):
    pytest.importorskip("opentelemetry.sdk")
    run(BEFORE + TRACES, OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{listener.server_port}")
    [(path, body)] = listener.received
    assert path == "/v1/traces"
    assert b"invitations/<str:token>/broken/" in body and b"helpdesk-web" in body and b"ValueError" in body
    assert not [word for word in PERSONAL if word.encode() in body]


def test_a_report_tells_where_it_broke_and_of_nobody(listener):
    pytest.importorskip("sentry_sdk")
    run(BEFORE + REPORTS, SENTRY_DSN=f"http://key@127.0.0.1:{listener.server_port}/1")
    events = [body for _path, body in listener.received if b'"ValueError"' in body]
    [body] = events
    assert b"break_down" in body and b"edge-0123456789" in body and b'"part":"web"' in body.replace(b" ", b"")
    for _path, each in listener.received:
        assert not [word for word in PERSONAL if word.encode() in each]


def test_without_the_settings_neither_package_is_loaded():
    run(BEFORE + "import sys; assert not {'sentry_sdk', 'opentelemetry'} & set(sys.modules), 'loaded'")


def test_a_probe_needs_no_name_of_a_host_while_traces_are_taken(listener):
    pytest.importorskip("opentelemetry.sdk")
    probe = "\nassert Client(SERVER_NAME='10.1.2.3').get('/health/live').status_code == 200\n"
    run(BEFORE + probe, OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{listener.server_port}")
