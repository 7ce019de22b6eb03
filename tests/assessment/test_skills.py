"""Skills: what a score does to the ratings, once each, and when a skill is due again."""

from datetime import UTC, datetime, timedelta
from math import log

import pytest

from assessment.models import Assessment, LearnerSkill, ScenarioSkill, SkillOutcome
from assessment.selectors.skills import practice, skill_label, skill_profile, unrated
from assessment.skills.practice import LONGEST, Review, schedule
from assessment.skills.rating import expected, outcome, step
from assessment.skills.services import rate, was_due
from assessment.tasks import sweep
from tests.conftest import NOW

DAY = timedelta(days=1)
STARTER, ADVANCED = "prints-vanish", "new-phone-urgent"
VERIFYING = "verify_identity"
CRITICAL = [{"id": "asked_secret", "limit": 40, "critical": True, "why": "You asked.", "evidence": []}]


@pytest.fixture
def run(learner, open_catalogue, finish):
    """`run(82, days=3)`: an exam run of three days ago, scored and rated; returns its assessment."""

    def run(
        overall: float, *, days: float = 0, slug: str = STARTER, person=learner, mode: str = "exam", **numbers
    ) -> Assessment:
        at = NOW - days * DAY
        session = finish(person, open_catalogue[slug], overall, at=at, mode=mode, **numbers)
        rate(assessment_id=session.assessment.pk)
        return session.assessment

    return run


def skill(person, name: str = VERIFYING) -> LearnerSkill:
    return person.skills.get(skill=name)


def difficulty(slug: str = STARTER, name: str = VERIFYING) -> ScenarioSkill:
    return ScenarioSkill.objects.get(scenario__slug=slug, skill=name)


class TestElo:
    def test_equals_meet_half_way(self):
        assert expected(0, 0) == 0.5
        assert expected(1, 0) + expected(0, 1) == pytest.approx(1)
        assert expected(log(3), 0) == pytest.approx(0.75)

    def test_the_more_is_known_the_less_one_outcome_moves(self):
        assert step(0) == 1
        assert step(20) == 0.5

    def test_a_critical_fail_is_worth_nothing_for_the_skill_of_verifying_alone(self):
        assert outcome(VERIFYING, 40, critical=True) == 0
        assert outcome(VERIFYING, 40, critical=False) == 0.4
        assert outcome("document", 40, critical=True) == 0.4


class TestSchedule:
    """Days to the next review, for scores that come whenever the skill is due."""

    def days(self, *scores: float) -> list[int]:
        reviews, found, at = [], [], datetime(2026, 1, 5, 9, tzinfo=UTC)
        for score in scores:
            reviews.append(Review(at, score))
            due = schedule(reviews).due
            found.append((due - at).days)
            at = due
        return found

    def test_better_scores_rest_longer(self):
        again, hard, good, easy = (self.days(score)[0] for score in (59, 60, 75, 90))
        assert 1 == again < hard < good < easy

    def test_success_rests_longer_each_time_up_to_eight_weeks(self):
        assert self.days(80, 80, 80) == sorted(self.days(80, 80, 80))
        assert self.days(95, 95, 95)[-1] == LONGEST

    def test_a_fail_brings_it_back_soon(self):
        assert self.days(80, 80, 30)[-1] <= 7

    def test_the_same_reviews_give_the_same_card_whatever_their_order(self):
        reviews = [Review(NOW - days * DAY, score) for days, score in ((30, 50), (20, 80), (3, 92))]
        assert schedule(reviews) == schedule(reversed(reviews))

    def test_without_a_review_there_is_none(self):
        with pytest.raises(ValueError):
            schedule([])


def test_a_score_moves_each_skill_of_the_scenario(run, learner, open_catalogue):
    run(90)

    assert set(learner.skills.values_list("skill", flat=True)) == set(open_catalogue[STARTER].skills)
    assert skill(learner).rating == pytest.approx(0.9 - expected(0, -1))
    assert skill(learner).attempts == 1


def test_a_score_below_the_expected_one_lowers_the_rating(run, learner):
    run(30)

    assert skill(learner).rating < 0


def test_difficulty_begins_with_what_the_author_said(run):
    run(90, slug=ADVANCED)

    assert SkillOutcome.objects.get(skill=VERIFYING).expected == pytest.approx(expected(0, 1))


def test_only_a_first_attempt_says_how_hard_a_scenario_is(run, other_learner):
    run(30, days=9)
    after_the_first = difficulty().difficulty
    assert after_the_first == pytest.approx(-1 + expected(0, -1) - 0.3)

    run(95, days=1)
    assert difficulty().difficulty == after_the_first
    run(95, person=other_learner)
    assert difficulty().difficulty < after_the_first
    assert difficulty().attempts == 2


def test_whoever_practised_it_before_does_not_say_how_hard_it_is(learner, open_catalogue, finish, run):
    finish(learner, open_catalogue[STARTER], 50, mode="practice", at=NOW - 9 * DAY)
    run(95)

    assert difficulty().difficulty == -1


def test_practice_moves_nothing(run, learner):
    run(95, mode="practice")

    assert not learner.skills.exists()
    assert not unrated().exists()


def test_a_score_counts_once(run, learner):
    assessment = run(90)
    before = skill(learner).rating, skill(learner).attempts, skill(learner).due_at
    rate(assessment_id=assessment.pk)

    assert (skill(learner).rating, skill(learner).attempts, skill(learner).due_at) == before
    assert SkillOutcome.objects.filter(skill=VERIFYING).count() == 1


def test_a_revised_score_ends_where_it_would_have_ended(run, learner, other_learner):
    first = run(30)
    Assessment.objects.filter(pk=first.pk).update(overall=90, version=2)
    assert list(unrated()) == [first]
    rate(assessment_id=first.pk)
    run(90, person=other_learner, slug="locked-out-monday")

    assert skill(learner).rating == pytest.approx(skill(other_learner).rating)
    assert skill(learner).due_at == skill(other_learner).due_at
    assert difficulty().difficulty == pytest.approx(difficulty("locked-out-monday").difficulty)
    assert skill(learner).attempts == 1
    assert not unrated().exists()


def test_a_critical_fail_revised_away_gives_verifying_back(run, learner):
    failed = run(40, caps=CRITICAL)
    assert skill(learner).rating < skill(learner, "document").rating
    Assessment.objects.filter(pk=failed.pk).update(caps=[], version=2)
    rate(assessment_id=failed.pk)

    assert skill(learner).rating == pytest.approx(skill(learner, "document").rating)


def test_the_sweep_rates_what_was_lost_oldest_first(learner, open_catalogue, finish):
    for days in (1, 9):
        finish(learner, open_catalogue[STARTER], 80, at=NOW - days * DAY)
    sweep()

    assert skill(learner).attempts == 2
    first, second = SkillOutcome.objects.filter(skill=VERIFYING).order_by("pk")
    assert first.assessment.session.finished_at < second.assessment.session.finished_at


def test_one_that_cannot_be_rated_holds_up_no_other(learner, open_catalogue, finish):
    broken = finish(learner, open_catalogue[STARTER], 80, at=NOW - DAY)
    broken.variant = "nowhere"
    broken.save()
    finish(learner, open_catalogue[ADVANCED], 80)
    sweep()

    assert skill(learner).attempts == 1
    assert [owed.session for owed in unrated()] == [broken]


def test_a_run_that_began_when_its_skill_was_due_is_a_return(run):
    first = run(80, days=30)
    soon, late = run(80, days=29), run(80, days=1)

    assert [was_due(each) for each in (first, soon, late)] == [False, False, True]


def test_whether_a_run_is_a_return_does_not_wait_for_the_ratings_before_it(learner, open_catalogue, finish):
    finish(learner, open_catalogue[STARTER], 80, at=NOW - 30 * DAY)
    fresh = finish(learner, open_catalogue[STARTER], 80).assessment

    assert was_due(fresh)
    assert skill(learner).attempts == 2


def test_a_profile_says_too_few_data_below_five_attempts(run, learner):
    for days in range(4):
        run(85, days=days)
    assert {s.words for s in skill_profile(learner, now=NOW)} == {"Too few data"}

    run(85)
    assert {s.words for s in skill_profile(learner, now=NOW)} == {"Developing"}


def test_practice_is_due_now_or_within_a_week(run, learner):
    run(80, days=10)
    profile = skill_profile(learner, now=NOW)

    assert [s.name for s in practice(profile, now=NOW).now] == sorted(s.name for s in profile)
    before = practice(skill_profile(learner, now=NOW - 9 * DAY), now=NOW - 9 * DAY)
    assert before.now == []
    assert len(before.soon) == len(profile)


def test_skills_are_named_in_words():
    assert [skill_label(name) for name in ("verify_identity", "vpn")] == ["Verify identity", "VPN"]


def test_rating_costs_the_same_whatever_came_before(
    run, learner, open_catalogue, finish, django_assert_max_num_queries
):
    run(80, days=20)
    costs = []
    for count in (1, 20):
        for _ in range(count):
            run(80, days=10)
        fresh = finish(learner, open_catalogue[STARTER], 80).assessment
        with django_assert_max_num_queries(30) as queries:
            rate(assessment_id=fresh.pk)
        costs.append(len(queries))

    assert costs[0] == costs[1]
