"""Paid once, whatever is sent twice: many resolves at once, and real workers that get each task again and again."""

from threading import Event, Lock

import pytest
from celery.signals import task_postrun
from django.utils import timezone

from assessment.models import Assessment
from assessment.tasks import score
from chat.services import resolve, start_session
from gamification.models import Reward, XPEntry
from gamification.selectors import ledger_faults
from gamification.tasks import pay
from helpdesk_sim.celery import app
from helpdesk_sim.embedded import worker_and_beat
from tests.chat.talking import resolution
from tests.together import at_once

TIMES = 50
PATIENCE_S = 60


class Done:
    """Counts what workers have finished: `wait(name, 50)` returns when that many tasks of a name have run."""

    def __init__(self) -> None:
        self.ran: dict[str, int] = {}
        self.lock, self.changed = Lock(), Event()

    def __call__(self, sender, **_) -> None:
        with self.lock:
            self.ran[sender.name] = self.ran.get(sender.name, 0) + 1
        self.changed.set()

    def wait(self, name: str, times: int) -> None:
        while self.ran.get(name, 0) < times:
            self.changed.clear()
            assert self.changed.wait(PATIENCE_S), f"{name} ran {self.ran.get(name, 0)} of {times} times"


@pytest.fixture
def done():
    app.control.purge()  # what earlier tests queued without a worker
    done = Done()
    task_postrun.connect(done, weak=False)
    yield done
    task_postrun.disconnect(done)


@pytest.mark.django_db(transaction=True)
def test_fifty_resolves_and_fifty_deliveries_pay_once(learner, vpn, articles, done):
    now = timezone.now()
    session = start_session(learner=learner, scenario=vpn, mode="exam", now=now, seed=7)
    with worker_and_beat():
        ended = at_once([lambda: resolve(session_id=session.pk, resolution=resolution(), now=now)] * TIMES)
        done.wait(pay.name, 1)
        assessment = Assessment.objects.get()
        for _ in range(TIMES):
            score.delay(str(session.pk))
            pay.delay(str(assessment.pk))
        done.wait(score.name, TIMES)
        done.wait(pay.name, TIMES)

    assert {each.pk for each in ended} == {session.pk}
    assert Assessment.objects.get().is_done and Reward.objects.count() == 1
    entry = XPEntry.objects.get()
    learner.refresh_from_db()
    assert learner.xp == entry.amount == Reward.objects.get().xp
    assert learner.notices.filter(kind="score_ready").count() == 1
    assert not ledger_faults()
