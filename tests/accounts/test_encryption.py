"""Secrets at rest: sealed, bound to where they belong, and moved to a new key."""

import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.models import JSONField, Value
from django.utils import timezone

from accounts.encryption import Unreadable, decrypt, encrypt, is_current, parse_keys
from accounts.models import IdentityProvider, KeptAnswer

OLD, NEW, OTHER = (urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n", b"x"))
ROOT = Path(__file__).parents[2]


@pytest.fixture
def keys(settings):
    """`keys(NEW, OLD)`: what the environment names."""

    def named(*values):
        settings.SECRETS_KEYS = list(values)

    named(OLD)
    return named


@pytest.fixture
def acme(db, keys):
    return IdentityProvider.objects.create(
        name="Acme", slug="acme", server_url="https://acme.example", client_id="desk", secret="hush"
    )


def stored(table="accounts_identityprovider", column="secret"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("secret", ["hush", "x" * 5000, "schön 🔑", "v1.looks.sealed"])
def test_what_was_sealed_opens_and_tells_nothing(keys, secret):
    sealed = encrypt(secret, purpose="a")
    assert decrypt(sealed, purpose="a") == secret and secret not in sealed


def test_the_same_secret_never_looks_the_same(keys):
    assert encrypt("hush", purpose="a") != encrypt("hush", purpose="a")


def test_in_another_column_it_does_not_open(keys):
    with pytest.raises(Unreadable, match="belongs elsewhere"):
        decrypt(encrypt("hush", purpose="a"), purpose="b")


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-3] + "AAA", lambda s: s[:-8], lambda s: s[:14], lambda s: s + "é"]
)
def test_altered_it_does_not_open(keys, spoil):
    with pytest.raises(Unreadable):
        decrypt(spoil(encrypt("hush", purpose="a")), purpose="a")


def test_an_older_key_still_opens_and_the_newest_seals(keys):
    sealed = encrypt("hush", purpose="a")
    keys(NEW, OLD)
    assert decrypt(sealed, purpose="a") == "hush" and not is_current(sealed)
    assert is_current(encrypt("hush", purpose="a"))


@pytest.mark.parametrize("text", ["", "hush", "v1.", "v2.abc.def"])
def test_what_no_key_opens_says_what_is_missing(keys, text):
    with pytest.raises(Unreadable, match="SECRETS_KEYS"):
        decrypt(text, purpose="a")


@pytest.mark.parametrize("value", ["", "short", "é" * 43, OLD + "AAAA", "=" * 44])
def test_a_key_that_is_none_says_how_to_make_one(value):
    with pytest.raises(ImproperlyConfigured, match="token_urlsafe"):
        parse_keys([value])


def test_a_key_made_as_we_say_is_one():
    made = subprocess.run(
        [sys.executable, "-c", "import secrets; print(secrets.token_urlsafe(32))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(parse_keys([made.stdout])[0]) == 32


def test_the_column_holds_no_secret(acme):
    assert "hush" not in stored() and stored().startswith("v1.")
    assert IdentityProvider.objects.get().secret == "hush"


def test_no_secret_is_none(db, keys):
    IdentityProvider.objects.create(
        name="A", slug="a", server_url="https://a.example", client_id="d", secret=""
    )
    assert stored() == "" and IdentityProvider.objects.get().secret == ""


def test_rotation_moves_columns_and_factors_and_may_be_repeated(acme, learner, keys, capsys):
    seal = get_adapter().encrypt
    Authenticator.objects.create(user=learner, type="totp", data={"secret": seal("base32")})
    codes = {"migrated_codes": [seal("one"), seal("two")], "used_mask": 3}
    Authenticator.objects.create(user=learner, type="recovery_codes", data=codes)
    answer = {"key": uuid4(), "request_hash": "?", "created_at": timezone.now()}
    KeptAnswer.objects.create(user=learner, status=201, body={"url": "/invitations/x/"}, **answer)
    keys(NEW, OLD)
    call_command("rotate_secrets")
    assert {
        "accounts.identityprovider.secret: 1 written again",
        "accounts.keptanswer.body: 1 written again",
        "mfa.Authenticator: 2 written again",
    } <= set(capsys.readouterr().out.splitlines())
    keys(NEW)
    assert KeptAnswer.objects.get().body == {"url": "/invitations/x/"}
    assert IdentityProvider.objects.get().secret == "hush"
    app, recovery = (Authenticator.objects.get(type=kind).data for kind in ("totp", "recovery_codes"))
    assert get_adapter().decrypt(app["secret"]) == "base32"
    assert [get_adapter().decrypt(code) for code in recovery["migrated_codes"]] == ["one", "two"]
    assert recovery["used_mask"] == 3
    before = stored()
    call_command("rotate_secrets")
    said = capsys.readouterr().out.splitlines()
    assert all(line.endswith(": 0 written again") for line in said) and stored() == before


def test_a_kept_answer_tells_nothing_and_one_that_was_kept_plain_opens(learner, keys):
    answer = {"user": learner, "request_hash": "?", "created_at": timezone.now()}
    for body in ({"url": "/invitations/hush/"}, None, ["x"], "v1.looks.sealed", 0):
        kept = KeptAnswer.objects.create(key=uuid4(), body=body, **answer)
        kept.refresh_from_db()
        assert kept.body == body and "hush" not in str(stored("accounts_keptanswer", "body"))
        KeptAnswer.objects.update(body=Value({"url": "plain"}, JSONField()))  # by the release before
        kept.refresh_from_db()
        assert kept.body == {"url": "plain"}
        import_module("accounts.migrations.0008_kept_answers_are_sealed").seal(
            apps, connection.schema_editor()
        )
        assert "plain" not in str(stored("accounts_keptanswer", "body"))
        kept.refresh_from_db()
        assert kept.body == {"url": "plain"}
        kept.delete()


def test_rotation_names_what_no_key_opens_and_goes_on(acme, keys, capsys):
    keys(OTHER)
    lost = IdentityProvider.objects.bulk_create(
        IdentityProvider(name=n, slug=n, server_url="https://b.example", client_id="d", secret="b")
        for n in "bc"
    )
    keys(NEW, OLD)
    with pytest.raises(SystemExit) as end:
        call_command("rotate_secrets")
    said = capsys.readouterr()
    assert end.value.code == 1 and "1 written again" in said.out
    assert [f"secret {row.pk}: no key" in said.err for row in lost] == [True, True]


def test_rotation_takes_many_in_batches(db, keys, capsys, monkeypatch):
    monkeypatch.setattr("accounts.services.rotation.BATCH", 3)
    IdentityProvider.objects.bulk_create(
        IdentityProvider(name=f"{n}", slug=f"{n}", server_url="https://b.example", client_id="d", secret="b")
        for n in range(8)
    )
    keys(NEW, OLD)
    call_command("rotate_secrets")
    assert "8 written again" in capsys.readouterr().out


def start(**environment):
    """What `manage.py check` says, with these variables and no others of ours."""
    ours = ("SECRET_KEY", "SECRETS_KEYS", "DEMO", "APP_ENV", "DJANGO_SETTINGS_MODULE")
    rest = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=rest | environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    "environment, missing",
    [
        ({}, "Set SECRET_KEY "),
        (
            {"SECRET_KEY": "x" * 50},
            "Set SECRETS_KEYS to 32 random bytes in URL-safe base64. Make them with python3 -c",
        ),
        ({"SECRET_KEY": "x" * 50, "SECRETS_KEYS": "too-short"}, "SECRETS_KEYS takes keys of 32 random bytes"),
    ],
)
def test_it_does_not_start_for_others_without_secrets_of_its_own(environment, missing):
    assert missing in start(**environment).stderr


def test_with_both_it_starts():
    assert start(SECRET_KEY="x" * 50, SECRETS_KEYS=f"{NEW},{OLD}").returncode == 0
