"""The product as it is: the scripted customer, long histories, sockets that rest, a thousand who work, two processes."""

from statistics import median

from bench.chat_parts.stage import Answer, Run, Stage
from bench.chat_parts.weigh import memory_kib


def full(stage: Stage) -> Answer:
    """Whole turns of the scripted customer; what the browser then plays as human pace is not in it."""
    part = stage.chat()
    stage.connect("full", part, stage.seats(60 if stage.quick else 240))
    rate, seconds, rounds = (15.0, 5.0, 1) if stage.quick else (40.0, 20.0, 5)
    stage.talk(["full"], [part], rate, 3)
    runs = [stage.talk(["full"], [part], rate, seconds) for _ in range(rounds)]
    stage.close("full")
    part.stop()
    return told(runs) | {"rate": rate}


def history(stage: Stage) -> Answer:
    """Replies where 1,000 messages went before, against 10."""
    part, few = stage.chat(), 8 if stage.quick else 24
    spoken = {"short": 10, "long": 1000}
    for name, messages in spoken.items():
        stage.connect(name, part, stage.seats(few, spoken=messages))
        stage.talk([name], [part], few, 2)
    p50: dict[str, list[float]] = {name: [] for name in spoken}
    for number in range(2 if stage.quick else 6):
        for name in sorted(spoken, reverse=bool(number % 2)):
            run = stage.talk([name], [part], few, 3 if stage.quick else 6)
            p50[name].append(run.talk["reply_ms"]["p50"])
    for name in spoken:
        stage.close(name)
    part.stop()
    return {"history_ratio": round(median(p50["long"]) / median(p50["short"]), 2)}


def idle(stage: Stage) -> Answer:
    """Sockets that rest on one process, and what those few notice who talk meanwhile; three waves of them."""
    sockets, seconds = (500, 4.0) if stage.quick else (10_000, 20.0)
    part = stage.chat()
    seats = stage.seats(sockets + 100)
    talkers, resting = seats[:100], seats[100:]
    stage.connect("talkers", part, talkers)
    stage.talk(["talkers"], [part], 50 if not stage.quick else 15, 3)
    empty, weights, replies, opened = memory_kib(part.pid), [], [], []
    for _wave in range(3):
        opened.append(stage.connect("resting", part, resting)["seconds"])
        run = stage.talk(["talkers"], [part], 50 if not stage.quick else 15, seconds)
        replies.append(run.talk["reply_ms"]["p95"])
        weights.append(memory_kib(part.pid))
        stage.close("resting")
    stage.close("talkers")
    part.stop()
    return {
        "sockets": sockets,
        "kib_each": round((weights[0] - empty) / sockets, 1),
        "reply_p95_ms": max(replies),
        "growth": round(max(weights[1:]) / weights[0] - 1, 3),
        "empty_mib": round(empty / 1024),
        "opened_s": round(median(opened), 1),
    }


def active(stage: Stage, minutes: float) -> Answer:
    """Learners who each write every ten seconds, with web, worker and beat on the same machine."""
    learners = 100 if stage.quick else 1000
    part = stage.chat()
    others = [stage.it.start(name) for name in ("web", "worker", "beat")]
    stage.connect("active", part, stage.seats(learners))
    stage.talk(["active"], [part], learners / 10, 5)
    run = stage.talk(["active"], [part], learners / 10, 60 * minutes)
    stage.close("active")
    for each in [*others, part]:
        each.stop()
    return told([run]) | {"learners": learners, "minutes": minutes}


def two(stage: Stage) -> Answer:
    """The same load on one chat process and on two: what each message costs more."""
    rate, seconds, rounds = (15.0, 4.0, 1) if stage.quick else (40.0, 20.0, 5)
    seats = stage.seats(120)
    parts = [stage.chat(), stage.chat(name="second")]
    cost: dict[int, list[float]] = {1: [], 2: []}
    for number in range(rounds + 1):
        for processes in cost:
            used = parts[:processes]
            names = [f"on{index}" for index in range(processes)]
            for index, name in enumerate(names):
                stage.connect(name, used[index], seats[index::processes])
            run = stage.talk(names, used, rate, seconds)
            for name in names:
                stage.close(name)
            if number:  # the first warms up
                cost[processes].append(run.cpu_ms)
    for part in parts:
        part.stop()
    one, both = median(cost[1]), median(cost[2])
    return {"one_cpu_ms": round(one, 2), "two_cpu_ms": round(both, 2), "loss": round(1 - one / both, 3)}


def told(runs: list[Run]) -> Answer:
    """Medians over runs; sums of what went wrong."""
    return {
        "cpu_ms": round(median(run.cpu_ms for run in runs), 2),
        "postgres_ms": round(median(run.postgres_ms for run in runs), 2),
        "ack_p95_ms": median(run.talk["ack_ms"]["p95"] for run in runs),
        "p95_ms": median(run.talk["reply_ms"]["p95"] for run in runs),
        "p50_ms": median(run.talk["reply_ms"]["p50"] for run in runs),
        "p99_ms": median(run.talk["reply_ms"]["p99"] for run in runs),
        "sent": sum(run.talk["sent"] for run in runs),
        "errors": sum(run.talk["errors"] + run.talk["closed"] for run in runs),
        "unanswered": sum(run.talk["sent"] - run.talk["replied"] - run.talk["errors"] for run in runs),
    }
