"""The audit trail: written once, by the rules of the database itself."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import services
from accounts.models import AuditEvent, PersonKey
from accounts.services.audit import record_reading

guard = import_module("accounts.migrations.0005_audit_names_go")


@pytest.fixture
def event(learner, now):
    return services.record_audit(actor=learner, action="test.happened", about=learner, now=now)


def test_an_event_survives_its_actor_without_a_name(event, learner):
    key = learner.audit_key.key
    learner.delete()
    kept = AuditEvent.objects.get(pk=event.pk)
    assert kept.actor == key and kept.object_id == str(key)
    assert not PersonKey.objects.filter(key=key).exists()


def test_the_program_changes_and_deletes_no_event(event):
    for attempt in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(action="nothing"),
    ):
        with pytest.raises(TypeError, match="never"):
            attempt()


@pytest.mark.parametrize("statement", ["UPDATE {} SET action = 'nothing'", "DELETE FROM {}"])
def test_the_database_changes_and_deletes_no_event(event, statement):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # its delete guard is off in tests, see conftest
            for verb in ("update", "delete"):
                cursor.execute(guard.SQLITE.format(table="accounts_auditevent", verb=verb))
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement.format(AuditEvent._meta.db_table))
    assert AuditEvent.objects.get(pk=event.pk).action == "test.happened"


def test_who_reads_on_is_written_down_once_an_hour(admin, coach, learner, now):
    for reader, minute in ((admin, 0), (admin, 1), (coach, 2), (admin, 59), (admin, 61)):
        at = now + timedelta(minutes=minute)
        record_reading(actor=reader, action="session.read", about=learner, now=at)

    reads = AuditEvent.objects.filter(action="session.read").order_by("at")
    assert [read.actor for read in reads] == [admin.audit_key.key, coach.audit_key.key, admin.audit_key.key]
