"""The analyst's desk: records, verification, console, triage. Each use is an event."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Missing, Unprocessable
from chat.company import Record, find_assets, find_people
from chat.errors import ConfirmFirst
from chat.models import Session, TicketStatus, Weight
from chat.services.log import append, changed, lock, without_nul
from chat.times import rfc3339
from knowledge.models import Category
from scenarios.world.state import FACTORS, POSSESSION, matches
from scenarios.world.step import asks_first, use

OUTCOMES = ("match", "mismatch")
LONGEST_QUERY = 100


@transaction.atomic
def look_up_directory(*, session_id: UUID, query: str, now: datetime) -> list[Record]:
    """People whose name, user name, employee number or department contains the query."""
    session, query = lock(session_id), without_nul(query)[:LONGEST_QUERY]
    found = find_people(session.document, session.state, query)
    _looked(session, "directory", query, found, now)
    return found


@transaction.atomic
def look_up_assets(*, session_id: UUID, query: str, now: datetime) -> list[Record]:
    """Devices whose tag, model or owner contains the query."""
    session, query = lock(session_id), without_nul(query)[:LONGEST_QUERY]
    found = find_assets(session.document, query)
    _looked(session, "assets", query, found, now)
    return found


@transaction.atomic
def verify(
    *, session_id: UUID, factor: str, outcome: str, now: datetime, message_id: UUID | None = None
) -> Session:
    """Records that what the caller gave matches the record, or not. The level does not depend on it; the score does."""
    if factor not in FACTORS or outcome not in OUTCOMES:
        raise Unprocessable(
            _("Name a factor and an outcome."),
            details={
                "factor": [_("One of %(values)s.") % {"values": ", ".join(FACTORS)}],
                "outcome": [_("match or mismatch.")],
            },
        )
    session = lock(session_id)
    said = session.desk["said"].get(factor)
    if message_id and not session.messages.filter(pk=message_id).exists():
        raise Missing(_("That message is not part of this conversation."))
    truth = bool(said) and matches(session.document, factor, said["value"])
    session.desk["marks"][factor] = outcome
    record = {
        "factor": factor,
        "outcome": outcome,
        "given": bool(said),
        "right": truth == (outcome == "match"),
    }
    seq = said["seq"] if said else None
    append(session, [("verification", record | {"evidence": seq})], at=now)
    session.last_activity_at = now
    changed(session)
    return session


def perform_action(*, session_id: UUID, action: str, now: datetime) -> dict[str, Any]:
    """Uses the console: {id, action, label, at, readyAt, result}; the result may be shown from `readyAt`.

    Raises ConfirmFirst once for an action that policy wants more proof for, Missing for an unknown one,
    Conflict for one that still runs.
    """
    if not _warned(session_id, action, now):
        return _perform(session_id, action, now)
    raise ConfirmFirst(
        _(
            "Policy asks for more proof of who is calling than you have. To go on all the same, repeat the action."
        ),
        details={"action": ["confirm_first"]},
    )


@transaction.atomic
def _warned(session_id: UUID, action: str, now: datetime) -> bool:
    """Asks once: notes the warning (which must be kept, so it commits by itself)."""
    session = lock(session_id)
    state = session.state
    if not asks_first(session.document, state, action):
        return False
    state.warned.append(action)
    session.world = state.as_json()
    append(session, [("gate_warning", {"action": action})], at=now)
    changed(session)
    return True


@transaction.atomic
def _perform(session_id: UUID, action: str, now: datetime) -> dict[str, Any]:
    session = lock(session_id)
    world, state = session.document, session.state
    tool = console(session).get(action)
    if tool is None:
        raise Missing(_("The console has no such action for this ticket."))
    if any(run["action"] == action and run["readyAt"] > rfc3339(now) for run in session.desk["runs"]):
        raise Conflict(_("That is still running."))
    dice = Random(f"{session.seed}:console:{len(session.desk['runs'])}")
    outcome, result = use(world, state, action, dice, session.seconds_at(now))
    session.world = outcome.state.as_json()
    run = {
        "id": str(uuid4()),
        "action": action,
        "label": tool["label"],
        "at": rfc3339(now),
        "readyAt": rfc3339(now + timedelta(seconds=tool["seconds"])),
        "result": result,
    }
    session.desk["runs"].append(run)
    if action in POSSESSION:
        proved = outcome.state.answered.get(action) == "yes"
        session.desk["said"][action] = {"value": "yes" if proved else "no", "seq": None, "id": None}
    events = [(e.kind, e.data | {"run": run["id"]}) for e in outcome.events]
    append(session, [("console", {"action": action, "run": run["id"]}), *events], at=now)
    session.last_activity_at = now
    changed(session)
    return run


def console(session: Session) -> dict[str, dict[str, Any]]:
    """What the console offers for this ticket: name -> {label, about, seconds, kind, gate}."""
    world = session.document
    proofs = {
        "callback": (_("Call back the number on record"), _("Rings the number that the directory holds."), 4),
        "push_code": (_("Send a code to the enrolled device"), _("Asks the device on record to approve."), 3),
    }
    offered = {
        name: {"label": label, "about": about, "seconds": seconds, "kind": "proof", "gate": "none"}
        for name, (label, about, seconds) in proofs.items()
    }
    for name, tool in world.tools.items():
        offered[name] = {
            "label": tool.label,
            "about": tool.about,
            "seconds": tool.seconds,
            "kind": "diagnostic",
            "gate": "none",
        }
    for name, action in world.actions.items():
        if action.who == "learner":
            offered[name] = {
                "label": action.label or name,
                "about": action.about,
                "seconds": action.seconds,
                "kind": "action",
                "gate": action.gate,
            }
    return offered


@transaction.atomic
def change_ticket(*, session_id: UUID, now: datetime, **fields: str) -> Session:
    """Sets category, impact, urgency, or status `open` or `pending` (which stops the clocks)."""
    choices = {
        "category": Category.values,
        "impact": Weight.values,
        "urgency": Weight.values,
        "status": [TicketStatus.OPEN.value, TicketStatus.PENDING.value],
    }
    wrong = {
        name: [_("One of %(values)s.") % {"values": ", ".join(choices[name])}]
        for name, v in fields.items()
        if v not in choices[name]
    }
    if wrong:
        raise Unprocessable(_("Some of these values are not known."), details=wrong)
    session = lock(session_id)
    ticket = session.ticket
    for name, value in fields.items():
        setattr(ticket, name, value)
    if fields.get("status") == TicketStatus.PENDING:
        ticket.pause("waiting for the customer", now)
    elif fields.get("status") == TicketStatus.OPEN:
        ticket.run(now)
    ticket.save()
    append(session, [("triage", dict(fields))], at=now)
    session.last_activity_at = now
    changed(session)
    return session


def _looked(session: Session, where: str, query: str, found: list[Record], now: datetime) -> None:
    ids = [record["id"] for record in found]
    if where == "directory" and session.document.identity.directory.employee_id in ids:
        session.desk["record_seen"] = True
    append(session, [("lookup", {"where": where, "query": query, "found": ids})], at=now)
    session.last_activity_at = now
    changed(session)
