"""Administrators look into sessions, and change none."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from chat.models import Session
from chat.services import abandon, receive_message, start_session
from tests.chat.talking import say
from tests.conftest import NOW

LIST = reverse("admin:chat_session_changelist")


@pytest.fixture
def browser(as_, admin):
    return as_(admin)


def owe(session):
    receive_message(
        session_id=session.pk, text="since when?", message_type="reply", client_id=uuid4(), now=NOW
    )


def test_the_list_filters(browser, open_session):
    number = open_session.ticket.number

    for query in ({"status": "active"}, {"mode": "exam"}, {"scenario__id__exact": open_session.scenario_id}):
        assert number in browser.get(LIST, query).content.decode()
    assert number not in browser.get(LIST, {"status": "completed"}).content.decode()


@pytest.mark.parametrize(
    ("query", "found"), [("TKT-20260302", True), ("lena", True), ("people.example", True), ("otto", False)]
)
def test_the_list_searches_by_learner_and_ticket(browser, open_session, query, found):
    assert (open_session.ticket.number in browser.get(LIST, {"q": query}).content.decode()) == found


def test_transcript_and_log_are_shown(browser, open_session):
    say(open_session, "What exactly does it say?")

    text = browser.get(reverse("admin:chat_session_change", args=[open_session.pk])).content.decode()

    assert "What exactly does it say?" in text
    assert "error_code" in text


def test_nothing_can_be_changed(browser, open_session):
    address = reverse("admin:chat_session_change", args=[open_session.pk])

    assert browser.post(address, {"status": "completed"}).status_code == 403
    assert browser.get(reverse("admin:chat_session_add")).status_code == 403
    assert browser.post(reverse("admin:chat_session_delete", args=[open_session.pk])).status_code == 403


def test_owed_messages_are_answered_once_per_session(browser, open_session):
    owe(open_session)
    chosen = {"action": "answer_now", "_selected_action": [str(open_session.pk)]}

    for _ in range(2):
        browser.post(LIST, chosen)

    assert open_session.messages.filter(in_reply_to__isnull=False).values("turn_id").distinct().count() == 1
    assert not Session.objects.unanswered().exists()


def test_the_list_costs_the_same_for_few_and_many(browser, open_session, django_assert_max_num_queries):
    last, counts = open_session, []
    for target in (10, 40):
        while Session.objects.count() < target:
            abandon(session_id=last.pk, now=NOW)
            later = last.started_at + timedelta(minutes=1)
            last = start_session(learner=last.learner, scenario=last.scenario, mode="exam", now=later)
        with django_assert_max_num_queries(60) as queries:
            browser.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_it_is_not_for_learners(as_, learner):
    assert as_(learner).get(LIST).status_code == 302


def test_looking_at_a_transcript_is_noted(as_, admin, open_session):
    as_(admin).get(f"/admin/chat/session/{open_session.pk}/change/")

    assert AuditEvent.objects.filter(action="session.read", object_id=str(open_session.pk)).exists()
