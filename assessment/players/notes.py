"""What players write when they close a ticket."""

from typing import Any

from assessment.players.desk import Desk, Resolution
from assessment.players.wording import listed, sentence
from scenarios.world.document import Mention
from scenarios.world.state import POSSESSION, critical_earned, matches

FACTORS = {
    "name": "full name",
    "username": "user name",
    "employee_id": "employee number",
    "asset_tag": "asset tag",
    "manager": "manager",
    "phone_on_file": "phone number on record",
    "callback": "call-back",
    "push_code": "code on the enrolled device",
}


def written(kind: str, *, cited: list[str] | None = None, **fields: Any) -> Resolution:
    """A resolution as the services take it; what is not named stays empty."""
    documentation = {name: fields.pop(name, "") for name in ("problem", "cause", "steps", "test")}
    resolution = {"type": kind, "documentation": documentation, "cited": cited or []}
    return resolution | {"team": "", "reason": "", "reported": False} | fields


def true_notes(desk: Desk, kind: str, cited: list[str]) -> Resolution:
    """What happened, with the words that the document asks for, and nothing that did not happen."""
    world, state = desk.world, desk.state
    asked = world.documentation.must_mention
    facts = [_words(point) for point in asked if point.fact in state.earned]
    own = {point.id: _words(point) for point in asked if point.id and _happened(desk, point, kind)}
    cause, fix, test = (own.pop(name, "") for name in ("cause", "fix", "confirmation"))
    problem = [world.ticket.subject, *facts]
    steps = [verification(desk), *own.values(), fix, *_done(desk)]
    notes = {
        "problem": _text(problem),
        "cause": _text([cause, world.root_cause.say_any[0]]) if facts or cause else "",
        "steps": _text(steps),
        "test": _text([test, ending(desk, kind)]),
    }
    reason = _text([*facts, cause, fix])[:500]
    team = world.escalation.team if kind == "escalated" else ""
    return written(
        kind,
        cited=cited,
        team=team,
        reason="" if kind == "resolved" else reason,
        reported=kind == "declined",
        **notes,
    )


def verification(desk: Desk) -> str:
    """How the caller was verified, by items and without their values."""
    world, answered = desk.world, desk.state.answered
    proved = [FACTORS.get(f, f) for f, value in answered.items() if matches(world, f, value)]
    if not proved:
        return "The caller's identity could not be proved"
    return f"Caller verified by {listed(proved)}"


def ending(desk: Desk, kind: str) -> str:
    if kind == "declined":
        return "Declined, and reported to security with what the caller knew"
    if kind == "escalated":
        return f"Told {desk.world.customer.name} that {desk.world.escalation.team} will call"
    return f"{desk.world.customer.name} tried it while I was there" if desk.state.confirmed else ""


def _happened(desk: Desk, point: Mention, kind: str) -> bool:
    if point.id == "confirmation":
        return desk.state.confirmed or kind != "resolved"
    if point.id == "verification" and kind != "declined":
        return any(matches(desk.world, f, value) for f, value in desk.state.answered.items())
    if point.id == "verification":
        return any(desk.state.asked.get(act) for act in ("id_callback", "id_code", *POSSESSION))
    if point.id == "cause":
        return bool(critical_earned(desk.world, desk.state))
    if point.id == "fix" and kind == "resolved":
        done = [desk.world.actions[name] for name in desk.state.done]
        return any(action.effects and not action.distractor for action in done)
    return True


def _done(desk: Desk) -> list[str]:
    """Actions by their names in the console; what the customer did, by the names in the document."""
    actions = desk.world.actions
    return [actions[name].label or f"Customer did: {name.replace('_', ' ')}" for name in desk.state.done]


def _words(point: Mention) -> str:
    return point.any[0]


def _text(parts: list[str]) -> str:
    return " ".join(sentence(part) for part in dict.fromkeys(parts) if part)[:1000]
