"""The frame around the product: the embedded worker, the server's refusals, migrations, the image's parts."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from helpdesk_sim.celery import app

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def embedded() -> dict:
    """What a worker did in a process of its own: here its threads would meet other tests' tasks."""
    command = [sys.executable, "-m", "tests.embedded_probe"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_embedded_worker_runs_a_task_at_once(embedded):
    assert embedded["delay_median_s"] < 0.2


def test_the_embedded_clock_fires_its_schedule(embedded):
    assert embedded["beats"] == 2


def test_the_embedded_worker_stops_when_asked(embedded):
    assert embedded["stop_s"] < 5
    assert embedded["threads_left"] == []


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.django_db
def test_the_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_busy_port_is_refused_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"--port {port + 1}"):
            call_command("serve", port=port)


@override_settings(DEMO=True)
def test_the_demo_serves_this_machine_alone():
    with pytest.raises(CommandError, match="SECRET_KEY"):
        call_command("serve", host="0.0.0.0")


def test_no_index_or_machine_gets_into_the_locks():
    for lock in ROOT.glob("requirements*.lock"):
        assert not [line for line in lock.read_text().splitlines() if "://" in line or line.startswith("--")]
