"""Whose words a customer speaks: the scripted voice's, or a model's for the same plan."""

import logging
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.metrics import FALLBACKS
from chat.customer.library import asked_as
from chat.customer.understanding import Reading
from chat.models import Message, MessageType, ModelCall, Sender, Session, Voice
from chat.proving.guard import Guard
from chat.services.thinking import Turn, read
from chat.voices.model import Call, Line, Place, Plan, ReplyGuard, Wording, hang_up, mean, probe, word
from chat.voices.model.prompt import TURNS
from scenarios.models import Scenario, world_of
from scenarios.world.document import World
from scenarios.world.turn import Act

log = logging.getLogger(__name__)
MILLION = Decimal(1_000_000)
BY_MODEL = 0.5  # confidence: heard, and less sure than what was understood here


def place() -> Place | None:
    """Where the model answers; None where none is set up, and then nothing is ever sent."""
    if not settings.HAS_MODEL:
        return None
    return Place(
        base_url=settings.OPENAI_BASE_URL,
        api_key=settings.OPENAI_API_KEY,
        model=settings.OPENAI_MODEL,
        temperature=settings.MODEL_TEMPERATURE,
        stream=settings.MODEL_STREAM,
    )


def voice_offered(scenario: Scenario) -> str:
    """`scripted`, `model` or `learner`: who decides on the words in this scenario's new sessions."""
    return (scenario.voice or settings.CUSTOMER_VOICE) if settings.HAS_MODEL else Voice.SCRIPTED


def voice_for(scenario: Scenario, wished: str) -> Voice:
    """The voice of a new session; a wish counts where the learner may choose."""
    offered = voice_offered(scenario)
    if offered != "learner":
        return Voice(offered)
    return Voice(wished) if wished in Voice.values else Voice.SCRIPTED


async def say_what_the_model_can() -> None:
    """At the start of a server: learns how its endpoint is asked, and tells the operator."""
    endpoint = place()
    if endpoint is None:
        return
    try:
        call = await probe(endpoint)
    finally:
        await hang_up()
    if call and call.result == "worded":
        log.info("%s answers by %s in %.1f s", endpoint.model, call.way, call.seconds)
    else:
        why = call.result if call else "unreachable"
        log.warning("%s does not answer as it should (%s): see manage.py check_model", endpoint.model, why)


def is_a_model_to_speak(session: Session) -> bool:
    return session.voice == Voice.MODEL and settings.HAS_MODEL


async def understand(session: Session, waiting: list[Message], calls: list[Call]) -> list[Reading]:
    """How each message is understood; what is not clear from its words, the model may say, as one of the world's acts.

    `calls` takes what that took. Two and a half seconds at most.
    """
    endpoint, state, world = place(), session.state, session.document
    readings = [read(session, message, state) for message in waiting]
    if endpoint is None or not settings.MODEL_UNDERSTANDS:
        return readings
    acts = {act: asked_as(world, act) for act in sorted(own_acts(world))}
    for number, (message, reading) in enumerate(zip(waiting, readings, strict=True)):
        if (reading.unclear or reading.options) and not calls:
            act = await mean(message.text, acts, endpoint, calls)
            if act:
                readings[number] = replace(reading, acts=(Act(act, BY_MODEL),), options=(), unclear=False)
    return readings


def own_acts(world: World) -> set[str]:
    """What a message may mean in this world alone: never anything that costs points by itself."""
    asked = {act for fact in world.facts.values() for act in fact.ask}
    asked |= {act for belief in world.beliefs.values() for act in belief.ask}
    return asked | {a.intent for a in world.actions.values() if a.who == "customer" and a.intent}


async def put_in_words(turn: Turn, lines: list[Line], patience_s: float) -> Wording:
    """The model's words for a turn, or the cause why there are none, in `patience_s` at most."""
    endpoint, session = place(), turn.session
    if endpoint is None:
        return Wording(cause="not_set_up")
    texts = tuple(message.text for message in turn.said)
    assert turn.outcome is not None
    plan = Plan(session.document, turn.outcome.state, turn.outcome.moves, texts)
    guard = _guard(session.version_id, session.variant, session.seed, session.started_on)
    return await word(plan, lines, guard, endpoint, patience_s)


def in_words(turn: Turn, wording: Wording) -> Turn:
    """The turn in the model's words, where there are any."""
    if wording.texts is None or len(wording.texts) != len(turn.said):
        return turn
    for message, text in zip(turn.said, wording.texts, strict=True):
        message.text = text
    return replace(turn, voice=Voice.MODEL)


def keep_calls(*, session: Session, turn_id: UUID | None, wording: Wording, now: datetime) -> None:
    """What the words of a turn took and cost; None where the turn was not stored in the end."""
    price_in, price_out = settings.MODEL_PRICES
    ModelCall.objects.bulk_create(
        ModelCall(
            session=session,
            turn_id=turn_id,
            at=now,
            model=settings.OPENAI_MODEL,
            settings={"way": call.way, "temperature": settings.MODEL_TEMPERATURE},
            prompt_hash=call.prompt_hash,
            result=call.result,
            seconds=round(call.seconds, 3),
            tokens_in=call.tokens_in,
            tokens_out=call.tokens_out,
            is_counted=call.is_counted,
            cost=(call.tokens_in * price_in + call.tokens_out * price_out) / MILLION,
        )
        for call in wording.calls
    )


def note_scripted(session_id: UUID, cause: str) -> None:
    """A turn in scripted words where a model was to speak."""
    log.warning("Scripted words in %s: %s", session_id, cause)
    FALLBACKS.labels(cause).inc()


def said_before(session: Session, waiting: list[Message]) -> list[Line]:
    """The last messages of the conversation, oldest first."""
    rows = Message.objects.filter(session=session, message_type=MessageType.REPLY, seq__lte=waiting[-1].seq)
    latest = rows.order_by("-seq").values_list("sender_type", "text")[:TURNS]
    lines = [Line("analyst" if sender == Sender.USER else "customer", text) for sender, text in latest]
    return lines[::-1]


def over_budget(session: Session, now: datetime) -> str:
    """`session`, `person` or `day` where no more may be spent; "" while there is something left."""
    today = ModelCall.objects.since(day_began(now))
    scopes = {
        "session": ModelCall.objects.filter(session=session),
        "person": today.filter(session__learner=session.learner_id),
        "day": today,
    }
    for scope, (tokens, cost) in settings.MODEL_BUDGETS.items():
        if tokens or cost:
            spent: dict[str, Any] = scopes[scope].aggregate(**scopes[scope].spent())
            if (tokens and spent["tokens"] >= tokens) or (cost and spent["cost"] >= cost):
                return scope
    return ""


def day_began(now: datetime) -> datetime:
    """The last midnight on this site's clock."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=256)
def _guard(version_id: UUID, variant: str, seed: int, started_on: Any) -> ReplyGuard:
    return ReplyGuard(Guard(world_of(version_id, variant, seed=seed, today=started_on)))
