"""Owed work: claimed by one alone, counted before it is tried, given up visibly, tried again by an administrator."""

from datetime import timedelta

import pytest
from django.db import connection

from accounts import services
from accounts.models import AuditEvent, Notice
from accounts.models.owed import BACK_OFF_S, MAX_ATTEMPTS
from accounts.services.owed import work_off
from assessment.models import Assessment, OwedRating
from assessment.selectors.skills import unrated
from assessment.services import score_owed_sessions, score_session
from assessment.skills.services import rate_owed
from gamification.models import OwedReward, Reward, XPEntry
from gamification.selectors import unrewarded
from gamification.services import pay_owed
from tests.conftest import NOW
from tests.together import at_once

PAGE = "/admin/owed-work/"
DAY = timedelta(days=1)


@pytest.fixture
def owes_reward(learner, open_catalogue, finish) -> Assessment:
    return finish(learner, open_catalogue["prints-vanish"], 80).assessment


@pytest.fixture
def unpayable(owes_reward) -> Assessment:
    Assessment.objects.filter(pk=owes_reward.pk).update(caps=[{"why": "without a limit"}])
    return owes_reward


def test_a_reward_that_fails_keeps_its_error_and_waits_longer_each_time(unpayable):
    now, waits = NOW, []
    for _ in BACK_OFF_S:
        assert pay_owed(now=now) == 0
        row = OwedReward.objects.get()
        waits.append((row.next_attempt_at - now).total_seconds())
        assert pay_owed(now=row.next_attempt_at - timedelta(seconds=1)) == 0
        now = row.next_attempt_at
    assert waits == list(BACK_OFF_S)
    assert row.attempts == len(BACK_OFF_S) and "KeyError" in row.last_error


def test_after_eight_attempts_a_reward_rests(unpayable):
    for day in range(MAX_ATTEMPTS + 3):
        pay_owed(now=NOW + day * DAY)
    (row,) = OwedReward.objects.given_up()
    assert row.attempts == MAX_ATTEMPTS
    assert list(unrewarded()) == [unpayable], "it is still owed"


def test_what_kills_every_worker_that_touches_it_is_given_up_too(owes_reward):
    """The process dies after the claim: nothing after that line runs."""
    OwedReward.objects.open_rows(unrewarded())
    for day in range(MAX_ATTEMPTS):
        assert OwedReward.objects.claim(NOW + day * DAY)
    assert OwedReward.objects.claim(NOW + 99 * DAY) is None
    assert OwedReward.objects.given_up().exists()


def test_a_claim_is_for_one_alone_until_its_lease_ends(owes_reward):
    OwedReward.objects.open_rows(unrewarded())
    assert OwedReward.objects.claim(NOW)
    assert OwedReward.objects.claim(NOW + timedelta(seconds=29)) is None
    assert OwedReward.objects.claim(NOW + timedelta(seconds=30))


def test_what_is_done_leaves_no_row(owes_reward):
    assert rate_owed(now=NOW) == pay_owed(now=NOW) == 1
    assert not OwedRating.objects.exists() and not OwedReward.objects.exists()
    assert not unrated().exists() and not unrewarded().exists()


def test_a_rating_that_fails_keeps_its_error(learner, open_catalogue, finish):
    broken = finish(learner, open_catalogue["prints-vanish"], 80)
    broken.variant = "nowhere"
    broken.save()
    assert rate_owed(now=NOW) == 0
    row = OwedRating.objects.get()
    assert row.attempts == 1 and "nowhere" in row.last_error


def test_a_score_that_was_put_off_is_not_tried_before_its_time(learner, open_catalogue, finish):
    session = finish(learner, open_catalogue["prints-vanish"])
    session.variant = "nowhere"
    session.save()
    for _ in range(3):  # the same task again and again
        assessment = score_session(session_id=session.pk, now=NOW)
    assert (assessment.status, assessment.attempts) == ("failed", 1)
    assert score_owed_sessions(now=NOW + timedelta(seconds=4)) == 0
    assessment.refresh_from_db()
    assert assessment.attempts == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_share_the_work(told):
    """Each row is worked at once, though both see all of them."""
    rows, worked = {told().pk for _ in range(12)}, []

    def sweep():
        return work_off(rows=Notice.objects.order_by("pk"), work=lambda row: worked.append(row.pk), now=NOW)

    counts = at_once([sweep] * 3)
    assert sum(counts) == 12 and sorted(worked) == sorted(rows)
    connection.close()


@pytest.fixture
def told(learner):
    services.change_preferences(person=learner, changes={"notify": {"level": "email"}})
    return lambda: services.notify(user=learner, kind="level", title="Level 2", now=NOW)


def test_administrators_see_what_is_owed_and_why(as_, admin, unpayable):
    pay_owed(now=NOW)
    browser = as_(admin)
    page = browser.get(PAGE).content.decode()
    assert "Rewards" in page and "KeyError" in page
    start = browser.get("/admin/").content.decode()
    assert "Owed work: 2, of it given up: 0" in start, "a reward and a rating"


@pytest.mark.parametrize("who", ["learner", "coach", "manager", "trainer"])
def test_nobody_else_does(request, as_, who):
    browser = as_(request.getfixturevalue(who))
    assert browser.get(PAGE).status_code in (302, 403)
    assert browser.post(f"{PAGE}reward/again/").status_code in (302, 403)
    assert not AuditEvent.objects.filter(action="owed_work.retried").exists()


def test_an_administrator_has_what_was_given_up_tried_again(as_, admin, owes_reward):
    OwedReward.objects.create(assessment=owes_reward, attempts=MAX_ATTEMPTS, last_error="KeyError: x")
    browser = as_(admin)
    told = browser.post(f"{PAGE}reward/again/", follow=True).content.decode()
    assert "1 is tried again within seconds." in told
    event = AuditEvent.objects.get(action="owed_work.retried")
    assert event.data == {"kind": "reward", "rows": 1}
    assert pay_owed(now=OwedReward.objects.get().next_attempt_at) == 1
    assert Reward.objects.count() == 1 and XPEntry.objects.exists()


def test_there_is_no_such_kind(as_, admin):
    assert as_(admin).post(f"{PAGE}wishes/again/").status_code == 404
    assert as_(admin).get(f"{PAGE}reward/again/").status_code == 405
