"""`manage.py doctor` says in words what is wrong with an installation, and what to do."""

import json
import resource
import smtplib
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.models import IdentityProvider
from helpdesk_sim.doctor import examine
from helpdesk_sim.last_runs import NOTED, note_run
from helpdesk_sim.static_files import BuiltStaticFiles

ANOTHER_KEY = "YW5vdGhlci1rZXktb2YtdGhlLXRlc3RzLW9ubHkhISE"
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
pytestmark = pytest.mark.django_db


def found(about: str) -> list[tuple[str, str]]:
    """(state, all that is said) of each finding about it."""
    return [(each.state, f"{each.says} {each.do}") for each in examine() if each.about == about]


def test_a_database_that_is_away(no_database):
    [(state, words)] = found("database")
    assert state == "wrong" and "cannot be reached" in words and "DATABASE_URL" in words


def test_a_database_that_answers():
    [(state, words)] = found("database")[:1]
    assert state == "ok" and "answers" in words


def test_a_database_behind_the_code_is_asked_nothing_more():
    MigrationRecorder.Migration.objects.filter(app="helpdesk_sim").delete()
    [(state, words)] = found("migrations")
    assert state == "wrong" and "helpdesk_sim.0001_last_runs" in words and "prepare" in words
    assert found("jobs") == []


@on_postgres
def test_more_processes_than_the_database_has_connections_for(monkeypatch):
    monkeypatch.setenv("WEB_WORKERS", "100")
    [(state, words)] = found("connections")
    assert state == "wrong" and "100 web processes × 8" in words and "max_connections" in words


@on_postgres
def test_connections_that_suffice(monkeypatch):
    monkeypatch.setenv("WEB_WORKERS", "1")
    [(state, words)] = found("connections")
    assert (
        state == "ok" and "1 web processes × 8, chat 8 + 8, 2 worker processes × 8, beat 8: up to 48" in words
    )


@on_postgres
def test_a_clock_that_is_wrong(monkeypatch):
    assert found("clock")[0][0] == "ok"
    true_time = time.time
    monkeypatch.setattr(time, "time", lambda: true_time() - 60)
    [(state, words)] = found("clock")
    assert state == "wrong" and "60 s ahead" in words and "NTP" in words


def test_a_name_that_is_not_served(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://desk.example", ["other.example"]
    [(state, words)] = found("addresses")
    assert state == "wrong" and "desk.example" in words and "ALLOWED_HOSTS" in words


def test_forms_that_nobody_may_send(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://desk.example", ["desk.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://other.example"]
    [(state, words)] = found("addresses")
    assert state == "wrong" and "CSRF_TRUSTED_ORIGINS" in words


def test_mail_that_goes_nowhere(settings):
    settings.EMAIL_BACKEND, settings.TRIAL = "django.core.mail.backends.dummy.EmailBackend", False
    [(state, words)] = found("mail")
    assert state == "wrong" and "EMAIL_URL" in words


def test_a_mail_server_that_is_away(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.DEFAULT_FROM_EMAIL = "desk@desk.example"
    [(state, words)] = found("mail")
    assert state == "wrong" and "127.0.0.1:1" in words and "refused" in words
    assert issubclass(smtplib.SMTPException, OSError)


def test_a_redis_that_is_away(settings):
    settings.EMBEDDED, settings.REDIS_URL = False, "redis://:hunter22@127.0.0.1:1/1"
    [(state, words)] = found("redis")
    assert state == "wrong" and "cannot be reached" in words and "hunter22" not in words


def test_static_files_that_nobody_built(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    backend = f"{BuiltStaticFiles.__module__}.{BuiltStaticFiles.__qualname__}"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    [(state, words)] = found("static files")
    assert state == "wrong" and "collectstatic" in words


def test_few_files_may_be_open():
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, limits[1]))
    try:
        [(state, words)] = found("open files")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert state == "note" and "512" in words and "ulimit -n" in words


def test_a_key_that_does_not_open_what_is_stored(settings):
    assert found("secrets")[0][0] == "ok"
    IdentityProvider.objects.create(
        name="School", slug="school", server_url="https://id.example", client_id="desk", secret="hunter22"
    )
    assert found("secrets")[0] == ("ok", "SECRETS_KEYS opens what is stored. ")
    settings.SECRETS_KEYS = [ANOTHER_KEY]
    [(state, words)] = found("secrets")
    assert state == "wrong" and "rotate_secrets" in words and "hunter22" not in words


def test_no_scenario_to_play():
    [(state, words)] = found("scenarios")
    assert state == "wrong" and "prepare" in words


def test_sweeps_that_do_not_run():
    [(state, words)] = found("jobs")
    assert state == "wrong" and "chat.tasks.sweep (never)" in words


def test_sweeps_that_stopped():
    for task in NOTED:
        note_run(task=task, now=timezone.now())
    assert found("jobs")[0][0] == "ok"
    note_run(task="chat.tasks.sweep", now=timezone.now() - timedelta(minutes=5))
    [(state, words)] = found("jobs")
    assert state == "wrong" and "chat.tasks.sweep (last at" in words and "accounts" not in words


def test_it_ends_with_1_if_something_is_wrong_and_says_so_for_programs(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json")
    told = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1 and told["ok"] is False
    assert {"about", "state", "says", "do"} == set(told["findings"][0])


def test_it_ends_well_if_nothing_is_wrong(capsys, monkeypatch):
    monkeypatch.setattr("helpdesk_sim.doctor.examining.WITH_TABLES", ())
    call_command("doctor")
    assert "ok    migrations: All are applied." in capsys.readouterr().out
