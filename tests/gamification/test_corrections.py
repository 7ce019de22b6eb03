"""XP follow a revised score: one entry for each version, reckoned over all runs on the scenario, never edited."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from assessment.models import Assessment, Revision
from assessment.services import override, score_session
from assessment.services.cards import card_of
from gamification.models import Reward, XPEntry
from gamification.rules import PASS_MARK, level_of, share
from gamification.selectors import ledger_faults, unrewarded
from gamification.services import reward
from gamification.tasks import sweep
from tests.conftest import NOW
from tests.gamification.conftest import CRITICAL
from tests.gamification.test_reward import ledger
from tests.together import at_once

DAY, HOUR = timedelta(days=1), timedelta(hours=1)  # within hours nothing is a spaced return


def revise(assessment, overall, **changes):
    """As assessment does it: the number, its version, and what it was before."""
    assessment.refresh_from_db()
    Revision.objects.create(
        assessment=assessment,
        version=assessment.version,
        cause="override",
        overall_before=assessment.overall,
        overall_after=overall,
        before=card_of(assessment),
        revised_at=NOW,
    )
    changes |= {"overall": overall, "version": assessment.version + 1}
    Assessment.objects.filter(pk=assessment.pk).update(**changes)


@pytest.fixture
def corrected(learner):
    """`corrected(made, 90)`: the reward after its score became 90."""

    def corrected(made, overall, **changes) -> Reward:
        revise(made.assessment, overall, **changes)
        again = reward(assessment_id=made.assessment_id, now=NOW + 9 * DAY)
        learner.refresh_from_db()
        return again

    return corrected


def test_a_better_score_pays_the_difference(learner, earn, corrected):
    made = corrected(earn(learner, 60), 84)

    assert ledger(learner) == [("score", 60), ("correction", 24)]
    assert (learner.xp, made.xp, made.why) == (84, 84, "Corrected: 60 % became 84 %.")


def test_a_worse_score_takes_back_and_a_level_falls_silently(learner, earn, corrected, scenarios):
    earn(learner, 60, scenario=scenarios["prints-vanish"])
    made = earn(learner, 80, at=NOW + DAY)
    assert (learner.xp, learner.level) == (116, 2)
    notices = learner.notices.count()

    corrected(made, 50)

    assert (learner.xp, learner.level) == (86, 1)
    assert ledger(learner)[-1] == ("correction", -30)
    assert learner.notices.count() == notices


def test_a_level_that_is_reached_by_it_is_told(learner, earn, corrected, scenarios):
    earn(learner, 60, scenario=scenarios["prints-vanish"])
    corrected(earn(learner, 60, at=NOW + DAY), 90)
    assert learner.level == 2
    assert learner.notices.get(kind="level").title == "Level 2"


def test_a_fail_that_was_none_is_paid_as_a_pass(learner, earn, corrected):
    corrected(earn(learner, 70, caps=[CRITICAL]), 70, caps=[])
    assert ledger(learner) == [("debrief", 5), ("correction", 65)]


def test_again_it_is_paid_once_and_each_version_for_itself(learner, earn, corrected):
    made = earn(learner, 60)
    corrected(made, 84)
    for _ in range(3):
        reward(assessment_id=made.assessment_id, now=NOW + 10 * DAY)
    assert ledger(learner) == [("score", 60), ("correction", 24)]

    corrected(made, 70)
    assert sorted(ledger(learner)) == [("correction", -14), ("correction", 24), ("score", 60)]
    assert learner.xp == 70


def test_a_change_that_moves_no_xp_writes_no_line(learner, earn, corrected):
    made = corrected(earn(learner, 60), 60.3)
    assert ledger(learner) == [("score", 60)] and (made.version, made.xp) == (2, 60)
    assert not unrewarded().exists()


def test_practice_stays_without(learner, earn, corrected):
    made = corrected(earn(learner, 60, mode="practice"), 90)
    assert (made.xp, made.version, ledger(learner)) == (0, 2, [])


def test_later_tries_are_measured_by_the_corrected_best(learner, earn, corrected):
    corrected(earn(learner, 60), 80)
    assert earn(learner, 85, at=NOW + HOUR).xp == 5
    assert learner.xp == 85


def test_what_a_retry_already_paid_is_not_paid_twice(learner, earn, corrected):
    first = earn(learner, 60)
    earn(learner, 85, at=NOW + DAY)
    corrected(first, 80)
    assert ledger(learner) == [("score", 60), ("score", 25)]
    corrected(first, 90)
    assert learner.xp == 90


def test_a_score_that_was_revised_before_it_was_paid_is_paid_as_it_stands(learner, score):
    assessment = score(learner, 60)
    revise(assessment, 75)
    made = reward(assessment_id=assessment.pk, now=NOW)
    assert (made.xp, made.version) == (75, 2)
    assert [(e.kind, e.version) for e in XPEntry.objects.all()] == [("score", 2)]
    assert not unrewarded().exists()


def test_achievements_follow_a_better_score_and_are_never_taken_back(learner, earn, corrected):
    made = corrected(earn(learner, 70, communication=95), 95)
    earned = set(made.achievements)
    assert earned == set(learner.achievements.values_list("achievement__slug", flat=True))
    corrected(made, 30)
    assert set(learner.achievements.values_list("achievement__slug", flat=True)) == earned


def test_a_lost_correction_is_found_by_the_sweep(learner, earn):
    made = earn(learner, 60)
    revise(made.assessment, 84)
    assert list(unrewarded()) == [made.assessment]

    sweep()
    sweep()

    assert not unrewarded().exists()
    assert ledger(learner) == [("score", 60), ("correction", 24)]


def test_only_corrections_take_back(learner, earn):
    made = earn(learner, 60)
    with pytest.raises(IntegrityError):
        XPEntry.objects.create(
            user=learner,
            session=made.assessment.session,
            kind="debrief",
            amount=-5,
            why="No.",
            created_at=NOW,
        )


def test_a_persons_decision_reaches_ledger_level_and_debrief(as_, learner, coach, cohort, play):
    session = play(learner, "average")
    score_session(session_id=session.pk, now=session.finished_at)
    sweep()
    assessment = Assessment.objects.get(session=session)
    weighed = [row for row in assessment.criteria if row["dimension"] != "research"]
    lost = max(weighed, key=lambda row: row["points"] - row["earned"])

    override(
        assessment_id=assessment.pk,
        reviewer=coach,
        criterion_id=lost["id"],
        points=lost["points"],
        reason="It was done in other words.",
        now=NOW,
    )
    sweep()

    assessment.refresh_from_db()
    learner.refresh_from_db()
    assert learner.xp == share(100, float(assessment.overall)) > 0
    assert [kind for kind, _ in sorted(ledger(learner))] == ["correction", "score"]
    assert not ledger_faults() and not unrewarded().exists()
    as_(learner).post(f"/sessions/{session.pk}/debrief/skip/")
    page = as_(learner).get(f"/sessions/{session.pk}/debrief/").content.decode()
    assert assessment.revisions.get().change in page and f"+{learner.xp} XP" in page


SCORES = st.integers(0, 100)
STEPS = st.lists(
    st.tuples(st.sampled_from(["run", "revise", "lost"]), SCORES, st.integers(0, 5)), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_in_whatever_order_the_ledger_is_what_the_scores_are_worth(learner, score, steps):
    with transaction.atomic():
        made = []
        for number, (what, overall, which) in enumerate(steps):
            if what == "run" or not made:
                made.append(score(learner, overall, at=NOW + number * HOUR))
                reward(assessment_id=made[-1].pk, now=NOW + number * HOUR)
            else:
                revise(made[which % len(made)], overall)
                if what == "revise":
                    reward(assessment_id=made[which % len(made)].pk, now=NOW + number * HOUR)
        sweep()

        scores = [float(a.overall) for a in Assessment.objects.all()]
        best = max((s for s in scores if s >= PASS_MARK), default=0)
        first = Assessment.objects.filter(pk__in=[a.pk for a in made[:1]]).first()
        debrief = 5 if first and float(first.overall) < PASS_MARK else 0
        person = User.objects.get(pk=learner.pk)
        assert person.xp == share(100, best) + debrief
        assert person.level == level_of(person.xp)
        assert not ledger_faults()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_fifty_deliveries_pay_once(self, learner, score):
        assessment = score(learner, 82)

        made = at_once([lambda: reward(assessment_id=assessment.pk, now=NOW)] * 50)

        assert len({each.pk for each in made}) == 1
        assert ledger(learner) == [("score", 82)]

    def test_fifty_deliveries_correct_once(self, learner, earn):
        made = earn(learner, 60)
        revise(made.assessment, 84)

        at_once([lambda: reward(assessment_id=made.assessment_id, now=NOW)] * 50)

        assert sorted(ledger(learner)) == [("correction", 24), ("score", 60)]
        learner.refresh_from_db()
        assert learner.xp == 84
        out = StringIO()
        call_command("check_ledger", stdout=out)
        assert "agrees" in out.getvalue()
