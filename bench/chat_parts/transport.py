"""Transport: stored, acked, answered with a canned reply; ours and the peer in turns, PostgreSQL alone beside them."""

import math
import subprocess
from statistics import median
from typing import Any

import psycopg

from bench.chat_parts.stage import TRANSPORT, Answer, Run, Stage, install_peer
from bench.cluster import ROOT, Part, postgres_bin

DURABLE = "SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')"
WRITTEN = """
    SELECT count(*) FILTER (WHERE sender_type = 'user'), count(*) FILTER (WHERE sender_type = 'ai'),
        array_agg(DISTINCT concat_ws(' ', sender_type, message_type, turn_id IS NULL, in_reply_to IS NULL,
            client_id IS NULL))
    FROM chat_message WHERE created_at > %s"""
GAPS = "SELECT count(*) FROM chat_session s WHERE last_seq <> (SELECT max(seq) FROM chat_message WHERE session_id = s.id)"
START_RATE, COMMON_RATE, UP, LEAST = 50.0, 200.0, 1.5, 2.0
Seats = list[tuple[str, str]]


class Unequal(Exception):
    """The sides did not do the same work."""


def transport(stage: Stage) -> Answer:
    """Medians of alternated rounds; raises Unequal where frames, rows or durability differ."""
    install_peer()
    rounds, seconds, step_s, fine = (1, 4.0, 2.0, 1.25) if stage.quick else (5, 10.0, 6.0, 1.07)
    made = stage.seats(600 if stage.quick else 2000)
    seats = {"ours": made[0::2], "peer": made[1::2]}  # who sees rows that nobody announced looks for more
    if stage.row(DURABLE) != ("on", "on", "on"):
        raise Unequal("PostgreSQL is not durable")
    sides = {"ours": stage.chat(name="transport", CHAT_APPLICATION=TRANSPORT), "peer": stage.peer()}
    rates: dict[str, list[float]] = {name: [] for name in sides}
    runs: dict[str, list[Run]] = {name: [] for name in sides}
    for name, part in sides.items():  # warm-up
        stage.connect(name, part, seats[name], dialect=name)
        rates[name].append(highest_rate(stage, name, part, 2.0, UP))
    common = min(COMMON_RATE, min(rates["ours"] + rates["peer"]) / 2)
    for number in range(rounds):
        for name in sorted(sides, reverse=bool(number % 2)):
            runs[name].append(_same_work(stage, name, sides[name], common, seconds))
            rates[name].append(highest_rate(stage, name, sides[name], step_s, fine, rates[name][-1] / UP))
    for name, part in sides.items():
        stage.close(name)
        part.stop()
    if len({run.written for both in runs.values() for run in both}) > 1:
        raise Unequal(f"The sides wrote or sent other things: {[both[-1].written for both in runs.values()]}")
    cpu = {name: median(run.cpu_ms for run in both) for name, both in runs.items()}
    rate = {name: median(found[1:]) for name, found in rates.items()}
    least = floor(stage, seats["ours"], seconds)
    return {
        "cpu_ratio": round(cpu["ours"] / cpu["peer"], 2),
        "throughput_ratio": round(rate["ours"] / rate["peer"], 2),
        "floor_ratio": round(rate["ours"] / least, 2),
        "p99_ms": median(run.talk["reply_ms"]["p99"] for run in runs["ours"]),
        "peer_p99_ms": median(run.talk["reply_ms"]["p99"] for run in runs["peer"]),
        "common_rate": round(common),
        "cpu_ms": {name: round(value, 2) for name, value in cpu.items()},
        "postgres_ms": {name: round(median(r.postgres_ms for r in both), 2) for name, both in runs.items()},
        "messages_s": {name: round(value) for name, value in rate.items()} | {"floor": round(least)},
        "load_share": round(max(run.load_share for both in runs.values() for run in both), 2),
        "daphne": daphne(stage, seats["ours"], common, seconds),
    }


def _same_work(stage: Stage, group: str, part: Part, rate: float, seconds: float) -> Run:
    """A talk whose rows are counted: `written` says frames and rows of one message, in a word to compare."""
    (before,) = stage.row("SELECT now()")
    run = stage.talk([group], [part], rate, seconds)
    asked, replied, shapes = stage.row(WRITTEN, before)
    (gaps,) = stage.row(GAPS)
    talk = run.talk
    if (asked, replied) != (talk["acked"], talk["replied"]) or talk["acked"] != talk["sent"] or gaps:
        raise Unequal(f"{group}: {asked} and {replied} rows, {gaps} gaps, of {talk}")
    frames = {kind: round(count / talk["sent"], 2) for kind, count in talk["frames"].items()}
    run.written = repr((sorted(frames.items()), sorted(shapes)))
    return run


def daphne(stage: Stage, seats: Seats, rate: float, seconds: float) -> Answer:
    """Ours behind the other server."""
    part = stage.daphne(TRANSPORT)
    stage.connect("daphne", part, seats)
    stage.talk(["daphne"], [part], rate, 2)
    run = stage.talk(["daphne"], [part], rate, seconds)
    stage.close("daphne")
    part.stop()
    return {"cpu_ms": round(run.cpu_ms, 2), "p99_ms": run.talk["reply_ms"]["p99"]}


def highest_rate(
    stage: Stage, group: str, part: Part, seconds: float, fine: float, rate: float = START_RATE
) -> float:
    """The most messages a second that are all answered with p99 under 500 ms, to a factor of `fine`."""
    well, unwell = 0.0, math.inf
    while unwell > max(well, LEAST) * fine:
        if stage.talk([group], [part], rate, seconds).is_well:
            well = rate
        else:
            unwell = rate
        if math.isinf(unwell):
            rate *= UP
        else:
            rate = math.sqrt(well * unwell) if well else rate / UP
    return max(well, LEAST)


def floor(stage: Stage, seats: Seats, seconds: float) -> float:
    """Messages a second that pgbench brings through the same two transactions."""
    with psycopg.connect(stage.it.database_url) as db:
        db.execute("CREATE TABLE bench_seat (n serial PRIMARY KEY, session_id uuid)")
        numbered: list[Any] = [(session,) for session, _token in seats]
        db.cursor().executemany("INSERT INTO bench_seat (session_id) VALUES (%s)", numbered)
    script = ROOT / "bench/chat_parts/floor.sql"
    command = [str(postgres_bin() / "pgbench"), "-c", "8", "-j", "1", "-n", "-M", "prepared"]
    command += [
        "-T",
        str(int(seconds)),
        "-D",
        f"seats={len(seats)}",
        "-f",
        str(script),
        stage.it.database_url,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(next(line for line in said.splitlines() if line.startswith("tps")).split()[2])
