"""A scored session is rewarded once: ledger, level, achievements, notices, and the frame that the page hears."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from asgiref.sync import sync_to_async
from django.core.management import call_command

from accounts.models import Notice, User
from assessment.models import Assessment
from chat.farewell import farewell
from gamification.models import Achievement, EarnedAchievement, Reward, XPEntry
from gamification.selectors import unrewarded
from gamification.services import reward
from gamification.tasks import pay, sweep
from tests.chat.test_socket import connect, frames_until
from tests.conftest import NOW
from tests.gamification.conftest import CRITICAL
from tests.together import at_once

DAY = timedelta(days=1)


def ledger(person):
    return [(e.kind, e.amount) for e in XPEntry.objects.of(person).order_by("created_at")]


def test_a_first_pass_pays_its_share(learner, earn):
    made = earn(learner, 82)

    assert (made.xp, made.why) == (82, "100 XP × 82 %.")
    assert (learner.xp, learner.level) == (82, 1)
    assert ledger(learner) == [("score", 82)]


def test_again_is_the_first_reward(learner, earn):
    made = earn(learner, 82)

    again = reward(assessment_id=made.assessment_id, now=NOW + DAY)

    assert again == made and again.created_at == NOW
    assert ledger(learner) == [("score", 82)]
    assert Notice.objects.filter(kind="score_ready").count() == 1


def test_a_retry_pays_the_improvement_alone(learner, earn):
    earn(learner, 60)
    assert earn(learner, 85, at=NOW + DAY).xp == 25
    assert earn(learner, 70, at=NOW + 2 * DAY).xp == 0
    assert earn(learner, 90, at=NOW + 3 * DAY).xp == 5

    assert learner.xp == 90


def test_each_scenario_pays_for_itself(learner, earn, scenarios):
    earn(learner, 80)
    assert earn(learner, 80, at=NOW + DAY, scenario=scenarios["prints-vanish"]).xp == 48


def test_a_fail_pays_five_once_and_is_no_best(learner, earn):
    assert earn(learner, 30).xp == 5
    assert earn(learner, 90, caps=[CRITICAL], at=NOW + DAY).xp == 0
    assert earn(learner, 50, at=NOW + 2 * DAY).xp == 50

    assert ledger(learner) == [("debrief", 5), ("debrief", 0), ("score", 50)]


def test_practice_pays_nothing_and_earns_nothing(learner, earn):
    made = earn(learner, 95, mode="practice", communication=95)

    assert (made.xp, made.why, made.achievements) == (0, "Practice earns no XP.", [])
    assert not ledger(learner) and not EarnedAchievement.objects.exists()
    assert earn(learner, 70, at=NOW + DAY).xp == 70, "nor does it spoil the first exam"


def test_a_hundred_xp_are_a_level_and_a_notice(learner, earn, scenarios):
    before = earn(learner, 70)
    after = earn(learner, 60, at=NOW + DAY, scenario=scenarios["prints-vanish"])

    assert not before.leveled_up and after.leveled_up
    assert (learner.level, learner.xp) == (2, 106)
    assert [n.title for n in learner.notices.filter(kind="level")] == ["Level 2"]


def test_the_notices_lead_to_the_debrief(learner, earn):
    made = earn(learner, 82.5)

    notice = learner.notices.get(kind="score_ready")
    assert notice.title == "Your score is ready" and "82.5" not in notice.body, "they may guess it first"
    assert notice.url == f"/sessions/{made.assessment.session_id}/debrief/"


def test_what_is_not_scored_is_not_paid(learner, score):
    assessment = score(learner, 80)
    Assessment.objects.filter(pk=assessment.pk).update(status="failed")

    assert reward(assessment_id=assessment.pk, now=NOW) is None
    assert not unrewarded().exists()


def test_a_lost_task_is_found_by_the_sweep(learner, score):
    late, early = score(learner, 80, at=NOW + DAY), score(learner, 60)
    assert list(unrewarded()) == [early, late]

    sweep()
    sweep()

    assert not unrewarded().exists()
    assert sorted(ledger(learner)) == [("score", 20), ("score", 60)]


def test_one_that_cannot_be_paid_does_not_hold_up_the_others(learner, other_learner, score):
    broken, fine = score(learner, 80), score(other_learner, 80, at=NOW + DAY)
    Assessment.objects.filter(pk=broken.pk).update(caps=[{"why": "without a limit"}])

    sweep()

    assert list(unrewarded()) == [broken]
    assert Reward.objects.get().assessment == fine


def test_the_ledger_is_append_only(learner, earn):
    earn(learner, 80)
    entry = XPEntry.objects.get()
    entry.amount = 1000

    for change in (entry.save, entry.delete, XPEntry.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        XPEntry.objects.update(amount=1000)
    assert ledger(learner) == [("score", 80)]


def test_the_ledger_agrees_with_what_people_see(learner, other_learner, earn, capsys):
    earn(learner, 80)
    out = StringIO()
    call_command("check_ledger", stdout=out)
    assert "agrees" in out.getvalue()

    User.objects.filter(pk=other_learner.pk).update(xp=7)
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_ledger", stderr=err)
    assert ended.value.code == 1
    assert other_learner.email in err.getvalue() and learner.email not in err.getvalue()


def test_a_socket_that_comes_late_hears_the_same_frame(learner, earn, score):
    assert farewell(score(learner, 50).session_id) is None
    Assessment.objects.all().update(overall=70)
    sweep()
    made = earn(learner, 100, at=NOW + DAY, communication=95)

    assert farewell(made.assessment.session_id) == {
        "type": "assessed",
        "overall": 100,
        "xp": 30,
        "level": 2,
        "leveledUp": True,
        "achievements": [
            {"slug": "plain-speaker", "title": "Plain speaker", "tier": "bronze"},
            {"slug": "second-look", "title": "Second look", "tier": "bronze"},
        ],
    }


@pytest.mark.django_db(transaction=True)
async def test_the_open_page_hears_that_it_is_assessed(learner, score):
    assessment = await sync_to_async(score)(learner, 82)
    socket = await connect(assessment.session_id, learner)

    await sync_to_async(pay)(str(assessment.pk))
    frame = (await frames_until(socket, "assessed"))[-1]

    assert (frame["overall"], frame["xp"], frame["leveledUp"]) == (82, 82, False)
    assert json.dumps(frame)
    await socket.disconnect()


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_one_score_is_paid_once(self, learner, score):
        assessment = score(learner, 82)

        made = at_once([lambda: reward(assessment_id=assessment.pk, now=NOW)] * 6)

        assert len({each.pk for each in made}) == 1
        assert ledger(learner) == [("score", 82)]
        learner.refresh_from_db()
        assert learner.xp == 82

    def test_two_scores_of_a_person_lose_nothing_of_each_other(self, learner, score, scenarios):
        first = {"title": "First", "icon": "ticket", "criteria": [{"measure": "passes", "at_least": 1}]}
        achievement, _ = Achievement.objects.get_or_create(slug="first-ticket", defaults=first)
        one = score(learner, 100)
        two = score(learner, 100, scenario=scenarios["prints-vanish"])
        three = score(learner, 50, at=NOW + DAY)

        at_once([lambda a=a: reward(assessment_id=a.pk, now=NOW) for a in (one, two, three)])

        learner.refresh_from_db()
        assert learner.xp == XPEntry.objects.of(learner).total() == 160
        assert learner.level == 2
        assert EarnedAchievement.objects.filter(achievement=achievement).count() == 1
