"""Beginning and ending a session: prerequisites, ticket numbers, resolving, abandoning, idling."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.errors import Conflict, Forbidden, Unprocessable
from chat.errors import Finished
from chat.models import Session, Ticket
from chat.services import abandon, close_idle, receive_message, resolve, save_draft, start_session
from chat.signals import session_finished
from chat.tasks import sweep
from tests.chat.talking import GOOD_NOTES, happened, resolution, say
from tests.conftest import NOW
from tests.together import at_once

LATER = NOW + timedelta(minutes=5)


def end(session, kind="resolved", **changes):
    resolve(session_id=session.pk, resolution=resolution(kind, **changes), now=LATER)
    session.refresh_from_db()
    return session


@pytest.fixture
def finished():
    """Ids of the sessions that were announced as finished."""
    heard = []

    def hear(session_id, **_):
        heard.append(session_id)

    session_finished.connect(hear)
    yield heard
    session_finished.disconnect(hear)


class TestResolving:
    @pytest.mark.parametrize(
        ("kind", "changes"),
        [
            ("resolved", {}),
            ("escalated", {"team": "network-l2", "reason": "Needs the gateway's own people."}),
            ("declined", {"reason": "Could not be verified.", "reported": True}),
        ],
    )
    def test_each_end_is_stored_on_session_and_ticket(
        self, open_session, finished, django_capture_on_commit_callbacks, kind, changes
    ):
        with django_capture_on_commit_callbacks(execute=True):
            session = end(open_session, kind, **changes)

        assert (session.status, session.ended_by, session.finished_at) == ("completed", "learner", LATER)
        assert session.ticket.status == kind
        assert session.resolution == resolution(kind, **changes)
        assert happened(session, "resolved") == [resolution(kind, **changes) | {"outcome": ""}]
        assert finished == [session.pk]

    @pytest.mark.parametrize(
        ("given", "fields"),
        [
            ({}, {"resolutionType", "documentation.problem", "documentation.steps"}),
            (resolution("closed"), {"resolutionType"}),
            (resolution(documentation=GOOD_NOTES | {"problem": "  "}), {"documentation.problem"}),
            (resolution(documentation=GOOD_NOTES | {"cause": "", "test": ""}), set()),
            (resolution(documentation=GOOD_NOTES | {"cause": "x" * 1001}), {"documentation.cause"}),
            (resolution(documentation=GOOD_NOTES | {"cause": "é" * 1000}), set()),
            (resolution("escalated"), {"escalationTeam", "escalationReason"}),
            (resolution("escalated", team="network-l2"), {"escalationReason"}),
            (resolution("declined"), {"declineReason"}),
            (resolution("declined", reason="x" * 501), {"declineReason"}),
        ],
    )
    def test_what_is_missing_is_said_by_field(self, open_session, given, fields):
        if not fields:
            assert resolve(session_id=open_session.pk, resolution=given, now=LATER).outcome == ""
            return

        with pytest.raises(Unprocessable) as refused:
            resolve(session_id=open_session.pk, resolution=given, now=LATER)

        assert set(refused.value.details) == fields
        open_session.refresh_from_db()
        assert open_session.is_active and open_session.resolution is None

    def test_a_goal_that_was_reached_is_its_outcome(self, open_session):
        state = open_session.state
        state.vars["vpn"], state.confirmed = "up", True
        state.answered = {"employee_id": "E20417", "manager": "Owen Hart"}
        open_session.world = state.as_json()
        open_session.save()

        assert end(open_session).outcome == "resolved"

    def test_the_same_type_again_gives_the_first_result(
        self, open_session, finished, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            end(open_session)
            again = resolve(
                session_id=open_session.pk,
                resolution=resolution(documentation=GOOD_NOTES | {"cause": "Something else."}),
                now=LATER + timedelta(minutes=1),
            )

        assert again.resolution["documentation"] == GOOD_NOTES
        assert again.finished_at == LATER
        assert finished == [open_session.pk]
        assert len(happened(open_session, "resolved")) == 1

    def test_another_type_is_a_conflict(self, open_session):
        end(open_session)

        with pytest.raises(Conflict, match="another outcome"):
            end(open_session, "declined", reason="On second thoughts.")

    def test_resolving_starts_a_clock_that_stood(self, open_session):
        due = open_session.ticket.resolution_due
        open_session.ticket.pause("waiting for the customer", NOW)
        open_session.ticket.save()

        assert end(open_session).ticket.resolution_due == due + timedelta(minutes=5)

    def test_a_customer_who_hangs_up_leaves_the_learner_to_document(self, open_session):
        for _ in range(3):
            say(open_session, "you are a stupid idiot")
        assert open_session.state.left == "hangup"
        assert open_session.is_active
        assert [m.sender_type for m in say(open_session, "Hello? Are you there?")] == ["system"]

        session = end(open_session)

        assert (session.status, session.ended_by, session.outcome) == ("completed", "customer", "")


class TestAbandoning:
    def test_it_ends_without_a_score(self, open_session, finished, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            session = abandon(session_id=open_session.pk, now=LATER)

        assert (session.status, session.ended_by, session.finished_at) == ("abandoned", "learner", LATER)
        assert finished == []

    def test_again_nothing_happens(self, open_session):
        abandon(session_id=open_session.pk, now=LATER)
        again = abandon(session_id=open_session.pk, now=LATER + timedelta(minutes=1))

        assert again.finished_at == LATER
        assert len(happened(open_session, "abandoned")) == 1

    def test_a_finished_ticket_cannot_be_abandoned(self, open_session):
        end(open_session)

        with pytest.raises(Conflict):
            abandon(session_id=open_session.pk, now=LATER)

    def test_an_abandoned_session_cannot_be_resolved(self, open_session):
        abandon(session_id=open_session.pk, now=LATER)

        with pytest.raises(Conflict, match="abandoned"):
            end(open_session)

    def test_the_scenario_may_be_started_again(self, open_session, learner):
        abandon(session_id=open_session.pk, now=LATER)

        session = start_session(learner=learner, scenario=open_session.scenario, mode="exam", now=LATER)

        assert session.is_active


class TestIdling:
    HOUR = NOW + timedelta(minutes=61)

    def test_a_complete_draft_is_submitted(self, open_session):
        save_draft(session_id=open_session.pk, draft=resolution(), now=NOW)

        assert close_idle(now=self.HOUR) == 1

        open_session.refresh_from_db()
        assert (open_session.status, open_session.ended_by) == ("completed", "timeout")
        assert open_session.resolution == resolution()

    @pytest.mark.parametrize(
        "draft", [None, {}, resolution(""), resolution("escalated"), resolution(documentation={})]
    )
    def test_anything_less_is_abandoned_without_loss(self, open_session, draft):
        if draft is not None:
            save_draft(session_id=open_session.pk, draft=draft, now=NOW)
        say(open_session, "Hello Maria", after_s=1)

        close_idle(now=self.HOUR + timedelta(seconds=1))

        open_session.refresh_from_db()
        assert (open_session.status, open_session.ended_by) == ("abandoned", "timeout")
        assert open_session.draft == (draft or {})
        assert open_session.messages.count() >= 3

    def test_somebody_who_works_is_left_alone(self, open_session):
        save_draft(session_id=open_session.pk, draft={}, now=NOW + timedelta(minutes=2))

        assert close_idle(now=self.HOUR) == 0
        open_session.refresh_from_db()
        assert open_session.is_active

    def test_who_comes_back_in_that_moment_is_left_alone(self, open_session, monkeypatch):
        from chat.services import resolving

        lock = resolving.lock

        def lock_after_they_came_back(session_id, **how):
            Session.objects.filter(pk=session_id).update(last_activity_at=self.HOUR)
            return lock(session_id, **how)

        monkeypatch.setattr(resolving, "lock", lock_after_they_came_back)

        assert close_idle(now=self.HOUR) == 0

    def test_the_sweep_closes_what_was_left_alone(self, open_session):
        sweep()

        open_session.refresh_from_db()
        assert open_session.status == "abandoned"

    def test_the_sweep_goes_on_where_one_session_cannot_be_closed(self, open_session, other_learner):
        """What keeps one draft from being read must not keep the others open."""
        scenario = open_session.scenario
        other = start_session(learner=other_learner, scenario=scenario, mode="exam", now=NOW)
        Session.objects.filter(pk=open_session.pk).update(draft=["broken"])

        sweep()

        other.refresh_from_db()
        assert other.status == "abandoned"


class TestDrafts:
    def test_a_draft_is_kept_as_typed(self, open_session):
        save_draft(session_id=open_session.pk, draft=resolution("", documentation={}), now=LATER)

        open_session.refresh_from_db()
        assert open_session.draft == resolution("", documentation={})
        assert open_session.last_activity_at == LATER

    def test_a_finished_session_keeps_no_drafts(self, open_session):
        abandon(session_id=open_session.pk, now=LATER)

        with pytest.raises(Finished):
            save_draft(session_id=open_session.pk, draft={}, now=LATER)


class TestStarting:
    def test_an_open_prerequisite_locks_and_is_named(self, learner, scenarios):
        with pytest.raises(Forbidden, match="Locked out on Monday") as refused:
            start_session(learner=learner, scenario=scenarios["vpn-will-not-connect"], mode="exam", now=NOW)

        assert refused.value.extra == {"missing": [str(scenarios["locked-out-monday"].pk)]}

    @pytest.mark.parametrize(("outcome", "opens"), [("resolved", True), ("", False)])
    def test_a_right_end_unlocks_and_any_other_does_not(self, learner, scenarios, outcome, opens):
        first = start_session(learner=learner, scenario=scenarios["locked-out-monday"], mode="exam", now=NOW)
        end(first)
        Session.objects.update(outcome=outcome)

        def start():
            return start_session(
                learner=learner, scenario=scenarios["vpn-will-not-connect"], mode="exam", now=LATER
            )

        if opens:
            assert start().is_active
        else:
            with pytest.raises(Forbidden):
                start()

    def test_one_running_session_per_scenario(self, open_session, learner):
        with pytest.raises(Conflict) as refused:
            start_session(learner=learner, scenario=open_session.scenario, mode="practice", now=LATER)

        assert refused.value.extra == {"sessionId": str(open_session.pk)}
        assert Session.objects.count() == Ticket.objects.count() == 1

    def test_somebody_else_may_work_on_the_same_scenario(self, open_session, other_learner):
        session = start_session(learner=other_learner, scenario=open_session.scenario, mode="exam", now=LATER)

        assert session.is_active

    def test_what_is_not_published_cannot_be_started(self, learner, scenarios):
        scenario = scenarios["locked-out-monday"]
        scenario.is_active = False

        with pytest.raises(Conflict):
            start_session(learner=learner, scenario=scenario, mode="exam", now=NOW)

    def test_tickets_are_numbered_by_day(self, open_session, other_learner):
        scenario = open_session.scenario
        numbers = [open_session.ticket.number]
        for now in (NOW, NOW + timedelta(days=1)):
            session = start_session(learner=other_learner, scenario=scenario, mode="exam", now=now)
            numbers.append(session.ticket.number)
            abandon(session_id=session.pk, now=now)

        assert all(re.fullmatch(r"TKT-\d{8}-\d{5}", number) for number in numbers)
        assert numbers == ["TKT-20260302-00001", "TKT-20260302-00002", "TKT-20260303-00001"]


def test_dates_in_the_story_count_from_the_learners_day_wherever_they_are_read(learner, scenarios):
    evening = NOW + timedelta(hours=13)
    with timezone.override("Pacific/Auckland"):
        session = start_session(
            learner=learner, scenario=scenarios["locked-out-monday"], mode="exam", now=evening
        )
        seen = session.document

    assert session.started_on == evening.date() + timedelta(days=1)
    assert Session.objects.get().document == seen


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_parallel_resolves_end_once(self, open_session, finished):
        kinds = ["resolved", "declined"] * 3

        results = at_once(
            [
                lambda kind=kind: resolve(
                    session_id=open_session.pk, resolution=resolution(kind, reason="Because."), now=LATER
                )
                for kind in kinds
            ],
            refused=Conflict,
        )

        open_session.refresh_from_db()
        won = open_session.resolution["type"]
        assert [isinstance(result, Conflict) for result in results] == [kind != won for kind in kinds]
        assert len(happened(open_session, "resolved")) == 1
        assert finished == [open_session.pk]

    def test_parallel_starts_open_one_session(self, learner, scenarios):
        scenario = scenarios["locked-out-monday"]

        results = at_once(
            [lambda: start_session(learner=learner, scenario=scenario, mode="exam", now=NOW)] * 4,
            refused=Conflict,
        )

        session = Session.objects.get()
        refused = [result for result in results if isinstance(result, Conflict)]
        assert [refusal.extra for refusal in refused] == [{"sessionId": str(session.pk)}] * 3

    def test_tickets_opened_in_the_same_moment_get_numbers_of_their_own(self, make_person, scenarios):
        scenario = scenarios["locked-out-monday"]
        people = [make_person(name) for name in ("Abe", "Bea", "Cal", "Dot")]

        at_once(
            [
                lambda person=person: start_session(learner=person, scenario=scenario, mode="exam", now=NOW)
                for person in people
            ]
        )

        numbers = sorted(Ticket.objects.values_list("number", flat=True))
        assert numbers == [f"TKT-20260302-{n:05d}" for n in range(1, 5)]


def test_what_was_said_before_the_end_is_answered_all_the_same(open_session):
    receive_message(
        session_id=open_session.pk,
        text="What exactly does it say?",
        message_type="reply",
        client_id=uuid4(),
        now=NOW,
    )
    resolve(session_id=open_session.pk, resolution=resolution(), now=NOW)

    assert not open_session.messages.waiting().exists()


def test_everyone_begins_with_the_usual_variant_and_then_gets_another(learner, scenarios):
    """Whatever order the database gives the names in."""
    scenario = scenarios["locked-out-monday"]
    version = scenario.current_version
    version.paths = dict(sorted(version.paths.items()))
    tries = []
    for _ in range(3):
        session = start_session(learner=learner, scenario=scenario, mode="exam", now=NOW)
        tries.append(session.variant)
        abandon(session_id=session.pk, now=NOW)

    assert tries == ["usual", "forgotten_session", "usual"]
