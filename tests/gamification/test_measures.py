"""What each achievement counts, played at its boundary: just short of it, and just there."""

from datetime import timedelta

import pytest

from assessment.models import DIMENSIONS, SelfAssessment
from chat.models import Event, Session
from chat.services import start_session
from gamification.measures import MEASURES, record_of
from tests.conftest import NOW
from tests.gamification.conftest import CRITICAL

DAY = timedelta(days=1)
CAP = {"id": "unfounded", "limit": 70, "critical": False, "why": "That was luck.", "evidence": []}
ALL_FIVE = dict.fromkeys(DIMENSIONS, 80)


@pytest.fixture
def counted(learner):
    """`counted("passes")`: what the measure finds in Lena's record."""
    return lambda name: MEASURES[name](record_of(learner))


@pytest.fixture
def run(score, learner, scenarios, vpn):
    """`run(80, 3, communication=90)`: an exam on the day, on the VPN ticket unless another is named."""

    def run(overall=80, day=0, scenario="vpn-will-not-connect", world=None, variant=None, **numbers):
        made = score(learner, overall, at=NOW + day * DAY, scenario=scenarios[scenario], **numbers)
        if world:
            made.session.world |= world
            made.session.save()
        if variant:
            Session.objects.filter(pk=made.session_id).update(variant=variant)
        return made

    return run


@pytest.mark.parametrize(
    "name, short, there",
    [
        ("passes", {"overall": 59.99}, {"overall": 60}),
        ("passes", {"outcome": ""}, {}),
        ("passes", {"caps": [CRITICAL]}, {"caps": [CAP]}),
        ("excellent_scores", {"overall": 89.99}, {"overall": 90}),
        ("balanced_tickets", ALL_FIVE | {"documentation": 79.99}, ALL_FIVE),
        ("balanced_tickets", ALL_FIVE | {"response_time": None}, ALL_FIVE),
        ("direct_fixes", {"efficiency": 99.99}, {"efficiency": 100}),
        ("direct_fixes", {"efficiency": 100, "caps": [CAP]}, {"efficiency": 100}),
        ("informed_fixes", {"research": 50}, {"research": 100}),
        ("plain_talks", {"communication": 89.99}, {"communication": 90}),
        ("clean_notes", {"documentation": 89.99}, {"documentation": 90}),
        ("sound_verifications", {"verification": 89.99}, {"verification": 90}),
        (
            "discreet_tickets",
            {"verification": 80, "world": {"told": ["manager"]}},
            {"verification": 80},
        ),
        ("discreet_tickets", {"verification": 0}, {"verification": 1}),
        ("prompt_tickets", {"response_time": 89.99}, {"response_time": 90}),
        ("prompt_tickets", {"response_time": 95, "caps": [CAP]}, {"response_time": 90}),
        ("delighted_customers", {"satisfaction": 4}, {"satisfaction": 5}),
        (
            "advanced_scores",
            {"scenario": "branch-office-crawl", "overall": 79.99},
            {"scenario": "branch-office-crawl"},
        ),
        ("advanced_scores", {"overall": 95}, {"scenario": "branch-office-crawl"}),
        (
            "refused_impostors",
            {"scenario": "new-phone-urgent", "outcome": ""},
            {"scenario": "new-phone-urgent", "outcome": "refused"},
        ),
        (
            "served_suspects",
            {"caller": "honest_served"},
            {"scenario": "new-phone-urgent", "caller": "honest_served"},
        ),
        (
            "served_suspects",
            {"scenario": "new-phone-urgent", "caller": "honest_turned_away"},
            {"scenario": "new-phone-urgent", "caller": "honest_served"},
        ),
    ],
)
def test_one_ticket(run, counted, name, short, there):
    run(**short)
    assert counted(name) == 0
    run(**there, day=1)
    assert counted(name) == 1
    run(**there, day=2)
    assert counted(name) == 1, "the same ticket again adds nothing"


@pytest.mark.parametrize("lowest, counts", [(20, 0), (19, 1)])
def test_a_customer_was_about_to_leave_and_left_content(run, counted, lowest, counts):
    made = run(world={"confirmed": True})
    for number, patience in ((101, 55), (102, lowest), (103, 60)):
        Event.objects.create(
            session=made.session, number=number, kind="turn", data={"patience": patience}, at=NOW
        )
    assert counted("recoveries") == counts
    Session.objects.update(world=made.session.world | {"confirmed": False})
    assert counted("recoveries") == 0


def test_handed_over_where_that_was_right(run, counted, scenarios):
    outage = scenarios["branch-office-crawl"].current_version.world()
    right = next(name for name, goal in outage.goals.items() if "escalated" in goal.all)
    run(scenario="branch-office-crawl", outcome="")
    assert counted("right_escalations") == 0
    run(scenario="branch-office-crawl", outcome=right, day=1)
    assert counted("right_escalations") == 1


@pytest.mark.parametrize("off, counts", [(10, 1), (-10, 1), (11, 0)])
def test_a_forecast_is_true_when_each_dimension_is_within_ten(run, counted, off, counts):
    made = run(**ALL_FIVE | {"verification": None})
    said = ALL_FIVE | {"technical": 80 + off, "verification": 0}
    SelfAssessment.objects.create(session=made.session, created_at=NOW, **said)
    assert counted("true_forecasts") == counts


def test_what_was_not_foreseen_is_no_true_forecast(run, counted):
    run(**ALL_FIVE)
    assert counted("true_forecasts") == 0


def test_a_row_is_broken_by_a_cap_or_a_fail_and_a_repeat_does_not_lengthen_it(run, counted):
    run(70, 0)
    run(70, 1, "prints-vanish")
    run(70, 2)
    assert counted("uncapped_in_a_row") == 2
    run(70, 3, "locked-out-monday", caps=[CAP])
    run(70, 4, "workbook-view-only")
    assert counted("uncapped_in_a_row") == 2, "the best row stays"
    for day, slug in enumerate(("prints-vanish", "locked-out-monday"), start=5):
        run(70, day, slug)
    assert counted("uncapped_in_a_row") == 3
    run(59, 8, "new-phone-urgent", outcome="refused")
    run(70, 9)
    assert counted("uncapped_in_a_row") == 3


def test_categories_and_difficulties_are_told_apart(run, counted):
    run()
    assert (counted("categories"), counted("difficulties")) == (1, 1)
    run(scenario="prints-vanish", day=1)
    assert (counted("categories"), counted("difficulties")) == (2, 2)
    run(scenario="branch-office-crawl", outcome="escalated", day=2, overall=59)
    assert (counted("categories"), counted("difficulties")) == (2, 2)


def test_two_variants_of_a_ticket(run, counted):
    run()
    run(day=1)
    assert counted("variants_passed") == 0
    run(day=2, variant="another")
    assert counted("variants_passed") == 1


@pytest.mark.parametrize("again, counts", [(69.99, 0), (70, 1)])
def test_a_best_that_is_beaten_by_ten(run, counted, again, counts):
    run(60)
    run(40, 1)
    run(again, 2)
    assert counted("improvements") == counts


@pytest.mark.parametrize("last, gain", [(60, 0), (75, 15), (50, 0)])
def test_the_weakest_dimension_rises(run, counted, last, gain):
    for day in range(3):
        run(70, day, **ALL_FIVE | {"documentation": 60})
    run(70, 3, **ALL_FIVE | {"documentation": last, "technical": 100})
    run(70, 4, **ALL_FIVE | {"documentation": last})
    assert counted("weakness_gain") == 0, "not before there are three to compare with three"
    run(70, 5, **ALL_FIVE | {"documentation": last})
    assert counted("weakness_gain") == gain


def test_a_return_is_passed_when_its_skill_was_due(earn, learner, counted):
    earn(learner, 80)
    earn(learner, 59, at=NOW + 30 * DAY)
    assert counted("spaced_returns") == 0
    earn(learner, 60, at=NOW + 60 * DAY)
    assert counted("spaced_returns") == 1


@pytest.mark.parametrize("overall, day, counts", [(80, 3, 3), (79.99, 3, 0), (80, 2, 0)])
def test_a_skill_is_mastered_on_two_tickets_three_days_apart(run, counted, overall, day, counts):
    """Verifying, asking and documenting are what the two tickets share."""
    run(80)
    run(overall, day, "prints-vanish")
    assert counted("mastered_skills") == counts


def test_the_same_ticket_twice_is_no_mastery(run, counted):
    run(80)
    run(95, 9)
    assert counted("mastered_skills") == 0


def test_practice_counts_for_nothing(run, learner, vpn):
    run(100, mode="practice", efficiency=100, research=100, satisfaction=5, **dict.fromkeys(DIMENSIONS, 100))
    start_session(learner=learner, scenario=vpn, mode="exam", now=NOW)
    assert record_of(learner) == []
    assert not any(rule([]) for rule in MEASURES.values())


def test_a_record_takes_as_many_queries_for_one_as_for_many(run, learner, django_assert_num_queries):
    run()
    for _ in range(2):
        with django_assert_num_queries(2):
            assert record_of(learner)
        for day in range(1, 6):
            run(day=day)
