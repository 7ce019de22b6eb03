"""A learner contests a score, a person decides, the score follows; both numbers stay."""

from datetime import timedelta

import pytest

from accounts.errors import Conflict, Forbidden, Missing, Unprocessable
from accounts.models import AuditEvent, Role
from accounts.services import key_of
from assessment.models import Assessment, Contest, Override, Review, Revision
from assessment.scoring import score
from assessment.services import contest, decide, let_stand, override
from assessment.services.cards import card_of, put_card
from tests.assessment import golden
from tests.conftest import NOW
from tests.together import at_once

WHY = "The cause is there, in the second field."
BECAUSE = "The second field does name the cause."


@pytest.fixture
def scored(finish, learner, open_catalogue, cohort):
    """`scored(golden.vpn_unsafe())`: Lena's session with that scorecard; Carla coaches her."""

    def scored(attempt, person=learner) -> Assessment:
        session = finish(person, open_catalogue["vpn-will-not-connect"])
        assessment = Assessment(session=session, status="done", scored_at=NOW)
        put_card(assessment, score(attempt).as_json())
        assessment.save()
        assessment.refresh_from_db()
        return assessment

    return scored


@pytest.fixture
def unsafe(scored):
    """Capped at 40; the notes lack structure."""
    return scored(golden.vpn_unsafe())


@pytest.fixture
def contested(unsafe, learner):
    return contested_by(learner, unsafe, "structure")


def contested_by(learner, assessment, criterion_id):
    return contest(
        session_id=assessment.session_id, learner=learner, criterion_id=criterion_id, reason=WHY, now=NOW
    )


def upheld(made, reviewer, **rest):
    asked = {"outcome": "upheld", "points": 20, "reason": BECAUSE, "now": NOW + timedelta(days=1)} | rest
    return decide(contest_id=made.pk, reviewer=reviewer, **asked)


def earned(assessment, name):
    assessment.refresh_from_db()
    return assessment.point(name)["earned"]


class TestContesting:
    def test_it_waits_with_its_reason_and_what_was_contested(self, contested, unsafe, learner):
        assert contested.is_open and contested.reason == WHY
        assert contested.point == unsafe.point("structure")
        trace = AuditEvent.objects.get(action="contest.made")
        assert trace.actor == key_of(learner) and WHY not in str(trace.data)

    def test_a_cap_may_be_contested_too(self, unsafe, learner):
        made = contested_by(learner, unsafe, "unverified_action")
        assert made.title == "At most 40 points"

    @pytest.mark.parametrize("reason", ["", "   ", "too short", "x" * 1001])
    def test_a_reason_is_asked_for(self, unsafe, learner, reason):
        with pytest.raises(Unprocessable) as refused:
            contest(
                session_id=unsafe.session_id,
                learner=learner,
                criterion_id="structure",
                reason=reason,
                now=NOW,
            )
        assert refused.value.details == {"reason": ["Give a reason of 10 to 1000 characters."]}
        assert not Contest.objects.exists()

    @pytest.mark.parametrize("name", ["nonsense", "", "nothing_secret", "injection"])
    def test_there_must_be_something_to_contest(self, unsafe, learner, name):
        with pytest.raises(Unprocessable) as refused:
            contested_by(learner, unsafe, name)
        assert "criterion_id" in refused.value.details
        assert not Contest.objects.exists()

    def test_only_ones_own(self, unsafe, other_learner, coach, admin):
        for person in (other_learner, coach, admin):
            with pytest.raises(Missing):
                contested_by(person, unsafe, "structure")
        assert not Contest.objects.exists()

    def test_only_once(self, contested, learner, coach):
        again = {
            "session_id": contested.assessment.session_id,
            "learner": learner,
            "criterion_id": "structure",
        }
        for _ in range(2):
            with pytest.raises(Conflict):
                contest(**again, reason=WHY, now=NOW)
            upheld(contested, coach) if contested.is_open else None
            contested.refresh_from_db()
        assert Contest.objects.count() == 1

    def test_not_before_there_is_a_score(self, unsafe, learner):
        Assessment.objects.update(status="failed")
        with pytest.raises(Conflict):
            contested_by(learner, unsafe, "structure")


class TestDeciding:
    def test_upheld_the_score_follows_and_both_numbers_stay(self, scored, learner, coach):
        poor = scored(golden.vpn_poor())
        before, card = float(poor.overall), card_of(poor)
        made = contested_by(learner, poor, "structure")

        upheld(made, coach)

        poor.refresh_from_db()
        revision = poor.revisions.get()
        assert earned(poor, "structure") == 20 and poor.point("structure")["overridden"]
        assert float(poor.overall) > before
        assert (revision.version, poor.version) == (1, 2)
        assert (float(revision.overall_before), revision.overall_after) == (before, poor.overall)
        assert (revision.before, revision.reason, revision.revised_by) == (card, BECAUSE, coach)
        assert poor.formula != card["formula"]

    def test_the_learner_is_told_both_numbers_and_why(self, scored, learner, coach):
        poor = scored(golden.vpn_poor())
        made = contested_by(learner, poor, "structure")
        upheld(made, coach)
        notice = learner.notices.get(kind="contest_decided")
        assert notice.title == f"Your contest was upheld: {poor.revisions.get().change}"
        assert notice.body == f"Symptom, cause, action, verification and confirmation. {BECAUSE}"
        assert notice.url == f"/sessions/{poor.session_id}/debrief/"

    def test_rejected_nothing_changes_but_the_answer(self, contested, unsafe, coach, learner):
        card = card_of(unsafe)
        made = upheld(contested, coach, outcome="rejected", points=None)

        unsafe.refresh_from_db()
        assert (made.outcome, made.decision, made.decided_by) == ("rejected", BECAUSE, coach)
        assert (card_of(unsafe), unsafe.version) == (card, 1)
        assert not Override.objects.exists() and not Revision.objects.exists()
        assert learner.notices.get().title == "Your contest was turned down: the score stays 40"

    def test_where_a_cap_decides_the_points_count_and_the_score_stays(
        self, contested, unsafe, coach, learner
    ):
        upheld(contested, coach)
        assert earned(unsafe, "structure") == 20
        assert unsafe.overall == 40
        assert learner.notices.get().title == "Your contest was upheld: the score stays 40"

    def test_a_cap_that_rests_on_it_falls_only_when_that_is_said(self, unsafe, learner, coach):
        made = contested_by(learner, unsafe, "level_before_action")
        upheld(made, coach, points=50, lifts_cap=True)
        unsafe.refresh_from_db()
        assert "unverified_action" not in [cap["id"] for cap in unsafe.caps]
        assert unsafe.overall > 40

    def test_a_contested_cap_falls_by_itself(self, unsafe, learner, coach):
        made = contested_by(learner, unsafe, "unverified_action")
        upheld(made, coach, points=None)
        unsafe.refresh_from_db()
        assert not unsafe.is_critical_fail and unsafe.overall > 40
        assert Override.objects.get().criterion_id == "unverified_action"

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"points": None}, "points"),
            ({"points": 20.5}, "points"),
            ({"points": -1}, "points"),
            ({"points": 0}, "points"),
            ({"reason": "no"}, "reason"),
            ({"outcome": "open"}, "outcome"),
            ({"lifts_cap": True}, "lifts_cap"),
        ],
    )
    def test_a_decision_that_makes_no_sense_changes_nothing(self, contested, unsafe, coach, wrong, field):
        card = card_of(unsafe)
        with pytest.raises(Unprocessable) as refused:
            upheld(contested, coach, **wrong)
        assert list(refused.value.details) == [field]
        contested.refresh_from_db()
        unsafe.refresh_from_db()
        assert contested.is_open and card_of(unsafe) == card
        assert (
            not Override.objects.exists() and not AuditEvent.objects.filter(action="score.revised").exists()
        )

    def test_upheld_is_never_less_than_there_was(self, scored, learner, coach):
        expert = scored(golden.vpn_poor())
        row = next(r for r in expert.criteria if r["status"] == "part" and r["earned"] > 1)
        made = contest(
            session_id=expert.session_id, learner=learner, criterion_id=row["id"], reason=WHY, now=NOW
        )
        with pytest.raises(Unprocessable):
            upheld(made, coach, points=row["earned"] - 1)

    def test_the_first_decision_stands(self, contested, coach, trainer):
        upheld(contested, coach)
        with pytest.raises(Conflict):
            upheld(contested, trainer, outcome="rejected")
        contested.refresh_from_db()
        assert (contested.outcome, contested.decided_by) == ("upheld", coach)

    def test_coaches_of_the_learner_trainers_and_administrators_decide(
        self, contested, make_person, manager, other_learner
    ):
        stranger = make_person("Stan", "Stranger", Role.COACH)
        for person in (stranger, manager, other_learner):
            with pytest.raises(Missing):
                upheld(contested, person)
        assert {
            name: Contest.objects.reviewable_by(person).exists()
            for name, person in {"stranger": stranger, "manager": manager}.items()
        } == {"stranger": False, "manager": False}

    @pytest.mark.parametrize("who", ["trainer", "admin", "coach"])
    def test_each_of_them_may(self, contested, request, who):
        assert upheld(contested, request.getfixturevalue(who)).outcome == "upheld"

    def test_nobody_decides_on_their_own_score(self, scored, make_person):
        both = make_person("Tina", "Trainee", Role.LEARNER, Role.TRAINER, Role.ADMIN)
        own = scored(golden.vpn_poor(), both)
        made = contested_by(both, own, "structure")
        with pytest.raises(Forbidden):
            upheld(made, both)
        with pytest.raises(Forbidden):
            override(
                assessment_id=own.pk, reviewer=both, criterion_id="structure", points=20, reason=WHY, now=NOW
            )
        with pytest.raises(Forbidden):
            let_stand(assessment_id=own.pk, reviewer=both, now=NOW)
        assert not Contest.objects.reviewable_by(both).exists()
        assert not Assessment.objects.reviewable_by(both).exists()

    def test_it_leaves_a_trace(self, contested, coach):
        upheld(contested, coach)
        revised, decided = AuditEvent.objects.filter(actor=key_of(coach)).order_by("id")
        assert (revised.action, revised.data["change"], revised.data["version"]) == (
            "score.revised",
            "40 → 40",
            2,
        )
        assert (decided.action, decided.data) == (
            "contest.decided",
            {"criterion": "structure", "outcome": "upheld"},
        )


class TestOverriding:
    def test_a_coach_may_give_other_points_without_having_been_asked(self, scored, coach, learner):
        poor = scored(golden.vpn_poor())
        revision = override(
            assessment_id=poor.pk,
            reviewer=coach,
            criterion_id="structure",
            points=15,
            reason=BECAUSE,
            now=NOW,
        )
        assert earned(poor, "structure") == 15
        assert learner.notices.get().title == f"A person changed your score: {revision.change}"
        assert Review.objects.get().reviewed_by == coach

    def test_the_last_word_counts_and_every_number_stays(self, scored, coach, admin):
        poor = scored(golden.vpn_poor())
        for person, points in ((coach, 15), (admin, 20)):
            override(
                assessment_id=poor.pk,
                reviewer=person,
                criterion_id="structure",
                points=points,
                reason=BECAUSE,
                now=NOW,
            )
        assert earned(poor, "structure") == 20
        assert Override.objects.get().decided_by == admin
        assert [r.version for r in poor.revisions.all()] == [1, 2]
        assert poor.version == 3

    def test_the_points_there_are_change_nothing(self, scored, coach):
        poor = scored(golden.vpn_poor())
        with pytest.raises(Unprocessable):
            override(
                assessment_id=poor.pk,
                reviewer=coach,
                criterion_id="structure",
                points=poor.point("structure")["earned"],
                reason=BECAUSE,
                now=NOW,
            )

    def test_trainers_do_not_see_whole_scores(self, unsafe, trainer, manager, make_person):
        stranger = make_person("Stan", "Stranger", Role.COACH)
        for person in (trainer, manager, stranger):
            with pytest.raises(Missing):
                override(
                    assessment_id=unsafe.pk,
                    reviewer=person,
                    criterion_id="structure",
                    points=20,
                    reason=BECAUSE,
                    now=NOW,
                )
            with pytest.raises(Missing):
                let_stand(assessment_id=unsafe.pk, reviewer=person, now=NOW)

    def test_what_looks_right_is_not_queued_again(self, unsafe, coach, admin):
        Assessment.objects.update(is_misread=True)
        assert Assessment.objects.flagged().exists()
        first = let_stand(assessment_id=unsafe.pk, reviewer=coach, now=NOW)
        assert let_stand(assessment_id=unsafe.pk, reviewer=admin, now=NOW) == first
        assert Review.objects.get().reviewed_by == coach
        assert not Assessment.objects.flagged().exists()

    def test_what_a_person_looked_at_was_not_misread(self, scored, coach):
        attempt = golden.vpn_poor()
        poor = scored(attempt)
        card = card_of(poor)
        next(r for r in card["criteria"] if r["id"] == "structure")["misread"] = True
        put_card(poor, card)
        poor.save()
        assert poor.is_misread
        override(
            assessment_id=poor.pk,
            reviewer=coach,
            criterion_id="structure",
            points=20,
            reason=BECAUSE,
            now=NOW,
        )
        poor.refresh_from_db()
        assert not poor.is_misread


class TestTheRandomShare:
    def test_it_is_about_one_in_twenty_and_always_the_same(self, unsafe):
        drawn = 0
        for number in range(2000):
            assessment = Assessment(session=unsafe.session)
            assessment.pk = type(assessment.pk)(int=number)
            put_card(assessment, card_of(unsafe))
            drawn += assessment.is_sampled
            again = assessment.is_sampled
            put_card(assessment, card_of(unsafe))
            assert assessment.is_sampled == again
        assert 70 <= drawn <= 130


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_counts(contested, coach, trainer):
    said = at_once(
        [
            lambda: upheld(contested, coach, outcome="upheld").outcome,
            lambda: upheld(contested, trainer, outcome="rejected").outcome,
        ],
        refused=Conflict,
    )

    assert [each.message for each in said if isinstance(each, Conflict)] == [
        "This contest has been decided already."
    ]
    contested.refresh_from_db()
    assert contested.outcome in said
    assert Revision.objects.count() == (contested.outcome == "upheld")
