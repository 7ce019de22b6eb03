"""The program does not start with settings that cannot be meant, and says which, without giving secrets away."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from helpdesk_sim.environment import Environment
from tests.test_production import GOOD, manage


@pytest.mark.parametrize(
    ("name", "value", "ask"),
    [
        ("DATABASE_URL", "postgres:/db/helpdesk", "postgres://user:password@host:5432/name"),
        ("DATABASE_URL", "mysql://db/helpdesk", "postgres://user:password@host:5432/name"),
        ("DATABASE_URL", "postgres://db", "postgres://user:password@host:5432/name"),
        ("REDIS_URL", "redis:6379", "redis://host:6379/1"),
        ("SITE_URL", "helpdesk.example.com", "https://helpdesk.example.com"),
        ("EMAIL_URL", "mail.example.com:587", "smtp+tls://"),
        ("TRUSTED_PROXIES", "one", "a whole number of at least 0"),
        ("SESSION_DAYS", "0", "a whole number of at least 1"),
        ("LANGUAGES", "en,klingon", "en,nl,pt-br"),
        ("ALLOWED_HOSTS", "https://desk.example", "names alone"),
        ("LOG_LEVEL", "LOUD", "INFO"),
        ("DEMO", "flase", "1 or 0"),
    ],
)
def test_it_does_not_start_with_a_setting_that_cannot_be_meant(name, value, ask):
    more = GOOD | {name: value}
    ran = manage("check", database=more.pop("DATABASE_URL", "sqlite://:memory:"), **more)
    assert ran.returncode != 0
    told = ran.stderr.strip().splitlines()[-1]
    assert f"{name} is " in told and value.split(",")[-1].casefold() in told.casefold() and ask in told


@pytest.fixture
def read(monkeypatch):
    """`read("redis", value)`: what the method makes of a variable with that value."""

    def read(method, value, **more):
        monkeypatch.setenv("SETTING", value)
        return getattr(Environment(), method)("SETTING", **more)

    return read


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("db", "postgres://helpdesk:hunter22@/name"),
        ("db", "postgres://helpdesk:hunt/er22@db:5432/name"),
        ("db", "postgres://helpdesk:hunt@er22@db:port/name"),
        ("db", "postgres:helpdesk:hunter22@db/name"),
        ("redis", "redis://:hunter22@redis:6379/one"),
        ("email_url", "smtp+fast://helpdesk:hunter22@mail.example.com"),
        ("service", "https://hunter22@:443/1"),
        ("service", "ftp://hunter22@sentry.example/1"),
    ],
)
def test_what_it_says_holds_no_password(read, method, value):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(method, value, **({"default": ""} if method in ("db", "email_url") else {}))
    assert "SETTING is" in str(refused.value) and "[secret]" in str(refused.value)
    assert not any(part in str(refused.value) for part in ("hunt", "er22", "helpdesk:"))


@pytest.mark.parametrize(
    ("method", "value", "made"),
    [
        ("redis", "rediss://:secret@redis:6379/1", "rediss://:secret@redis:6379/1"),
        ("redis", "redis://redis", "redis://redis"),
        ("service", "http://127.0.0.1:4318", "http://127.0.0.1:4318"),
        ("listen", "127.0.0.1:9100", ("127.0.0.1", 9100)),
        ("listen", "[::1]:9100", ("::1", 9100)),
        ("listen", "", None),
    ],
)
def test_what_can_be_meant_is_taken(read, method, value, made):
    assert read(method, value) == made


@pytest.mark.parametrize("value", ["9100", "127.0.0.1", "127.0.0.1:metrics", "127.0.0.1:9100/metrics"])
def test_a_place_to_listen_at_has_an_address_and_a_port(read, value):
    with pytest.raises(ImproperlyConfigured, match=r"127\.0\.0\.1:9100"):
        read("listen", value)


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_yes_and_no_have_several_words(read, value, meant):
    assert read("bool", value, default=not meant) is meant
