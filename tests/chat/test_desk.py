"""The analyst's desk: records, verification, console, triage and clocks. Each use is an event."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.errors import Conflict, Missing, Unprocessable
from chat.errors import ConfirmFirst, Finished
from chat.models import Ticket, priority_of
from chat.selectors import session_view, verification_view
from chat.services import (
    abandon,
    change_ticket,
    look_up_assets,
    look_up_directory,
    perform_action,
    verify,
)
from chat.services.desk import console
from tests.chat.talking import happened, say
from tests.conftest import NOW

LATER = NOW + timedelta(seconds=30)


def look_up(session, query=""):
    found = look_up_directory(session_id=session.pk, query=query, now=LATER)
    session.refresh_from_db()
    return found


def perform(session, action, now=LATER):
    run = perform_action(session_id=session.pk, action=action, now=now)
    session.refresh_from_db()
    return run


def mark(session, factor, outcome="match"):
    verify(session_id=session.pk, factor=factor, outcome=outcome, now=LATER)
    session.refresh_from_db()
    return happened(session, "verification")[-1]


def factor(session, name):
    return next(f for f in verification_view(session)["factors"] if f["factor"] == name)


class TestRecords:
    def test_a_person_is_found_by_any_word_of_the_record(self, open_session):
        for query in ("Lopez", "mlopez", "e20417", "LT-7731", "maria FINANCE"):
            assert "E20417" in [person["id"] for person in look_up(open_session, query)]

    def test_nothing_typed_shows_everybody_and_nonsense_nobody(self, open_session):
        assert len(look_up(open_session)) > 10
        assert look_up(open_session, "zzz") == []

    def test_a_device_is_found_by_tag_model_or_owner(self, open_session):
        for query in ("lt-7731", "Ledger", "Maria Lopez"):
            found = look_up_assets(session_id=open_session.pk, query=query, now=LATER)
            assert [device["tag"] for device in found] == ["LT-7731"]

    def test_each_look_up_is_an_event_with_what_it_found(self, open_session):
        look_up(open_session, "lopez")
        look_up_assets(session_id=open_session.pk, query="LT-7731", now=LATER)

        assert happened(open_session, "lookup") == [
            {"where": "directory", "query": "lopez", "found": ["E20417"]},
            {"where": "assets", "query": "LT-7731", "found": ["LT-7731"]},
        ]

    def test_what_no_database_stores_is_taken_out_of_the_query(self, open_session):
        look_up(open_session, "lo\0pez" + "x" * 500)

        assert happened(open_session, "lookup")[0]["query"] == "lo pez" + "x" * 94

    def test_the_record_is_shown_beside_the_answers_only_once_looked_up(self, open_session):
        look_up(open_session, "Volkov")
        assert verification_view(open_session)["recordSeen"] is False
        assert factor(open_session, "employee_id")["onRecord"] is None

        look_up(open_session, "Lopez")

        assert verification_view(open_session)["recordSeen"] is True
        assert factor(open_session, "employee_id")["onRecord"] == "E20417"

    def test_the_state_of_the_account_is_the_worlds(self, learner, scenarios):
        from chat.services import start_session

        session = start_session(
            learner=learner, scenario=scenarios["locked-out-monday"], mode="exam", now=NOW, seed=1
        )
        assert look_up(session, "Priya")[0]["account_state"] == "locked"
        with pytest.raises(ConfirmFirst):
            perform(session, "unlock_account")
        perform(session, "unlock_account")

        assert look_up(session, "Priya")[0]["account_state"] == "open"


class TestVerification:
    def test_a_right_tick_is_recorded_as_right_with_its_evidence(self, open_session):
        answer = say(open_session, "What is your employee number, please?")

        record = mark(open_session, "employee_id")

        assert record["given"] and record["right"]
        assert record["evidence"] == answer[0].seq
        shown = factor(open_session, "employee_id")
        assert (shown["said"], shown["outcome"]) == ("E20417", "match")
        assert shown["messageId"] == str(answer[0].pk)

    def test_a_wrong_tick_is_recorded_as_wrong(self, open_session):
        say(open_session, "What is your employee number, please?")

        assert mark(open_session, "employee_id", "mismatch")["right"] is False

    def test_a_tick_without_an_answer_is_wrong(self, open_session):
        record = mark(open_session, "manager")

        assert (record["given"], record["right"], record["evidence"]) == (False, False, None)

    def test_people_are_shown_the_level_that_their_own_marks_amount_to(self, open_session):
        say(open_session, "What is your employee number, and who is your manager?")
        assert verification_view(open_session)["level"] == "low"
        assert verification_view(open_session)["marked"] == "none"

        for each in ("employee_id", "manager"):
            mark(open_session, each, "match")

        assert verification_view(open_session)["marked"] == "low"

    def test_the_level_comes_from_answers_never_from_ticks(self, open_session):
        for name in ("employee_id", "asset_tag", "manager"):
            mark(open_session, name)
        assert verification_view(open_session)["level"] == "none"

        say(open_session, "What is your employee number, please?")
        say(open_session, "And who is your manager?")

        assert verification_view(open_session)["level"] == "low"

    @pytest.mark.parametrize(("name", "outcome"), [("shoe_size", "match"), ("manager", "perhaps"), ("", "")])
    def test_unknown_factors_and_outcomes_are_refused(self, open_session, name, outcome):
        with pytest.raises(Unprocessable) as refused:
            mark(open_session, name, outcome)

        assert set(refused.value.details) == {"factor", "outcome"}
        assert happened(open_session, "verification") == []

    def test_evidence_must_be_part_of_the_conversation(self, open_session):
        with pytest.raises(Missing):
            verify(session_id=open_session.pk, factor="name", outcome="match", now=LATER, message_id=uuid4())

    @pytest.mark.parametrize("proof", ["callback", "push_code"])
    def test_call_back_and_code_prove_the_high_level_once_shown(self, open_session, freeze, proof):
        freeze(LATER)
        assert "Maria Lopez" in perform(open_session, proof)["result"]
        assert verification_view(open_session)["level"] == "none"
        assert factor(open_session, proof)["said"] is None

        freeze(LATER + timedelta(seconds=5))

        assert verification_view(open_session)["level"] == "high"
        assert factor(open_session, proof)["said"] == "yes"
        assert mark(open_session, proof)["right"]

    def test_an_impostor_fails_them_and_a_mismatch_is_the_right_tick(self, learner, scenarios):
        from chat.services import start_session

        scenario = scenarios["new-phone-urgent"]
        scenario.prerequisites.clear()
        session = start_session(learner=learner, scenario=scenario, mode="exam", now=NOW, seed=1)

        perform(session, "callback")

        assert verification_view(session)["level"] == "none"
        assert factor(session, "callback")["said"] == "no"
        assert mark(session, "callback", "mismatch")["right"]


class TestConsole:
    def test_the_console_offers_proofs_diagnostics_and_actions_and_nothing_of_the_customers(
        self, open_session
    ):
        offered = console(open_session)

        assert {tool["kind"] for tool in offered.values()} == {"proof", "diagnostic", "action"}
        assert offered["reissue_cert"]["gate"] == "low"
        assert "renew_cert" not in offered

    def test_a_result_is_hidden_until_it_is_ready(self, open_session, freeze):
        freeze(LATER)
        run = perform(open_session, "vpn_gateway_log")
        assert run["readyAt"] == "2026-03-02T09:00:34.000Z"
        [shown] = session_view(open_session)["runs"]
        assert (shown["status"], shown["result"]) == ("running", None)

        freeze(LATER + timedelta(seconds=5))
        [shown] = session_view(open_session)["runs"]

        assert shown["status"] == "done"
        assert "certificate_expired" in shown["result"]

    def test_each_use_is_an_event_and_so_is_what_it_did(self, open_session):
        run = perform(open_session, "vpn_gateway_log")

        assert happened(open_session, "console") == [{"action": "vpn_gateway_log", "run": run["id"]}]
        assert happened(open_session, "fact")[0]["fact"] == "gateway_log"
        assert happened(open_session, "tool")[0]["run"] == run["id"]

    def test_a_gated_action_asks_once_and_then_happens(self, open_session):
        with pytest.raises(ConfirmFirst):
            perform(open_session, "reissue_cert")
        open_session.refresh_from_db()
        assert open_session.desk["runs"] == []
        assert happened(open_session, "gate_warning") == [{"action": "reissue_cert"}]

        perform(open_session, "reissue_cert")

        assert open_session.state.vars["request"] == "pending"
        assert [a["level"] for a in happened(open_session, "action")] == ["none"]

    def test_with_enough_proof_it_does_not_ask(self, open_session):
        perform(open_session, "callback")

        perform(open_session, "reissue_cert")

        assert happened(open_session, "gate_warning") == []

    @pytest.mark.parametrize("action", ["", "renew_cert", "make_coffee", "\0"])
    def test_an_unknown_action_is_refused(self, open_session, action):
        with pytest.raises(Missing):
            perform(open_session, action)

        assert happened(open_session, "console") == []

    def test_an_action_that_still_runs_is_not_started_again(self, open_session):
        perform(open_session, "vpn_gateway_log")

        with pytest.raises(Conflict, match="still running"):
            perform(open_session, "vpn_gateway_log")
        perform(open_session, "vpn_gateway_log", now=LATER + timedelta(seconds=5))

        assert len(open_session.desk["runs"]) == 2


class TestTriage:
    @pytest.mark.parametrize(
        ("impact", "urgency", "priority"),
        [
            ("high", "high", "P1"),
            ("high", "medium", "P2"),
            ("medium", "high", "P2"),
            ("high", "low", "P3"),
            ("medium", "medium", "P3"),
            ("low", "high", "P3"),
            ("medium", "low", "P4"),
            ("low", "medium", "P4"),
            ("low", "low", "P4"),
        ],
    )
    def test_the_priority_matrix(self, impact, urgency, priority):
        assert priority_of(impact, urgency) == priority
        assert Ticket(impact=impact, urgency=urgency).priority == priority

    def test_a_ticket_arrives_as_its_scenario_says_and_is_corrected(self, open_session):
        ticket = open_session.ticket
        assert (ticket.category, ticket.priority) == ("internet", "P4")

        change_ticket(session_id=open_session.pk, now=LATER, category="network", urgency="high")

        ticket.refresh_from_db()
        assert (ticket.category, ticket.impact, ticket.priority) == ("network", "low", "P3")
        assert happened(open_session, "triage") == [{"category": "network", "urgency": "high"}]

    @pytest.mark.parametrize(
        "fields",
        [{"category": "gardening"}, {"impact": "huge"}, {"urgency": ""}, {"status": "resolved"}],
    )
    def test_an_unknown_value_is_said_at_its_field_and_changes_nothing(self, open_session, fields):
        with pytest.raises(Unprocessable) as refused:
            change_ticket(session_id=open_session.pk, now=LATER, **({"category": "network"} | fields))

        assert set(refused.value.details) == set(fields)
        open_session.ticket.refresh_from_db()
        assert open_session.ticket.category == "internet"

    def test_only_resolving_ends_a_ticket(self, open_session):
        with pytest.raises(Unprocessable):
            change_ticket(session_id=open_session.pk, now=LATER, status="escalated")


class TestClocks:
    def pause(self, session, now=LATER):
        change_ticket(session_id=session.pk, status="pending", now=now)
        session.refresh_from_db()
        return session.ticket

    def test_pending_stops_the_clocks_and_says_why(self, open_session):
        ticket = self.pause(open_session)

        assert (ticket.status, ticket.paused_at) == ("pending", LATER)
        assert ticket.sla_pause_reason == "waiting for the customer"

    def test_both_due_times_move_by_the_pause(self, open_session):
        before = (open_session.ticket.first_response_due, open_session.ticket.resolution_due)
        self.pause(open_session)
        pause = timedelta(minutes=4)

        change_ticket(session_id=open_session.pk, status="open", now=LATER + pause)

        ticket = Ticket.objects.get(pk=open_session.pk)
        assert (ticket.first_response_due - pause, ticket.resolution_due - pause) == before
        assert (ticket.paused_at, ticket.sla_pause_reason) == (None, "")

    def test_a_response_that_was_given_keeps_its_due_time(self, open_session):
        say(open_session, "Hello Maria", after_s=10)
        due = open_session.ticket.first_response_due
        self.pause(open_session)

        change_ticket(session_id=open_session.pk, status="open", now=LATER + timedelta(minutes=4))

        assert Ticket.objects.get(pk=open_session.pk).first_response_due == due

    def test_pausing_twice_counts_from_the_first(self, open_session):
        due = open_session.ticket.resolution_due
        self.pause(open_session)
        self.pause(open_session, now=LATER + timedelta(minutes=1))

        change_ticket(session_id=open_session.pk, status="open", now=LATER + timedelta(minutes=2))

        assert Ticket.objects.get(pk=open_session.pk).resolution_due == due + timedelta(minutes=2)

    def test_the_customers_answer_starts_them_again(self, open_session):
        due = open_session.ticket.resolution_due
        say(open_session, "Please try that and tell me", after_s=10)
        self.pause(open_session)

        say(open_session, "Any news?", after_s=140)

        ticket = Ticket.objects.get(pk=open_session.pk)
        assert (ticket.status, ticket.paused_at) == ("open", None)
        assert ticket.resolution_due == due + timedelta(seconds=120)

    def test_a_note_does_not(self, open_session):
        self.pause(open_session)

        say(open_session, "waiting for her", message_type="note")

        assert Ticket.objects.get(pk=open_session.pk).paused_at == LATER

    def test_a_note_is_no_first_response(self, open_session):
        say(open_session, "looks like a certificate", message_type="note")
        assert open_session.ticket.first_response_at is None

        say(open_session, "Hello Maria")

        assert Ticket.objects.get(pk=open_session.pk).first_response_at == NOW + timedelta(seconds=40)


@pytest.mark.parametrize(
    "use",
    [
        lambda pk: look_up_directory(session_id=pk, query="", now=LATER),
        lambda pk: look_up_assets(session_id=pk, query="", now=LATER),
        lambda pk: verify(session_id=pk, factor="name", outcome="match", now=LATER),
        lambda pk: perform_action(session_id=pk, action="callback", now=LATER),
        lambda pk: change_ticket(session_id=pk, category="network", now=LATER),
    ],
)
def test_a_finished_session_takes_nothing_more(open_session, use):
    abandon(session_id=open_session.pk, now=LATER)
    before = open_session.events.count()

    with pytest.raises(Finished):
        use(open_session.pk)

    assert open_session.events.count() == before


@pytest.fixture
def freeze(monkeypatch):
    """`freeze(moment)`: what the selectors take for now."""

    def set_clock(moment):
        monkeypatch.setattr("chat.selectors.timezone.now", lambda: moment)

    return set_clock


def test_a_first_reply_while_we_wait_for_the_customer_is_not_late_for_the_pause(open_session):
    due = open_session.ticket.first_response_due
    change_ticket(session_id=open_session.pk, now=NOW, status="pending")
    say(open_session, "Hello Maria", after_s=50, message_type="reply")

    open_session.ticket.refresh_from_db()
    assert open_session.ticket.first_response_due == due + timedelta(seconds=50)
