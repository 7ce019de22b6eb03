"""As it runs for others: what it refuses to start with, and what a real answer carries."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GOOD = {
    "SECRET_KEY": "".join(chr(97 + number * 7 % 26) for number in range(60)),
    "SECRETS_KEYS": "b25seS1mb3ItdGhpcy1ydW4tb2YtdGhlLXRlc3RzLTA",
    "SITE_URL": "https://desk.example",
    "ALLOWED_HOSTS": "desk.example",
}
OURS = ("DEMO", "APP_ENV", "DJANGO_SETTINGS_MODULE", "REDIS_URL", *GOOD)
DEFAULT_KEY = "for-trials-on-one-machine-only-not-a-secret-000000000000"
DEFAULT_SECRETS = "Zm9yLXRyaWFscy1vbi1vbmUtbWFjaGluZS1vbmx5ISE"
ANSWERS = """
import json
from django.test import Client
def told(path, **more):
    answer = Client(SERVER_NAME="desk.example").get(path, **more)
    cookies = {name: dict(morsel.items()) for name, morsel in answer.cookies.items()}
    return {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
safe = {"HTTP_X_FORWARDED_PROTO": "https"}
print(json.dumps({
    "home": told("/", **safe),
    "sign in": told("/accounts/login/", **safe),
    "nothing": told("/no/such/page/", **safe),
    "admin": told("/admin/", **safe),
    "api": told("/api/v1/users/me", **safe),
    "file": told("/static/css/tokens.css", **safe),
    "plain": told("/"),
    "foreign": told("/", **(safe | {"HTTP_HOST": "evil.example"})),
    "forwarded": told("/", **(safe | {"HTTP_X_FORWARDED_HOST": "evil.example"})),
}))
"""


def manage(
    *command: str, database: str = "sqlite://:memory:", **environment: str
) -> subprocess.CompletedProcess:
    """`manage.py` in a process of its own, with this environment and no other of ours."""
    rest = {name: value for name, value in os.environ.items() if name not in OURS}
    rest |= {"DATABASE_URL": database, "LOG_LEVEL": "CRITICAL"}
    call = [sys.executable, "manage.py", *command]
    return subprocess.run(call, cwd=ROOT, env=rest | environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, dict]:
    database = f"sqlite:///{tmp_path_factory.mktemp('production') / 'db.sqlite3'}"
    ready = manage("migrate", "--verbosity", "0", database=database, **GOOD)
    assert ready.returncode == 0, ready.stderr
    ran = manage("shell", "--verbosity", "0", "--command", ANSWERS, database=database, **GOOD)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@cache
def deployment_check() -> subprocess.CompletedProcess:
    return manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)


def test_the_check_of_a_deployment_finds_nothing():
    assert deployment_check().returncode == 0, deployment_check().stderr
    assert "no issues" in deployment_check().stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY"),
        ({"SECRET_KEY": DEFAULT_KEY}, "Set SECRET_KEY"),
        ({"SECRETS_KEYS": ""}, "Set SECRETS_KEYS"),
        ({"SECRETS_KEYS": "too-short"}, "SECRETS_KEYS takes keys of 32 random bytes"),
        ({"SECRETS_KEYS": DEFAULT_SECRETS}, "Set SECRETS_KEYS"),
        ({"SECRETS_KEYS": f"{GOOD['SECRETS_KEYS']},{DEFAULT_SECRETS}"}, "Set SECRETS_KEYS"),
        ({"DEMO": "1"}, "passwords of the demo"),
        ({"SECRET_KEY": "", "APP_ENV": "test"}, "Set SECRET_KEY"),
    ],
)
def test_it_does_not_start_for_others_with(change, told):
    ran = manage("check", **(GOOD | change))
    assert ran.returncode != 0 and told in ran.stderr


@pytest.mark.parametrize("page", ["home", "sign in", "nothing", "api", "admin"])
def test_every_answer_tells_the_browser_to_be_careful(answers, page):
    headers = answers[page]["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    for rule in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy
    assert "http:" not in policy and "*" not in policy


@pytest.mark.parametrize("page", ["home", "sign in", "nothing", "api"])
def test_no_page_of_ours_allows_inline_script(answers, page):
    assert "unsafe" not in answers[page]["headers"]["Content-Security-Policy"]


def test_files_are_not_guessed_at(answers):
    headers = answers["file"]["headers"]
    assert headers["X-Content-Type-Options"] == "nosniff" and "text/css" in headers["Content-Type"]
    assert "Access-Control-Allow-Origin" not in headers


def test_cookies_are_of_this_host_and_out_of_reach_of_script(answers):
    cookies = answers["sign in"]["cookies"]
    assert "__Host-csrftoken" in cookies
    for name, cookie in cookies.items():
        assert name.startswith("__Host-") and cookie["secure"] and cookie["httponly"]
        assert cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"]


def test_plain_http_is_sent_to_https(answers):
    assert answers["plain"]["status"] == 301
    assert answers["plain"]["headers"]["Location"] == "https://desk.example/"


def test_another_host_name_is_refused(answers):
    assert answers["foreign"]["status"] == 400


def test_a_forwarded_host_name_is_not_believed(answers):
    assert answers["forwarded"]["status"] == 200
    assert "evil.example" not in str(answers["forwarded"])
