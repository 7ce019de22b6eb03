"""Ending a session: resolved, escalated, declined, abandoned, or left idle."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Unprocessable
from chat.models import EndedBy, Session, Status, TicketStatus
from chat.services.log import append, changed, lock
from chat.services.turns import take_turn
from chat.signals import session_finished
from scenarios.world.state import goal_reached

log = logging.getLogger(__name__)
IDLE_MINUTES = 60
DOCUMENTATION = ("problem", "cause", "steps", "test")
REQUIRED = ("problem", "steps")


@transaction.atomic
def save_draft(*, session_id: UUID, draft: dict[str, Any], now: datetime) -> Session:
    """Keeps the resolution as far as written."""
    session = lock(session_id)
    session.draft = draft
    session.last_activity_at = now
    session.save(update_fields=["draft", "last_activity_at"])
    return session


@transaction.atomic
def resolve(
    *, session_id: UUID, resolution: dict[str, Any], now: datetime, ended_by: str = EndedBy.LEARNER
) -> Session:
    """Ends the session for good. The same type again gives the first result; another type is a Conflict.

    `resolution`: {type: resolved|escalated|declined, documentation: {problem, cause, steps, test}, cited: [slug],
    team, reason, reported}. Raises Unprocessable with what is missing, by field.
    """
    session = lock(session_id, active=False)
    if session.status == Status.COMPLETED and session.resolution:
        if session.resolution["type"] != resolution.get("type"):
            raise Conflict(_("This ticket has another outcome already."))
        return session
    if not session.is_active:
        raise Conflict(_("This session was abandoned; start the scenario again."))
    if faults := missing_from(resolution):
        raise Unprocessable(_("The resolution is not complete yet."), details=faults)
    take_turn(session_id=session_id, now=now)  # what was said before the end is answered all the same
    session = lock(session_id)
    _end(session, resolution, now, ended_by)
    return session


@transaction.atomic
def abandon(*, session_id: UUID, now: datetime, ended_by: str = EndedBy.LEARNER) -> Session:
    """Ends the session without a score. Again: nothing happens."""
    session = lock(session_id, active=False)
    if session.status == Status.COMPLETED:
        raise Conflict(_("This ticket is finished; it cannot be abandoned any more."))
    if session.is_active:
        session.status, session.ended_by, session.finished_at = Status.ABANDONED, ended_by, now
        append(session, [("abandoned", {"by": ended_by})], at=now)
        changed(session)
    return session


def close_idle(*, now: datetime) -> int:
    """After an hour without a sign: a complete draft is submitted, otherwise the session is abandoned. How many."""
    idle = Session.objects.idle_since(now - timedelta(minutes=IDLE_MINUTES))
    closed = 0
    for session_id in list(idle.values_list("pk", flat=True)):
        try:
            closed += _close_if_idle(session_id, now)
        except Exception:  # one broken session must not keep the others open
            log.exception("Session %s could not be closed", session_id)
    return closed


@transaction.atomic
def _close_if_idle(session_id: UUID, now: datetime) -> bool:
    """Looks again under the lock: the learner may have come back, or ended it, meanwhile."""
    session = lock(session_id, active=False)
    if not session.is_active or session.last_activity_at >= now - timedelta(minutes=IDLE_MINUTES):
        return False
    if missing_from(session.draft):
        abandon(session_id=session_id, now=now, ended_by=EndedBy.TIMEOUT)
    else:
        resolve(session_id=session_id, resolution=session.draft, now=now, ended_by=EndedBy.TIMEOUT)
    return True


def missing_from(resolution: dict[str, Any]) -> dict[str, list[str]]:
    """What a resolution still needs, by field of the contract."""
    faults: dict[str, list[str]] = {}
    kind = resolution.get("type")
    if kind not in (TicketStatus.RESOLVED, TicketStatus.ESCALATED, TicketStatus.DECLINED):
        faults["resolutionType"] = [_("Choose resolved, escalated or declined.")]
    notes = resolution.get("documentation") or {}
    for name in DOCUMENTATION:
        text = str(notes.get(name) or "").strip()
        if name in REQUIRED and not text:
            faults[f"documentation.{name}"] = [_("Write a sentence: the next analyst depends on it.")]
        elif len(text) > 1000:
            faults[f"documentation.{name}"] = [_too_long(text, 1000)]
    if kind == TicketStatus.ESCALATED:
        faults |= _needs(resolution, "team", "escalationTeam", _("Name the team that takes over."))
        faults |= _needs(resolution, "reason", "escalationReason", _("Say why it is handed over."))
    if kind == TicketStatus.DECLINED:
        faults |= _needs(resolution, "reason", "declineReason", _("Say why the request was declined."))
    return faults


def _needs(resolution: dict[str, Any], key: str, field: str, words: str) -> dict[str, list[str]]:
    text = str(resolution.get(key) or "").strip()
    if not text:
        return {field: [words]}
    return {field: [_too_long(text, 500)]} if len(text) > 500 else {}


def _too_long(text: str, most: int) -> str:
    return _("At most %(most)s characters; this has %(length)s.") % {"most": most, "length": len(text)}


def _end(session: Session, resolution: dict[str, Any], now: datetime, ended_by: str) -> None:
    kind = resolution["type"]
    state = session.state
    state.ending = {
        "declined": kind == TicketStatus.DECLINED,
        "reported": bool(resolution.get("reported")),
        "escalated": resolution.get("team", "") if kind == TicketStatus.ESCALATED else "",
    }
    by_customer = state.left == "hangup" and ended_by == EndedBy.LEARNER
    session.world = state.as_json()
    session.resolution = resolution
    session.outcome = goal_reached(session.document, state, justified=False)
    session.status, session.finished_at = Status.COMPLETED, now
    session.ended_by = EndedBy.CUSTOMER if by_customer else ended_by
    ticket = session.ticket
    ticket.run(now)
    ticket.status = kind
    ticket.save()
    append(session, [("resolved", {**resolution, "outcome": session.outcome})], at=now)
    changed(session)
    transaction.on_commit(lambda: session_finished.send(sender=Session, session_id=session.pk))
