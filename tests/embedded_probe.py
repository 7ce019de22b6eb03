"""Run by test_frame in a process of its own: what the embedded worker does, as one JSON object."""

import json
import sys
import threading
import time
from queue import Queue

import django

from helpdesk_sim.celery import app
from helpdesk_sim.embedded import worker_and_beat

ran: "Queue[float]" = Queue()
ticks: "Queue[float]" = Queue()


@app.task(name="probe.work")
def work() -> None:
    ran.put(time.monotonic())


@app.task(name="probe.tick")
def tick() -> None:
    ticks.put(time.monotonic())


def seconds_until_done() -> float:
    """From `delay()`, called in a thread as a request would be, until the task ran."""
    called = time.monotonic()
    threading.Thread(target=work.delay).start()
    return ran.get(timeout=5) - called


def main() -> None:
    django.setup()
    app.conf.beat_schedule = {"tick": {"task": "probe.tick", "schedule": 0.3}}
    with worker_and_beat():
        delays = sorted(seconds_until_done() for _ in range(9))
        beats = [ticks.get(timeout=5) for _ in range(2)]
        leaving = time.monotonic()
    seen = {
        "delay_median_s": delays[4],
        "beats": len(beats),
        "stop_s": time.monotonic() - leaving,
        "threads_left": [t.name for t in threading.enumerate() if t.name in {"worker", "Beat"}],
    }
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
