"""A play as text for a terminal, or as JSON."""

from collections.abc import Iterator
from typing import Any

from assessment.scoring import Attempt, Happening, Line

BESIDE = ("heard", "turn")  # shown beside the line that they belong to
PLUMBING = ("message", "seq", "reply", "run", "opening", "evidence")
Scores = dict[str, Any]


def as_text(attempt: Attempt, scores: Scores) -> Iterator[str]:
    """The transcript with what was understood and what happened, the notes, the scores."""
    yield from _told(attempt)
    yield ""
    yield from (f"{name}: {text}" for name, text in attempt.resolution["documentation"].items() if text)
    yield ""
    yield from scored(scores)


def scored(scores: Scores) -> Iterator[str]:
    for row in scores["criteria"]:
        if row["status"] != "na":
            yield f"{row['dimension']:<14} {row['earned']:>5g} of {row['points']:<4g} {row['title']}: {row['why']}"
    yield from (f"at most {cap['limit']:g}: {cap['why']}" for cap in scores["caps"])
    yield f"{scores['overall']:g} overall. {scores['formula']}"


def as_json(attempt: Attempt, scores: Scores) -> dict[str, Any]:
    return {
        "lines": [line.__dict__ for line in attempt.lines],
        "events": [event.__dict__ for event in attempt.events],
        "resolution": attempt.resolution,
        "outcome": attempt.outcome,
        "seconds": attempt.finished,
        "scores": scores,
    }


def understood(acts: list[dict[str, Any]], options: list[str], *, unclear: bool) -> str:
    """What a message was taken for: "f_error 0.98", "asks back: a or b", or that it was not understood."""
    heard = [f"{act['name']}{act['arg'] and ' ' + act['arg']} {act['confidence']:.2f}" for act in acts]
    if options:
        heard.append(f"asks back: {' or '.join(options)}")
    return ", ".join(heard) or ("not understood" if unclear else "nothing in particular")


def _told(attempt: Attempt) -> Iterator[str]:
    heard = {e.data["seq"]: e.data for e in attempt.events if e.kind == "heard"}
    rows: list[tuple[float, int, str]] = []
    for line in attempt.lines:
        rows.append((line.at, 2 * line.seq, _line(line)))
        if line.seq in heard:
            data = heard[line.seq]
            words = understood(data["acts"], data["options"], unclear=data["unclear"])
            rows.append((line.at, 2 * line.seq, f"        ({words})"))
    last = 0
    for event in attempt.events:
        last = event.data.get("reply", last)
        if event.kind not in BESIDE:
            rows.append((event.at, 2 * last + 1, _event(event)))
    yield from (words for _, _, words in sorted(rows, key=lambda row: row[:2]))


def _line(line: Line) -> str:
    minutes, seconds = divmod(int(line.at), 60)
    return f"{minutes:02d}:{seconds:02d} {'>' if line.sender == 'user' else ' '} {line.text}"


def _event(event: Happening) -> str:
    data = {name: value for name, value in event.data.items() if name not in PLUMBING}
    return f"        * {event.kind}: {', '.join(f'{name} {value}' for name, value in data.items() if value != '')}"
