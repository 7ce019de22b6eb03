"""The drill: a backup while people write, a restore into a new database, and everything that was acked is there."""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts.models import AuditEvent
from chat.models import Message, Session
from chat.services import receive_message, start_session
from gamification.models import XPEntry
from tests.deploy.files import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
ENOUGH = 5  # messages before the backup begins, and again before the writing ends
PATIENCE_S = 60
CHECKED = """
import json
from django.core.management import call_command
for command in (["verify_audit"], ["check_ledger"], ["migrate", "--check"]):
    call_command(*command)  # ends the process with 1 where something is wrong
from accounts.models import AuditEvent
from chat.models import Message, Session
from gamification.models import XPEntry
seqs = {str(pk): list(Message.objects.filter(session=pk).order_by("seq").values_list("seq", flat=True))
        for pk in Session.objects.values_list("pk", flat=True)}
last = {str(pk): seq for pk, seq in Session.objects.values_list("pk", "last_seq")}
acked = [str(each) for each in Message.objects.values_list("client_id", flat=True) if each]
xp = [XPEntry.objects.count(), AuditEvent.objects.count()]
print(json.dumps({"seqs": seqs, "last": last, "acked": acked, "xp": xp}))
"""


@pytest.fixture
def here() -> str:
    """The URL of the test's own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def elsewhere(tmp_path, here):
    """The URL of a new, empty database."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        return
    name = f"restored_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlsplit(here)._replace(path=f"/{name}").geturl()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def session(learner, scenarios) -> Session:
    scenario = scenarios["vpn-will-not-connect"]
    scenario.prerequisites.clear()
    return start_session(learner=learner, scenario=scenario, mode="exam", now=timezone.now(), seed=7)


def run(database: str, *command: str | Path) -> subprocess.CompletedProcess:
    env = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "helpdesk_sim.settings"}
    env.pop("REDIS_URL", None)
    return subprocess.run(list(map(str, command)), cwd=ROOT, env=env, capture_output=True, text=True)


@contextmanager
def being_written(session: Session):
    """Somebody writes on and on; gives the list of what was acked."""
    acked, changed, ends = [], Event(), Event()

    def write() -> None:
        try:
            while not ends.is_set():
                client_id = uuid4()
                receive_message(
                    session_id=session.pk,
                    text="Are you still there?",
                    message_type="note",
                    client_id=client_id,
                    now=timezone.now(),
                )
                acked.append(str(client_id))
                changed.set()
        finally:
            connections.close_all()

    def until(count: int) -> None:
        while len(acked) < count:
            changed.clear()
            assert changed.wait(PATIENCE_S), "nobody writes"

    writer = Thread(target=write)
    writer.start()
    try:
        until(ENOUGH)
        yield acked
        until(len(acked) + ENOUGH)
    finally:
        ends.set()
        writer.join()


def test_what_was_acked_before_a_backup_is_there_after_the_restore(
    session, learner, here, elsewhere, tmp_path
):
    file = tmp_path / "copy"
    paid = {"amount": 30, "why": "For the drill", "created_at": timezone.now()}
    XPEntry.objects.create(user=learner, session=session, kind="score", **paid)
    learner.xp = 30
    learner.save()
    with being_written(session) as acked:
        before = list(acked)
        written = run(here, ROOT / "script" / "backup", file)
    assert written.returncode == 0, written.stderr
    assert file.stat().st_mode & 0o777 == 0o600

    restored = run(elsewhere, ROOT / "script" / "restore", file)
    assert restored.returncode == 0, restored.stderr
    checked = run(elsewhere, ROOT / ".venv" / "bin" / "python", "manage.py", "shell", "--command", CHECKED)
    assert checked.returncode == 0, checked.stderr
    assert "all as they were written" in checked.stdout and "agrees" in checked.stdout
    found = json.loads(checked.stdout.splitlines()[-1])
    assert set(before) <= set(found["acked"]) <= set(acked)
    for pk, seqs in found["seqs"].items():
        assert seqs == list(range(1, found["last"][pk] + 1))
    assert found["xp"] == [XPEntry.objects.count(), AuditEvent.objects.count()]
    assert Message.objects.count() > len(found["acked"]), "people went on writing meanwhile"


def test_a_restore_never_touches_a_database_that_holds_something(learner, here, tmp_path):
    file = tmp_path / "copy"
    assert run(here, ROOT / "script" / "backup", file).returncode == 0
    refused = run(here, ROOT / "script" / "restore", file)
    assert refused.returncode != 0 and "not empty" in refused.stderr
    learner.refresh_from_db()


def test_a_backup_replaces_no_file(here, tmp_path):
    file = tmp_path / "copy"
    file.write_text("the only one")
    refused = run(here, ROOT / "script" / "backup", file)
    assert refused.returncode != 0 and "replaces nothing" in refused.stderr
    assert file.read_text() == "the only one"


@pytest.mark.parametrize(
    ("holds", "told"), [(None, "No such file"), (b"PK\3\4 something else", "no backup of ours")]
)
def test_what_is_no_backup_is_refused_in_words(elsewhere, tmp_path, holds, told):
    file = tmp_path / "copy"
    if holds:
        file.write_bytes(holds)
    refused = run(elsewhere, ROOT / "script" / "restore", file)
    assert refused.returncode != 0 and told in refused.stderr and "Traceback" not in refused.stderr


def test_a_backup_of_the_other_kind_of_database_is_refused(elsewhere, tmp_path):
    file = tmp_path / "copy"
    file.write_bytes(b"PGDMP" if connection.vendor == "sqlite" else b"SQLite format 3\0")
    refused = run(elsewhere, ROOT / "script" / "restore", file)
    assert refused.returncode != 0 and "this installation uses" in refused.stderr
