"""Leaves one session of the demo in the middle: `python begun.py`, with the environment of the product."""

import os
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from chat.models import Mode  # noqa: E402
from chat.services import start_session  # noqa: E402
from gamification.demo.analyst import Analyst, scripts  # noqa: E402
from gamification.demo.people import LEARNER  # noqa: E402
from scenarios.models import Scenario  # noqa: E402
from scenarios.world.variants import USUAL  # noqa: E402

TICKET = "locked-out-monday"


def begin() -> None:
    session = start_session(
        learner=User.objects.get(email=LEARNER),
        scenario=Scenario.objects.get(slug=TICKET),
        mode=Mode.EXAM,
        now=timezone.now(),
        seed=1,
        variant=USUAL,
    )
    steps = scripts(TICKET)["careful"]
    Analyst(session, pace=30, dice=Random(1)).play(steps[: len(steps) // 2])


if __name__ == "__main__":
    begin()
