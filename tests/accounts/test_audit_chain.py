"""The trail is sealed in order, and whoever changes it behind the program's back is told on."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from accounts import services
from accounts.models import AuditEvent, AuditSeal
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def events(learner, now):
    """Seven more, sealed; the numbers of their rows."""
    for number in range(7):
        services.record_audit(
            actor=learner, action=f"test.{number}", about=learner, data={"n": number}, now=now
        )
    services.seal_audit(now=now)
    return list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))[-7:]


@contextmanager
def guards_off():
    """As one who owns the database may: no trigger, no foreign key."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = DEFAULT")
        else:  # the triggers are off in tests, see conftest
            cursor.execute("PRAGMA foreign_keys = OFF")
            yield cursor
            cursor.execute("PRAGMA foreign_keys = ON")


def tamper(*statements: str) -> None:
    with guards_off() as cursor:
        for statement in statements:
            cursor.execute(statement)


def faults(head: str = "") -> list[str]:
    return services.verify_audit(head=head).faults


def test_what_was_not_touched_verifies(events):
    verdict = services.verify_audit()
    assert (verdict.faults, verdict.unsealed) == ([], 0)
    assert verdict.sealed == AuditEvent.objects.count() == AuditSeal.objects.count()


def test_sealing_goes_on_where_it_stopped(events, learner, now):
    before = services.verify_audit().head
    services.record_audit(actor=None, action="test.later", now=now)

    assert services.seal_audit(now=now) == 1 and services.seal_audit(now=now) == 0
    assert faults(head=before) == []


def test_an_event_that_commits_late_is_sealed_late(events, now):
    """Its number is lower than those already sealed."""
    late = events[-1] + 1
    services.record_audit(actor=None, action="test.first", now=now)
    AuditEvent(pk=late + 5, at=now, action="test.overtakes").save(force_insert=True)
    services.seal_audit(now=now)
    AuditEvent(pk=late + 3, at=now, action="test.late").save(force_insert=True)

    assert services.seal_audit(now=now) == 1 and faults() == []


@pytest.mark.parametrize(
    "change",
    [
        "action = 'test.other'",
        "actor = NULL",
        "object_id = 'another'",
        "result = 'refused'",
        "address = 'elsewhere'",
        "at = '2020-01-01 00:00:00+00:00'",
        "data = '{}'",
    ],
)
def test_an_altered_row_is_named(events, change):
    tamper(f"UPDATE accounts_auditevent SET {change} WHERE id = {events[2]}")
    assert faults() == [f"Event {events[2]} was altered."]


def test_a_missing_row_is_named(events):
    tamper(f"DELETE FROM accounts_auditevent WHERE id = {events[3]}")
    assert faults() == [f"Event {events[3]} is missing."]


def test_a_missing_seal_is_named_and_its_event_is_not_sealed_anew_unseen(events, now):
    seal = AuditSeal.objects.get(event_id=events[3])
    tamper(f"DELETE FROM accounts_auditseal WHERE position = {seal.position}")
    services.seal_audit(now=now)
    assert faults() == [f"Seal {seal.position} is missing."]


def test_swapped_words_are_named(events):
    one, other = events[1], events[4]
    tamper(
        f"UPDATE accounts_auditevent SET action = 'test.4', data = '{{\"n\": 4}}' WHERE id = {one}",
        f"UPDATE accounts_auditevent SET action = 'test.1', data = '{{\"n\": 1}}' WHERE id = {other}",
    )
    assert faults() == [f"Events {one} and {other} were swapped."]


def test_swapped_rows_are_named(events):
    one, other = events[1], events[4]
    spare = max(events) + 100
    tamper(
        f"UPDATE accounts_auditseal SET event_id = {spare} WHERE event_id = {one}",
        f"UPDATE accounts_auditseal SET event_id = {one} WHERE event_id = {other}",
        f"UPDATE accounts_auditseal SET event_id = {other} WHERE event_id = {spare}",
    )
    assert faults() == [f"Events {one} and {other} were swapped."]


def test_an_end_that_was_cut_off_shows_against_a_noted_digest(events):
    noted = services.verify_audit().head
    last = events[-1]
    tamper(
        f"DELETE FROM accounts_auditseal WHERE event_id = {last}",
        f"DELETE FROM accounts_auditevent WHERE id = {last}",
    )
    assert faults() == [] and len(faults(head=noted)) == 1


def test_the_command_says_which_row_and_fails(events, capsys):
    call_command("verify_audit")
    assert "all as they were written. Head: " in capsys.readouterr().out
    tamper(f"DELETE FROM accounts_auditevent WHERE id = {events[0]}")
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert f"Event {events[0]} is missing." in capsys.readouterr().err


def test_two_jobs_at_once_seal_each_event_once(events, now):
    for number in range(30):
        services.record_audit(actor=None, action=f"more.{number}", now=now)
    at_once([lambda: services.seal_audit(now=now)] * 4)
    services.seal_audit(now=now)
    verdict = services.verify_audit()
    assert (verdict.faults, verdict.unsealed) == ([], 0)


def test_an_erased_person_is_gone_from_a_chain_that_still_verifies(events, learner, now):
    key = learner.audit_key.key
    services.erase_person(person=learner, password="a-long-enough-word", now=now + timedelta(hours=1))
    services.seal_audit(now=now)

    assert faults() == []
    trail = str(list(AuditEvent.objects.values()))
    assert str(key) in trail and str(learner.pk) not in trail and learner.email not in trail


def test_the_chain_is_read_in_few_queries(events, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        services.verify_audit()


def test_where_a_request_came_from_is_kept_as_a_hash_alone(as_, client, learner):
    client.post(
        "/accounts/login/",
        {"login": learner.email, "password": "a-long-enough-word"},
        REMOTE_ADDR="203.0.113.7",
    )
    as_(learner).post(
        "/settings/erase/", {"password": "a-long-enough-word", "sure": "on"}, REMOTE_ADDR="203.0.113.7"
    )
    event = AuditEvent.objects.filter(action="person.erased").get()
    assert len(event.address) == 64 and "203.0.113.7" not in str(list(AuditEvent.objects.values()))
