"""The log holds no secret and nobody's address."""

import logging
import sys

import pytest

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
