"""What learners felt in an hour of work with something broken every five minutes."""

from collections.abc import Iterable
from statistics import quantiles

from bench.faults_parts.seat import Asked

KINDS = (
    *(
        "chat-killed",
        "redis-away-5s",
        "postgres-restarted",
        "worker-restarted",
        "web-reloaded",
        "chats-rolled",
    ),
    *("connections-cut", "redis-emptied", "reconnect-storm", "postgres-crashed", "worker-and-beat-away"),
)
SEATS, PAUSE_S, TURNS = 200, 10.0, (15, 40)
ANSWERED, LATEST_MS = 0.999, 500


def felt(asked: Iterable[Asked], windows: list[tuple[float, float]]) -> dict:
    """`answered`: share of what was asked; `at_once`: share that needed no second try; p95 outside of `windows`."""
    asked = list(asked)
    calm = [each for each in asked if not any(begin - 1 <= each.at <= end for begin, end in windows)]
    figures = {
        "asked": len(asked),
        "answered": round(sum(each.seconds is not None for each in asked) / len(asked), 5),
        "at_once": round(sum(each.seconds is not None and each.tries == 1 for each in asked) / len(asked), 5),
        "faults": len(windows),
        "in_faults_s": round(sum(end - begin for begin, end in windows)),
    }
    for what in ("ack", "reply", "rest"):
        took = [each.seconds for each in calm if each.what == what and each.seconds is not None]
        figures[f"{what}_p95_ms"] = round(quantiles(took, n=20)[18] * 1000, 1) if len(took) > 1 else None
    return figures


def is_missed(figures: dict) -> bool:
    late = (figures[f"{what}_p95_ms"] for what in ("ack", "reply", "rest"))
    return figures["answered"] < ANSWERED or any(ms is None or ms >= LATEST_MS for ms in late)
