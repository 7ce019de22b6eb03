"""A throw-away server: its own process, port, folder and database. Nothing of yours is touched."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

from helpdesk_sim.smoke.client import SmokeError

START_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, port: int) -> dict[str, str]:
    """Of a server that owns nothing but `folder`, without demo mode and Redis."""
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'smoke.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SECRETS_KEYS": secrets.token_urlsafe(32),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    gone = ("DEMO", "REDIS_URL", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL")
    return {name: value for name, value in os.environ.items() if name not in gone} | own


@contextmanager
def serving(port: int, *, env: dict[str, str] | None = None, log: Path) -> Iterator[float]:
    """A prepared server at this port while the block runs; gives the seconds to its first page."""
    command = [
        sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "serve",
        "--prepared",
        "--port",
        str(port),
    ]
    started = time.monotonic()
    with log.open("w") as out, subprocess.Popen(command, env=env, stdout=out, stderr=out) as server:  # noqa: S603
        try:
            _await_page(f"http://127.0.0.1:{port}/", server, log)
            yield time.monotonic() - started
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()


def _await_page(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url, timeout=START_S):  # noqa: S310
                return
        except URLError:
            time.sleep(0.1)
    raise SmokeError(f"The server did not start:\n{log.read_text()[-2000:]}")
