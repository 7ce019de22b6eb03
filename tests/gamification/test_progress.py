"""Where a person stands: level, streak, what to take next; on the dashboard and over REST."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from accounts.services import notify
from assessment.models import LearnerSkill
from chat.services import start_session
from gamification.rules import Streak
from gamification.selectors import level_ring, streak_of
from tests.assessment.many import twins
from tests.conftest import NOW

DAY, WEEK = timedelta(days=1), timedelta(days=7)
PROGRESS = "/api/v1/users/me/progress"


def text(page):
    return " ".join(page.content.decode().split())


def test_the_ring_shows_this_level(learner):
    learner.level, learner.xp = 2, 170
    ring = level_ring(learner)
    assert (ring.level, ring.into, ring.size, ring.to_next) == (2, 70, 100, 30)
    assert ring.words == "Level 2, 70 of 100 XP"


def test_a_streak_is_weeks_with_a_counted_session(learner, score):
    score(learner, 80, at=NOW - WEEK)
    score(learner, 30, at=NOW - 2 * WEEK)
    score(learner, 90, at=NOW - 3 * WEEK, mode="practice")

    assert streak_of(learner, NOW).weeks == 2, (
        "practice does not count, a fail does, and this week is still open"
    )
    assert streak_of(learner, NOW + 2 * WEEK) == Streak(weeks=2, freezes=0, frozen=2), (
        "freezes bridge two weeks"
    )
    assert streak_of(learner, NOW + 3 * WEEK) == Streak()


def test_the_week_is_the_one_on_the_persons_wall(learner, score):
    """Sunday 23:30 in London is Monday in Auckland."""
    score(learner, 80, at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    score(learner, 80, at=datetime(2026, 3, 4, 12, 0, tzinfo=UTC))
    today = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)

    assert streak_of(learner, today).weeks == 2
    learner.timezone = "Pacific/Auckland"
    assert streak_of(learner, today).weeks == 1
    learner.timezone = "Nowhere/Atall"
    assert streak_of(learner, today).weeks == 2


def test_progress_over_rest(api_as, learner, earn, scenarios):
    earn(learner, 82, at=timezone.now())

    body = api_as(learner).get(PROGRESS).json()

    chosen = body.pop("recommended")
    assert body == {
        "completedScenarios": 1,
        "totalScenarios": 6,
        "level": 1,
        "xp": 82,
        "xpToNextLevel": 18,
        "streakWeeks": 1,
        "achievements": 1,
    }
    assert chosen["scenarioId"] in {str(s.pk) for s in scenarios.values()} and chosen["reason"].endswith(".")


def test_progress_of_a_newcomer(api_as, learner, client):
    body = api_as(learner).get(PROGRESS).json()
    assert (body["level"], body["xp"], body["streakWeeks"], body["recommended"]) == (1, 0, 0, None)
    assert client.get(PROGRESS).status_code == 401


class TestDashboard:
    def test_a_newcomer_is_told_what_to_do(self, as_, learner, scenarios):
        page = text(as_(learner).get("/dashboard/"))

        assert "Hello, Lena" in page and "Your first ticket" in page and "Read the briefing" in page
        assert "How a ticket goes" in page and "Too few" not in page
        assert "Level 1, 0 of 100 XP" in page
        assert "Your first debrief will be linked here" in page

    def test_a_running_ticket_comes_first(self, as_, learner, vpn):
        session = start_session(learner=learner, scenario=vpn, mode="exam", now=NOW)

        page = text(as_(learner).get("/dashboard/"))

        assert f'href="/sessions/{session.pk}/">Continue' in page
        assert page.count("button--primary") == 1

    def test_figures_compare_with_the_four_weeks_before(self, as_, learner, earn):
        now = timezone.now()
        for number in range(3):
            earn(learner, 60, at=now - (40 - number) * DAY, satisfaction=5)
        for number in range(3):
            made = earn(learner, 72, at=now - (3 - number) * DAY, satisfaction=4)

        page = text(as_(learner).get("/dashboard/"))

        assert '<span class="stat__value">72</span>' in page and "+12</span>" in page
        assert page.count("more than the four weeks before") == 1, "the average score"
        assert "Too few" not in page
        assert "the same as the four weeks before" in page, "as many tickets"
        assert "less than the four weeks before" in page, "satisfaction"
        assert f'href="/sessions/{made.assessment.session_id}/debrief/">VPN will not connect</a>' in page

    def test_of_few_tickets_no_trend_is_made(self, as_, learner, earn):
        now = timezone.now()
        earn(learner, 20, at=now - 40 * DAY, satisfaction=1)
        earn(learner, 90, at=now - DAY, satisfaction=5)

        page = text(as_(learner).get("/dashboard/"))

        assert "Too few tickets yet to compare with the four weeks before." in page
        assert '<span class="stat__value">90</span>' in page and 'class="trend' not in page

    def test_unread_news_are_there_and_open_what_they_are_about(self, as_, learner, now, scenarios):
        notice = notify(user=learner, kind="level", title="Level 2", url="/performance/", now=now)
        browser = as_(learner)
        assert f'href="/notices/{notice.pk}/">Level 2</a>' in text(browser.get("/dashboard/"))

        browser.get(f"/notices/{notice.pk}/")
        assert "Level 2</a>" not in text(browser.get("/dashboard/"))

    def test_the_streak_says_what_keeps_it_and_never_what_was_lost(self, as_, learner, score):
        browser, now = as_(learner), timezone.now()
        assert "One finished exam this week starts it." in text(browser.get("/dashboard/"))

        score(learner, 80, at=now - 2 * WEEK)
        page = text(browser.get("/dashboard/"))
        assert "<strong>1 week</strong> in a row" in page
        assert "One finished exam keeps this week; without one, a freeze does." in page
        assert "1 week off was bridged by itself." in page and "1 of 2 freezes left" in page

        score(learner, 80, at=now)
        page = text(browser.get("/dashboard/"))
        assert "This week is kept." in page and "<strong>2 weeks</strong> in a row" in page

    def test_what_is_due_for_practice_is_named_with_what_it_pays(self, as_, learner, earn):
        browser, now = as_(learner), timezone.now()
        assert "Due for practice" not in text(browser.get("/dashboard/"))

        earn(learner, 65, at=now)
        page = text(browser.get("/dashboard/"))
        assert "Due for practice" in page and "Nothing today." in page

        earn(learner, 30, at=now - 40 * DAY)
        LearnerSkill.objects.filter(user=learner, skill="vpn").update(due_at=now - DAY)
        page = text(browser.get("/dashboard/"))
        assert '<span class="badge badge--info">VPN</span>' in page and "pays a fifth more" in page

    def test_those_who_look_after_others_get_their_own_start(self, as_, manager, coach, cohort):
        for person in (manager, coach):
            page = text(as_(person).get("/dashboard/"))
            assert "Spring intake" in page and "1 member<" in page
            assert f"/cohorts/{cohort.pk}/report/" in page
            assert "What now" not in page

    def test_a_manager_without_a_cohort_is_led_to_one(self, as_, manager):
        assert "Create a cohort" in text(as_(manager).get("/dashboard/"))

    def test_a_trainer_is_led_to_what_they_edit(self, as_, trainer, admin):
        assert "/admin/gamification/achievement/" in text(as_(trainer).get("/dashboard/"))
        assert "/admin/accounts/user/" not in text(as_(trainer).get("/dashboard/"))
        assert "/admin/accounts/user/" in text(as_(admin).get("/dashboard/"))

    def test_roles_add_up(self, as_, make_person):
        both = make_person("Bo", "Both", Role.LEARNER, Role.COACH)
        page = text(as_(both).get("/dashboard/"))
        assert "Weekly streak" in page and "People you look after" in page

    def test_a_visitor_signs_in_first(self, client, db):
        assert client.get("/dashboard/").url.startswith("/accounts/login/")

    def test_as_many_queries_for_ten_rows_as_for_forty(self, as_, learner, vpn, earn):
        earn(learner, 60, at=timezone.now())
        browser, counts = as_(learner), []
        for many in (twins(vpn, range(10)), twins(vpn, range(10, 40))):
            for number, scenario in enumerate(many):
                earn(learner, 50 + number, scenario=scenario, at=timezone.now() - number * DAY)
                start_session(learner=learner, scenario=scenario, mode="exam", now=timezone.now())
            browser.get("/dashboard/")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get("/dashboard/").status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1], counts
        assert counts[0] <= 30


@pytest.mark.django_db
def test_the_schema_says_what_these_endpoints_answer(capsys, tmp_path):
    call_command("spectacular", file=str(tmp_path / "schema.yaml"))
    schema = (tmp_path / "schema.yaml").read_text()
    for name in ("sessions/{id}/assessment", "users/me/progress", "leaderboard", "achievements"):
        assert f"/api/v1/{name}:" in schema
    assert "xpToNextLevel" in schema and "customerSatisfaction" in schema
    assert "gamification" not in capsys.readouterr().err
