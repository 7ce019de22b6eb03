"""Scoring finished sessions, once each, from their log and transcript."""

from datetime import datetime
from random import Random
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from accounts.metrics import SCORE_SECONDS
from accounts.services.owed import attempt, work_off
from assessment.models import Assessment
from assessment.scoring import Attempt, Happening, Line, score
from assessment.scoring.criteria.honesty import FalseAssurance
from assessment.services.cards import put_card
from assessment.signals import session_scored
from chat.models import Message, Session
from chat.models.session import SessionQuerySet
from chat.voices.scripted import satisfaction

AT_ONCE = 100


def score_session(*, session_id: UUID, now: datetime) -> Assessment | None:
    """Scores a completed session; what is scored already stays as it is. None where there is nothing to score.

    A failure is kept on the row with the time of the next attempt, and raised no further: the score is owed.
    Before that time, and while somebody else scores it, nothing is tried.
    """
    _open_rows(owed_sessions().filter(pk=session_id))
    mine = Assessment.objects.filter(session=session_id)
    attempt(rows=mine, work=lambda row: _score(row.pk, now), now=now)
    return mine.first()


def score_owed_sessions(*, now: datetime) -> int:
    """Scores what is due, oldest first; how many. Several may run at the same time."""
    _open_rows(owed_sessions())
    oldest_first = Assessment.objects.order_by("session__finished_at")
    return work_off(rows=oldest_first, work=lambda row: _score(row.pk, now), now=now)


def owed_sessions() -> SessionQuerySet:
    """Completed sessions without a row yet; the rows that are owed are `Assessment.objects.owed()`."""
    return Session.objects.completed().filter(assessment__isnull=True)


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


def _open_rows(sessions: SessionQuerySet) -> None:
    owed = [
        Assessment(session_id=session_id) for session_id in sessions.values_list("pk", flat=True)[:AT_ONCE]
    ]
    Assessment.objects.bulk_create(owed, ignore_conflicts=True)  # somebody else may be doing the same


@transaction.atomic
def _score(assessment_id: UUID, now: datetime) -> None:
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment_id)
    if assessment.is_done:
        return
    session = Session.objects.select_related("version", "ticket").get(pk=assessment.session_id)
    card = score(attempt_of(session))
    put_card(assessment, card.as_json())
    misled = any(f.id == FalseAssurance.id and f.earned < 0 for f in card.criteria)
    dice = Random(f"{session.seed}:satisfaction")
    stars, words = satisfaction(session.document, session.state, dice, misled=misled)
    assessment.satisfaction, assessment.satisfaction_words = stars, words
    assessment.status, assessment.scored_at = Assessment.Status.DONE, now
    assessment.next_attempt_at, assessment.last_error = None, ""
    assessment.save()
    waited = (now - (session.finished_at or session.last_activity_at)).total_seconds()
    transaction.on_commit(lambda: SCORE_SECONDS.observe(waited))
    transaction.on_commit(lambda: session_scored.send(sender=Assessment, assessment_id=assessment.pk))
