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


def near(board):
    return [(row.rank, row.person.first_name) for row in board.near]


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


def test_ones_own_row_is_there_also_without_xp_and_without_a_number(three, learner):
    now = timezone.now()
    board = leaderboard(listed(learner), now=now, period="month", limit=1)
    assert rows(board) == [(1, "Cal", 90)]
    assert (board.mine.rank, board.mine.xp, board.to_next) == (None, 0, 80)
    mine = leaderboard(three[0], now=now, period="month").mine
    assert (mine.rank, mine.xp, mine.is_me) == (2, 80, True)


@pytest.fixture
def nine(make_person, earn):
    """P0 to P8 are listed and earned 98, 97, ... 90."""
    people = [listed(make_person(f"P{number}")) for number in range(9)]
    for number, person in enumerate(people):
        earn(person, 98 - number, at=timezone.now())
    return people


def test_nobody_is_shown_to_be_last(nine, learner):
    now = timezone.now()
    board = leaderboard(learner, now=now)
    assert rows(board) == [(n + 1, f"P{n}", 98 - n) for n in range(5)], "the upper half"
    for place, person in enumerate(nine):
        board = leaderboard(person, now=now)
        shown = [*board.rows, *board.near]
        assert place == 8 or nine[8] not in [row.person for row in shown], "the last one sees it alone"
        assert all(row.rank is None or row.rank <= 5 for row in shown)


def test_in_the_lower_half_one_sees_who_is_just_above(nine):
    board = leaderboard(nine[7], now=timezone.now())
    assert near(board) == [(None, "P5"), (None, "P6"), (None, "P7")]
    assert board.to_next == 1 and not board.is_apart


def test_in_the_upper_half_one_sees_two_above_and_two_below(nine):
    board = leaderboard(nine[3], now=timezone.now(), limit=1)
    assert near(board) == [(2, "P1"), (3, "P2"), (4, "P3"), (5, "P4")]
    assert not board.is_apart
    board = leaderboard(nine[4], now=timezone.now(), limit=1)
    assert near(board) == [(3, "P2"), (4, "P3"), (5, "P4")] and board.is_apart


def test_among_the_best_nothing_is_said_twice(nine):
    board = leaderboard(nine[2], now=timezone.now())
    assert (board.mine.rank, board.near, board.to_next) == (3, [], None)


def test_the_scope_is_the_cohorts_one_is_in(three, learner, manager, now):
    abe, _, cal = three
    shared = Cohort.objects.create(name="Shared", created_at=now)
    shared.members.set([abe, cal, learner])
    twice = Cohort.objects.create(name="Twice", created_at=now)
    twice.members.set([abe, cal])

    board = leaderboard(abe, now=timezone.now(), period="all", scope="cohort")
    assert rows(board) == [(1, "Cal", 90)], "each once, with what they earned once"
    assert near(board) == [(None, "Abe")] and board.mine.xp == 80

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
    assert [row["displayName"] for row in body["near"]] == ["Abe Example", "Bea Example"]
    assert body["toNext"] == 10


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
