"""Start the real provider from the npm registry, and walk through its pages as a person would."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx

from tests.browser.server import free_port

HERE = Path(__file__).parent
CALLBACK = "http://testserver/accounts/oidc/acme/login/callback/"
SECRET = "a-secret-of-the-tests"
NO_PROVIDER = "needs node, and `npm ci --prefix tests/openid`"


def is_installed() -> bool:
    return bool(shutil.which("node")) and (HERE / "node_modules" / "oidc-provider").is_dir()


@contextmanager
def running() -> Iterator[str]:
    """Answers its issuer."""
    port = free_port()
    command = ["node", str(HERE / "provider.mjs"), str(port), CALLBACK]
    quiet = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=quiet
    )
    try:
        assert process.stdout and "ready" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def sign_in(address: str, name: str) -> str:
    """From the provider's first page to the address that it sends the browser back to."""
    with httpx.Client(trust_env=False) as browser:
        answer = browser.get(address)
        while not (there := _next(answer)).startswith(CALLBACK):
            if answer.is_redirect:
                answer = browser.get(there)
            else:
                (prompt,) = re.findall(r'name="prompt" value="(\w+)"', answer.text)
                answer = browser.post(there, data={"prompt": prompt, "login": name, "password": "any"})
        return there


def _next(answer: httpx.Response) -> str:
    """Where a redirect or the page's form leads."""
    where = answer.headers.get("location") or re.search(r'<form[^>]* action="([^"]+)"', answer.text)[1]
    return urljoin(str(answer.url), unescape(where))
