"""What each panel of the workbench is drawn from."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from chat.checklist import checklist
from chat.forms import ResolutionForm
from chat.hints import COST, LEVELS
from chat.models import Session, Weight
from chat.selectors import looked_up, run_view, triaged, verification_view
from chat.services.desk import console
from knowledge.models import Category
from scenarios.world.document import LEVELS as PROOFS
from scenarios.world.state import at_least

Context = dict[str, Any]


def ticket_panel(session: Session) -> Context:
    world = session.document
    return {
        "session": session,
        "ticket": session.ticket,
        "triage": _triage(session),
        "asset": world.asset,
        "subject": world.ticket.subject,
        "description": world.ticket.opening,
        "requester": world.customer.name,
    }


def verification_panel(session: Session) -> Context:
    """`ladder`: each level with whether the marks reach it and whether the request needs it.
    `to_compare`: what was said and is not marked yet."""
    seen = verification_view(session)
    ladder = [
        {"level": each, "reached": at_least(seen["marked"], each), "needed": each == seen["required"]}
        for each in PROOFS[1:]
    ]
    enough = at_least(seen["marked"], seen["required"])
    seen["factors"].sort(
        key=lambda row: not (row["said"] or row["outcome"])
    )  # what can be compared comes first
    to_compare = [row["label"] for row in seen["factors"] if row["said"] and not row["outcome"]]
    return {
        "session": session,
        "verification": seen,
        "ladder": ladder,
        "enough": enough,
        "to_compare": to_compare,
    }


def console_panel(session: Session) -> Context:
    """`wait_ms`: until the next result that is still being fetched."""
    offered = [{"action": name, **tool} for name, tool in console(session).items()]
    groups = {
        kind: [each for each in offered if each["kind"] == kind] for kind in ("proof", "diagnostic", "action")
    }
    now = timezone.now()
    runs = [run_view(run) | _progress(run, now) for run in reversed(session.desk["runs"])]
    waits = [run["left_ms"] for run in runs if run["status"] == "running"]
    return {"session": session, "groups": groups, "runs": runs, "wait_ms": min(waits, default=None)}


def hints_panel(session: Session, taken: dict[str, Any] | None = None) -> Context:
    """`taken`: the hint as it was just given, with what it cost."""
    hints = session.desk.get("hints", [])
    shown = taken or (hints[-1] if hints else None)
    return {"session": session, "hint": shown, "count": len(hints), "hint_cost": COST, "levels": LEVELS}


def resolution_panel(session: Session, form: ResolutionForm | None = None) -> Context:
    form = form or ResolutionForm(session, initial=ResolutionForm.initial_from(session))
    return {"session": session, "form": form, "checklist": checklist(session, form)}


def research_panel(session: Session) -> Context:
    return {"session": session, "trail": looked_up(session)}


def _triage(session: Session) -> list[Context]:
    """The three fields; `value` is empty until the learner has set it, `arrived` in words what it was."""
    fields = {
        "category": (_("Category"), Category),
        "impact": (_("Impact"), Weight),
        "urgency": (_("Urgency"), Weight),
    }
    rows, done = [], triaged(session)
    for name, (label, kind) in fields.items():
        now = kind(getattr(session.ticket, name))
        value = now if name in done else ""
        rows.append(
            {"name": name, "label": label, "choices": kind.choices, "value": value, "arrived": now.label}
        )
    return rows


def _progress(run: dict[str, Any], now: datetime) -> dict[str, int]:
    begun, ready = (datetime.fromisoformat(run[key]) for key in ("at", "readyAt"))
    total, left = (round((ready - since).total_seconds() * 1000) for since in (begun, now))
    return {"total_ms": total, "left_ms": max(left, 0)}
