"""The demo: scripted analysts score as their style promises, and the history is what the guide says."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.core.management import call_command

from accounts.models import Cohort, Notice, User
from accounts.services import log_in_with_password
from assessment.models import Assessment, SelfAssessment
from assessment.services import score_session
from chat.models import Mode, Session, Status
from chat.selectors import missing_prerequisites
from chat.services import start_session
from gamification.demo.analyst import Analyst, scripts
from gamification.demo.load import DEMO_XP, load_demo
from gamification.demo.people import LEARNER
from gamification.models import XPEntry
from helpdesk_sim.management.commands.serve import DEMO_PASSWORD, PEOPLE
from scenarios.models import Scenario
from tests.conftest import NOW
from tests.packs import PLAYED


def play(learner, scenario, style) -> Assessment:
    scenario.prerequisites.clear()
    session = start_session(learner=learner, scenario=scenario, mode="exam", now=NOW, seed=7)
    Analyst(session, pace=30, dice=Random(7)).play(scripts(scenario.slug)[style])
    return score_session(session_id=session.pk, now=NOW)


@pytest.mark.parametrize("slug", PLAYED)
def test_scores_keep_the_promise_of_their_style(learner, other_learner, coach, scenarios, articles, slug):
    careful = play(learner, scenarios[slug], "careful")
    assert careful.overall >= 88, [(c["id"], c["why"]) for c in careful.criteria if c["status"] != "met"]
    assert careful.session.outcome
    assert careful.research == 100
    average = play(other_learner, scenarios[slug], "average")
    assert 55 <= average.overall <= 80, average.formula
    assert average.session.outcome
    careless = play(coach, scenarios[slug], "careless")
    assert careless.overall <= 40, careless.formula
    assert not careless.session.outcome


@pytest.fixture
def queued(monkeypatch) -> list:
    """What would have gone to the broker."""
    sent: list = []
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda task, *args, **kw: sent.append(task.name))
    return sent


@pytest.mark.django_db(transaction=True)
def test_eight_weeks_of_a_cohort(scenarios, articles, queued, capsys):
    now = datetime.now(UTC)
    call_command("load_demo")
    said = capsys.readouterr().out
    assert all(f"week {week} of 8" in said for week in range(1, 9))
    assert queued == []

    learner = User.objects.get(email=LEARNER)
    assert (learner.xp, learner.level) == (DEMO_XP, 1)
    assert XPEntry.objects.of(learner).total() == DEMO_XP
    assert not learner.sessions.active().exists()
    open_ones = [s for s in Scenario.objects.all() if not missing_prerequisites(learner, s)]
    passed = set(learner.sessions.exclude(outcome="").values_list("scenario__slug", flat=True))
    worth = {s.slug: s.xp_reward for s in open_ones if s.slug not in passed}
    assert {"prints-vanish", "vpn-will-not-connect"} <= worth.keys()
    assert min(worth.values()) * 0.6 + DEMO_XP >= 100, "one good ticket brings level 2"

    cohort = Cohort.objects.get()
    assert cohort.members.count() == 12
    assert {p.email for p in (*cohort.coaches.all(), *cohort.managers.all())} < set(PEOPLE)
    for person in cohort.members.all():
        assert 3 <= person.sessions.count() <= 8
        assert 0 < person.notices.unread().count() <= 3
    assert not Notice.objects.unsent().exists()

    played = Session.objects.all()
    assert played.filter(mode=Mode.PRACTICE).exists()
    assert played.filter(status=Status.ABANDONED).exists()
    assert played.filter(scenario__slug="new-phone-urgent", outcome="refused").exists()
    assert played.filter(scenario__slug="new-phone-urgent", outcome="", status=Status.COMPLETED).exists()
    assert played.filter(ticket__status="escalated").exclude(outcome="").exists()
    assert (now - played.earliest("started_at").started_at).days > 40
    assert played.latest("finished_at").finished_at < now
    assert not Assessment.objects.exclude(status=Assessment.Status.DONE).exists()
    assert not Assessment.objects.filter(reward__isnull=True).exists()
    assert not Assessment.objects.filter(seen_at__isnull=True).exists()
    assert SelfAssessment.objects.count() == Assessment.objects.count()

    for email in PEOPLE:
        assert log_in_with_password(email=email, password=DEMO_PASSWORD, now=now).user.email == email

    before = played.count(), User.objects.count()
    assert load_demo(now=now, say=print) is False
    assert (played.count(), User.objects.count()) == before


def test_a_load_that_fails_leaves_nothing(scenarios, articles, db):
    Scenario.objects.filter(slug="prints-vanish").update(is_active=False)
    with pytest.raises(Exception, match="not published"):
        load_demo(now=datetime.now(UTC), say=print)
    assert not User.objects.exists()
