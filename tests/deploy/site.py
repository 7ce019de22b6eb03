"""The whole site as an operator starts it: two web and two chat processes (script/run) behind nginx, with TLS."""

import os
import secrets
import shutil
import signal
import ssl
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import httpx
from django.conf import settings
from websockets.sync.client import ClientConnection, connect

from tests.browser.server import free_port

ROOT = Path(settings.BASE_DIR)
CONFIGURATION = ROOT / "docs" / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
NO_NGINX = "needs nginx (Debian: nginx-light)"
START_S, STOP_S = 120, 30
PASSED_OVER = "fail_timeout=3s"
NOT_INHERITED = ("APP_ENV", "DEMO", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "CSRF_TRUSTED_ORIGINS")


class Site:
    """`folder` takes logs and certificate; `database` is the URL of a migrated PostgreSQL database."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED} | {
            "DATABASE_URL": database,
            "REDIS_URL": settings.REDIS_URL,
            "SITE_URL": self.url,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SECRETS_KEYS": secrets.token_urlsafe(32),
            "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "BIND": "127.0.0.1",
            "WEB_WORKERS": "1",
            "LOG_LEVEL": "WARNING",
        }
        self.parts = {"web": [free_port(), free_port()], "chat": [free_port(), free_port()]}
        self.processes: dict[int | str, subprocess.Popen] = {}

    def start(self) -> None:
        for part, ports in self.parts.items():
            self._launch(part, *ports)
        for ports in self.parts.values():
            self._await(*ports)
        self._start_nginx()

    def bring_back(self, part: str, *ports: int) -> None:
        self._launch(part, *ports)
        self._await(*ports)

    def _launch(self, part: str, *ports: int) -> None:
        for port in ports:
            self.processes[port] = self._run_script(part, port)

    def await_answer(self, visitor: httpx.Client, path: str, within_s: float) -> httpx.Response:
        """The first that nginx does not make itself because nobody is there; AssertionError after `within_s`."""
        deadline = time.monotonic() + within_s
        while (answer := visitor.get(path)).status_code == 503:
            assert time.monotonic() < deadline, answer.text
            time.sleep(0.1)
        return answer

    def _await(self, *ports: int) -> None:
        deadline = time.monotonic() + START_S
        for port in ports:
            while (asked := self._run_script("health", port)).wait():
                assert self.processes[port].poll() is None and time.monotonic() < deadline, asked.args
                time.sleep(0.1)

    def end_part(self, port: int, how: signal.Signals) -> None:
        """All of its processes at once, as when a machine goes; SIGTERM asks its first process alone."""
        process = self.processes.pop(port)
        if how is signal.SIGTERM:
            process.terminate()
        else:
            os.killpg(process.pid, how)
        process.wait(timeout=STOP_S)

    def stop(self) -> None:
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def visitor(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, verify=self.trust, timeout=30, trust_env=False)

    def socket(self, path: str, *, token: str = "", browser: httpx.Client | None = None) -> ClientConnection:
        """By token, or with the cookies of a browser."""
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items()) if browser else ""
        return connect(
            f"wss://127.0.0.1:{self.port}{path}",
            ssl=self.trust,
            origin=self.url if browser else None,
            subprotocols=["helpdesk.v1", f"token.{token}"] if token else None,
            additional_headers={"Cookie": cookies} if browser else {},
            proxy=None,
        )

    def _start_nginx(self) -> None:
        certificate, key = self.folder / "site.pem", self.folder / "site.key"
        names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        files = ["-out", str(certificate), "-keyout", str(key)]
        subprocess.run(["openssl", "req", *kind, *names, *files], check=True, capture_output=True)
        self.trust = ssl.create_default_context(cafile=str(certificate))
        listen = (
            f"listen 127.0.0.1:{self.port} ssl; ssl_certificate {certificate}; ssl_certificate_key {key};"
        )
        command = [NGINX, *nginx_options(self.folder, listen, **self.parts)]
        self.processes["nginx"] = self._run("nginx", command)
        deadline = time.monotonic() + START_S
        with self.visitor() as visitor:
            while time.monotonic() < deadline:
                with suppress(httpx.ConnectError):
                    visitor.get("/health/")
                    return
                time.sleep(0.05)
        raise AssertionError((self.folder / "nginx.log").read_text())

    def _run_script(self, part: str, port: int) -> subprocess.Popen:
        return self._run(f"{part}-{port}", [str(ROOT / "script" / "run"), part, str(port)])

    def _run(self, name: str, command: list[str]) -> subprocess.Popen:
        with (self.folder / f"{name}.log").open("w") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )


def nginx_options(folder: Path, listen: str, web: list[int], chat: list[int]) -> list[str]:
    """The shipped configuration with other addresses, and with what nginx writes in `folder`."""
    text = CONFIGURATION.read_text()
    scratch = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    for old, new in (
        ("listen 80;", listen),
        (f"server web:8000 {PASSED_OVER};", _servers(web)),
        (f"server chat:8001 {PASSED_OVER};", _servers(chat)),
        ("http {", f"http {{ {scratch}"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = folder / "nginx.conf"
    file.write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""  # else it becomes one who may not enter the folder
    return ["-c", str(file), "-e", "stderr", "-g", f"{user} daemon off; pid {folder}/nginx.pid;"]


def _servers(ports: list[int]) -> str:
    return " ".join(f"server 127.0.0.1:{port} {PASSED_OVER};" for port in ports)
