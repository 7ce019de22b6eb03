"""Prometheus is told what matters, cheaply, at a port of its own; rules and dashboard speak of nothing else."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connection
from django.utils import timezone
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from accounts import tasks
from accounts.models import Notice
from accounts.models.owed import MAX_ATTEMPTS
from accounts.services import record_audit, seal_audit, send_owed_mail
from helpdesk_sim.exporter import export, registry_of
from helpdesk_sim.models import LastRun

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
NAMES = re.compile(r"\b((?:helpdesk|django)_[a-z_]+)\b")


def told(name: str, **labels: str) -> float | None:
    """What a scrape says of it, with what the database says."""
    text = generate_latest(registry_of(with_state=True)).decode()
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    return next((s.value for s in samples if s.name == name and labels.items() <= s.labels.items()), None)


@pytest.fixture(autouse=True)
def same_connection(request, monkeypatch):
    """A scrape gives its thread's connection back; here it is the test's, with its transaction."""
    if "no_database" not in request.fixturenames:
        monkeypatch.setattr(connection, "close", lambda: None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.django_db
def test_with_nothing_owed_every_kind_says_nought():
    for kind in ("turn", "score", "reward", "mail", "seal"):
        assert told("helpdesk_owed", kind=kind) == 0
        assert told("helpdesk_owed_oldest_seconds", kind=kind) == 0
    assert told("helpdesk_database_up") == 1


@pytest.mark.django_db
def test_owed_work_is_counted_by_kind_with_the_age_of_the_oldest(learner, now, mailed):
    mailed(at=timezone.now() - timedelta(minutes=2))
    mailed(at=timezone.now() - timedelta(minutes=1))
    assert told("helpdesk_owed", kind="mail") == 2
    assert told("helpdesk_owed_oldest_seconds", kind="mail") == pytest.approx(120, abs=20)
    send_owed_mail(now=timezone.now())
    assert told("helpdesk_owed", kind="mail") == 0


@pytest.fixture
def mailed(learner):
    """A notice that owes a mail since then."""

    def owe(*, at, **more):
        owed = {"mail_state": Notice.MailState.OWED, "next_attempt_at": at}
        return Notice.objects.create(
            user=learner, kind="score", title="Scored", created_at=at, **(owed | more)
        )

    return owe


def test_what_was_given_up_is_told_apart_and_holds_no_alert_up(mailed):
    mailed(at=timezone.now(), mail_state=Notice.MailState.FAILED, mail_attempts=MAX_ATTEMPTS)
    assert told("helpdesk_given_up", kind="notice") == 1
    assert told("helpdesk_owed", kind="mail") == 0


@pytest.mark.django_db
def test_an_audit_event_is_owed_its_seal(now):
    before = told("helpdesk_owed", kind="seal")
    record_audit(actor=None, action="thing.happened", now=timezone.now() - timedelta(seconds=30))
    assert told("helpdesk_owed", kind="seal") == before + 1
    assert told("helpdesk_owed_oldest_seconds", kind="seal") >= 30
    seal_audit(now=timezone.now())
    assert told("helpdesk_owed", kind="seal") == 0


@pytest.mark.django_db
def test_a_job_of_the_schedule_that_ended_well_is_noted():
    task = tasks.send_owed_mail.name
    assert told("helpdesk_last_run_timestamp_seconds", task=task) == 0
    for _ in range(2):
        tasks.send_owed_mail.apply()
    assert told("helpdesk_last_run_timestamp_seconds", task=task) == pytest.approx(time.time(), abs=60)
    assert LastRun.objects.filter(task=task).count() == 1


@pytest.mark.django_db
def test_what_runs_every_second_is_not_noted():
    tasks.seal_audit.apply()
    assert not LastRun.objects.exists()


def test_a_failed_try_is_counted(mailed, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    before = told("helpdesk_failures_total", kind="notice") or 0
    mailed(at=timezone.now() - timedelta(minutes=2))
    send_owed_mail(now=timezone.now())
    assert told("helpdesk_failures_total", kind="notice") == before + 1


@pytest.mark.django_db
def test_a_scrape_costs_few_queries_and_the_next_one_none(
    django_assert_max_num_queries, django_assert_num_queries
):
    registry = registry_of(with_state=True)
    with django_assert_max_num_queries(25):
        generate_latest(registry)
    with django_assert_num_queries(0):
        generate_latest(registry)


def test_without_the_database_the_rest_is_told(no_database):
    assert told("helpdesk_database_up") == 0
    assert told("helpdesk_owed", kind="turn") is None
    assert told("helpdesk_ack_seconds_count") is not None


@pytest.mark.django_db
def test_requests_are_counted_by_view_and_status(client):
    labels = {"status": "404", "method": "GET", "view": "<unnamed view>"}
    before = told("django_http_responses_total_by_status_view_method_total", **labels) or 0
    client.get("/no/such/page/")
    assert told("django_http_responses_total_by_status_view_method_total", **labels) == before + 1


@pytest.mark.django_db
def test_nobody_makes_new_series_by_inventing_methods(client):
    client.get("/")
    before = series()
    for number in range(5):
        client.generic(f"MADEUP{number}", "/")
    assert not any("MADEUP" in each for each in series() - before)


def series() -> set[str]:
    return {
        str(s.labels) + s.name
        for family in REGISTRY.collect()
        for s in family.samples
        if s.name.startswith("django_http")
    }


@pytest.mark.django_db
def test_the_site_itself_tells_nothing(client):
    assert client.get("/metrics").status_code == 404


def test_prometheus_asks_at_a_port_of_its_own(settings):
    settings.METRICS_LISTEN = ("127.0.0.1", port := free_port())
    export(with_state=False)
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        assert "helpdesk_ack_seconds_bucket" in answer.read().decode()


def test_a_second_process_leaves_the_port_to_the_first(settings, monkeypatch):
    said = []
    monkeypatch.setattr("helpdesk_sim.exporter.log.log", lambda level, *words: said.append(words))
    settings.METRICS_LISTEN = ("127.0.0.1", free_port())
    export(with_state=False)
    assert not said
    export(with_state=False)
    assert "taken" in str(said)


def test_processes_of_one_part_tell_their_sum(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    count = "from accounts.metrics import MESSAGES, SOCKETS; MESSAGES.labels('socket').inc(2)"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], check=True, cwd=DEPLOY.parents[1])
    text = generate_latest(registry_of(with_state=False)).decode()
    assert 'helpdesk_messages_total{way="socket"} 4.0' in text


@pytest.mark.django_db
def test_rules_and_dashboard_speak_of_what_is_exported_alone(client):
    client.get("/")
    text = generate_latest(registry_of(with_state=True)).decode()
    exported = set(re.findall(r"^# TYPE (\S+)", text, re.M))
    exported |= {f"{name}_{part}" for name in exported for part in ("bucket", "sum", "count")}
    spoken = {name for expression in expressions() for name in NAMES.findall(expression)}
    assert len(spoken) > 15
    assert spoken <= exported


@pytest.mark.parametrize(
    "command", [["check", "rules", "alerts.yaml"], ["test", "rules", "alerts.test.yaml"]]
)
@pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool (Debian: prometheus)")
def test_promtool_takes_the_rules_and_each_of_them_speaks_up_when_it_should(command):
    ran = subprocess.run(["promtool", *command], cwd=DEPLOY, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_rule_is_tried_and_says_what_to_do():
    tried = (DEPLOY / "alerts.test.yaml").read_text()
    for rule in rules():
        assert f'alertname="{rule["alert"]}"' in tried and f"alertname: {rule['alert']}}}" in tried
        assert {"summary", "action"} == set(rule["annotations"])


def test_panels_of_the_dashboard_have_their_own_places():
    panels = json.loads((DEPLOY / "grafana.json").read_text())["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken)) and max(x for x, _ in taken) == 23


def rules() -> list[dict]:
    return YAML(typ="safe").load(DEPLOY / "alerts.yaml")["groups"][0]["rules"]


def expressions() -> list[str]:
    panels = json.loads((DEPLOY / "grafana.json").read_text())["panels"]
    return [rule["expr"] for rule in rules()] + [
        target["expr"] for panel in panels for target in panel.get("targets", [])
    ]
