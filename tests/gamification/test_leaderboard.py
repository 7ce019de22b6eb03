"""The leaderboard: only those who chose to be listed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Cohort
from accounts.services import change_preferences
from gamification.selectors import leaderboard
from tests.conftest import NOW

DAY = timedelta(days=1)
BOARD = "/api/v1/leaderboard"


def listed(person, yes=True):
    change_preferences(person=person, changes={"leaderboard": yes})
    return person


def rows(board):
    return [(row.rank, row.person.first_name, row.xp) for row in board.rows]


@pytest.fixture
def three(make_person, earn):
    """Abe, Bea and Cal are listed; Abe earned 80 today, Bea 80 too, Cal 90 twenty days ago."""
    abe, bea, cal = (listed(make_person(name)) for name in ("Abe", "Bea", "Cal"))
    now = timezone.now()
    earn(abe, 80, at=now)
    earn(bea, 80, at=now)
    earn(cal, 90, at=now - 20 * DAY)
    return abe, bea, cal


def test_nobody_is_listed_who_did_not_say_so(learner, earn):
    earn(learner, 80)
    board = leaderboard(learner, now=NOW, period="all")
    assert board.rows == [] and board.mine is None


def test_the_period_is_when_the_xp_were_earned(three):
    abe, now = three[0], timezone.now()
    assert rows(leaderboard(abe, now=now, period="week")) == [(1, "Abe", 80), (1, "Bea", 80)]
    month = leaderboard(abe, now=now, period="month")
    assert rows(month) == [(1, "Cal", 90), (2, "Abe", 80), (2, "Bea", 80)]
    assert rows(leaderboard(abe, now=now + 90 * DAY, period="all")) == rows(month)


def test_ones_own_row_is_there_also_below_the_best(three, learner):
    now = timezone.now()
    board = leaderboard(listed(learner), now=now, period="month", limit=1)
    assert rows(board) == [(1, "Cal", 90)]
    assert (board.mine.rank, board.mine.xp) == (4, 0)
    mine = leaderboard(three[0], now=now, period="month").mine
    assert (mine.rank, mine.xp, mine.is_me) == (2, 80, True)


def test_the_scope_is_the_cohorts_one_is_in(three, learner, manager, now):
    abe, _, cal = three
    shared = Cohort.objects.create(name="Shared", created_at=now)
    shared.members.set([abe, cal, learner])
    twice = Cohort.objects.create(name="Twice", created_at=now)
    twice.members.set([abe, cal])

    board = leaderboard(abe, now=timezone.now(), period="all", scope="cohort")
    assert rows(board) == [(1, "Cal", 90), (2, "Abe", 80)], "each once, with what they earned once"

    Cohort.objects.update(archived_at=now)
    assert rows(leaderboard(abe, now=timezone.now(), period="all", scope="cohort")) == [(1, "Abe", 80)]


def test_leaving_takes_one_off_at_once(three):
    abe, bea, _ = three
    listed(bea, False)
    assert rows(leaderboard(abe, now=timezone.now())) == [(1, "Abe", 80)]


def test_over_rest(api_as, three):
    body = api_as(three[0]).get(f"{BOARD}?period=month&limit=1").json()
    me = {"rank": 2, "displayName": "Abe Example", "level": 1, "xp": 80, "isMe": True}
    assert body["me"] == me
    assert body["data"] == [{"rank": 1, "displayName": "Cal Example", "level": 1, "xp": 90, "isMe": False}]


@pytest.mark.parametrize("query", ["period=year", "scope=world", "limit=0", "limit=101", "limit=x"])
def test_a_question_that_makes_no_sense_is_refused(api_as, learner, query):
    answer = api_as(learner).get(f"{BOARD}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["details"]) == [query.partition("=")[0]]


def test_the_page_and_its_switch(as_, learner, three, earn):
    earn(learner, 50, at=timezone.now())
    browser = as_(learner)
    page = browser.get("/leaderboard/?period=month").content.decode()
    assert "Cal Example" in page and 'class="is-me"' not in page and "List me" in page

    page = browser.post("/leaderboard/listing/", {"listed": "yes"}, follow=True).content.decode()
    assert 'class="is-me"' in page and "Take me off the list" in page
    page = browser.post("/leaderboard/listing/", {"listed": "no"}, follow=True).content.decode()
    assert 'class="is-me"' not in page
    assert browser.get("/leaderboard/?period=junk&scope=junk").status_code == 200
    assert browser.get("/leaderboard/listing/").status_code == 405


def test_as_many_queries_for_ten_people_as_for_forty(as_, learner, make_person, earn):
    counts = []
    for people in (range(10), range(10, 40)):
        for number in people:
            earn(listed(make_person(f"P{number}")), 50, at=timezone.now())
        browser = as_(learner)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/leaderboard/?scope=all")
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
