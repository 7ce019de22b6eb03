"""The best path beside one's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from chat.models import Event
from gamification.debriefing.log import Log, Source, clock, source_of
from gamification.debriefing.moments import Moment
from gamification.debriefing.mood import Feeling
from gamification.debriefing.wording import items_are_enough, items_in_words, move_in_words
from scenarios.world.state import IDENTITY_ACTS

PROOFS = {"ask id_callback", "ask id_code"}
Moments = dict[Source, list[Moment]]
Feelings = dict[Source, Feeling]
ICONS = {
    "heard": "chat-bubble-left",
    "console": "command-line",
    "lookup": "identification",
    "verification": "finger-print",
    "search": "magnifying-glass",
    "article": "book-open",
    "triage": "tag",
    "gate_warning": "exclamation-triangle",
    "left": "phone-x-mark",
    "resolved": "flag",
}
MISSTEPS = ("asked_secret", "disclosed", "abusive", "injection", "gate_warning")


@dataclass(frozen=True)
class Move:
    """A step of the shortest justified path, and whether the learner took it."""

    words: str
    is_done: bool


@dataclass(frozen=True)
class Step:
    """What the learner did, in seconds from the start. `result`: met (a step of the best path), missed (a misstep), "".

    `kind` is that of its event; `moments` what it decided, `feeling` what it did to the customer's patience.
    """

    at: float
    words: str
    anchor: str
    result: str
    kind: str
    moments: tuple[Moment, ...] = ()
    feeling: Feeling | None = None

    @property
    def clock(self) -> str:
        return clock(self.at)

    @property
    def icon(self) -> str:
        return ICONS.get(self.kind, "ellipsis-horizontal")

    @property
    def is_bad(self) -> bool:
        return self.result == "missed" or any(not moment.is_good for moment in self.moments)


def best_path(log: Log) -> list[Move]:
    """The solver's way, with items instead of its call-back where items are enough: it counts moves, people ask."""
    world, way = log.session.document, log.session.shortest_path
    done = {move for event in log.events for move in _moves(log, event)}
    proved = any(event.kind == "level" for event in log.events)
    if not items_are_enough(world, way):
        return [Move(move_in_words(world, move), move in done) for move in way]
    return [
        Move(items_in_words(world), proved)
        if move in PROOFS
        else Move(move_in_words(world, move), move in done)
        for move in way
    ]


def own_path(log: Log, decided: Moments, felt: Feelings) -> list[Step]:
    """What a source decided, and how it was felt, stands at its first step."""
    return list(_steps(log, dict(decided), dict(felt)))


def _steps(log: Log, decided: Moments, felt: Feelings) -> Iterator[Step]:
    best = _on_the_way(log)
    on_the_way = [event for event in log.events if best.intersection(_moves(log, event))]
    good = {source_of(event) for event in on_the_way}
    bad = {source_of(event) for event in log.events if _is_misstep(event)}
    for event in log.events:
        message = log.by_seq.get(event.data["seq"]) if event.kind == "heard" else None
        words = f"“{message.text}”" if message else log.told(event)
        if not words:
            continue
        source = source_of(event)
        yield Step(
            at=log.session.seconds_at(message.created_at if message else event.at),
            words=words,
            anchor=f"m-{message.seq}" if message else f"e-{event.number}",
            result="missed" if source in bad else "met" if source in good else "",
            kind=event.kind,
            moments=tuple(decided.pop(source, ())),
            feeling=felt.pop(source, None),
        )


def _on_the_way(log: Log) -> set[str]:
    """The moves of the best path, and every item that may stand for its call-back."""
    world, way = log.session.document, log.session.shortest_path
    if not PROOFS.intersection(way):
        return set(way)
    rules = world.identity.policy.low if items_are_enough(world, way) else world.identity.policy.high
    factors = {factor for rule in rules for factor in rule.of}
    return {*way, *(f"ask {act}" for act, factor in IDENTITY_ACTS.items() if factor in factors)}


def _is_misstep(event: Event) -> bool:
    return event.kind in MISSTEPS or (event.kind == "action" and bool(event.data.get("harmful")))


def _moves(log: Log, event: Event) -> set[str]:
    """The moves, as the solver names them, that an event was or amounts to."""
    data = event.data
    if event.kind == "heard":
        return {f"ask {act['name']}" for act in data["acts"]}
    if event.kind == "fact":
        return {f"ask {act}" for act in log.session.document.facts[data["fact"]].ask}
    if event.kind == "hold":
        return {"wait"}
    if event.kind == "console":
        proof = {"callback": "ask id_callback", "push_code": "ask id_code"}.get(data["action"])
        return {proof or f"use {data['action']}"}
    return {f"end {data['type']}"} if event.kind == "resolved" else set()
