"""Scoring finished sessions, once each, from their log and transcript."""

import logging
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction

from assessment.models import Assessment
from assessment.scoring import Attempt, Happening, Line, score
from assessment.scoring.criteria.honesty import FalseAssurance
from assessment.services.cards import put_card
from assessment.signals import session_scored
from chat.models import Message, Session, Status
from chat.voices.scripted import satisfaction

log = logging.getLogger(__name__)
BACK_OFF_S = (5, 30, 120, 600, 3600)


def score_session(*, session_id: UUID, now: datetime) -> Assessment | None:
    """Scores a completed session; what is scored already stays as it is. None where there is nothing to score.

    A failure is kept on the row with the time of the next attempt, and raised no further: the score is owed.
    """
    assessment = _owe(session_id)
    if assessment is None or assessment.is_done:
        return assessment
    try:
        return _score(assessment.pk, now)
    except Exception as error:
        log.exception("Session %s could not be scored", session_id)
        _put_off(assessment.pk, error, now)
        return Assessment.objects.get(pk=assessment.pk)


def owed_sessions() -> list[UUID]:
    """Completed sessions without a row yet; the rows that are owed are `Assessment.objects.due(now)`."""
    sessions = Session.objects.completed().filter(assessment__isnull=True)
    return list(sessions.values_list("pk", flat=True)[:100])


def attempt_of(session: Session) -> Attempt:
    """A finished session as the scoring core sees it."""
    return Attempt(
        world=session.document,
        state=session.state,
        lines=tuple(_line(m, session) for m in session.messages.order_by("seq")),
        events=tuple(
            Happening(e.number, e.kind, e.data, session.seconds_at(e.at))
            for e in session.events.order_by("number")
        ),
        triage={name: getattr(session.ticket, name) for name in ("category", "impact", "urgency")},
        resolution=session.resolution or {},
        outcome=session.outcome,
        finished=session.seconds_at(session.finished_at or session.last_activity_at),
        way=tuple(session.shortest_path),
    )


def _line(message: Message, session: Session) -> Line:
    return Line(
        id=str(message.pk),
        seq=message.seq,
        sender=cast(Any, message.sender_type),
        kind=cast(Any, message.message_type),
        text=message.text,
        at=session.seconds_at(message.created_at),
    )


def _owe(session_id: UUID) -> Assessment | None:
    if not Session.objects.filter(pk=session_id, status=Status.COMPLETED).exists():
        return None
    try:
        with transaction.atomic():
            return Assessment.objects.get_or_create(session_id=session_id)[0]
    except IntegrityError:
        return Assessment.objects.get(session_id=session_id)


@transaction.atomic
def _score(assessment_id: UUID, now: datetime) -> Assessment:
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment_id)
    if assessment.is_done:
        return assessment
    session = Session.objects.select_related("version", "ticket").get(pk=assessment.session_id)
    card = score(attempt_of(session))
    put_card(assessment, card.as_json())
    misled = any(f.id == FalseAssurance.id and f.earned < 0 for f in card.criteria)
    dice = Random(f"{session.seed}:satisfaction")
    stars, words = satisfaction(session.document, session.state, dice, misled=misled)
    assessment.satisfaction, assessment.satisfaction_words = stars, words
    assessment.status, assessment.scored_at = Assessment.Status.DONE, now
    assessment.attempts += 1
    assessment.next_attempt_at, assessment.last_error = None, ""
    assessment.save()
    transaction.on_commit(lambda: session_scored.send(sender=Assessment, assessment_id=assessment.pk))
    return assessment


def _put_off(assessment_id: UUID, error: Exception, now: datetime) -> None:
    assessment = Assessment.objects.get(pk=assessment_id)
    wait = BACK_OFF_S[min(assessment.attempts, len(BACK_OFF_S) - 1)]
    Assessment.objects.filter(pk=assessment_id).exclude(status=Assessment.Status.DONE).update(
        status=Assessment.Status.FAILED,
        attempts=assessment.attempts + 1,
        last_error=f"{type(error).__name__}: {error}"[:2000],
        next_attempt_at=now + timedelta(seconds=wait),
    )
