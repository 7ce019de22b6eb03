"""Reads across a session, its ticket and its world."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Unprocessable
from accounts.models import User
from chat.models import Session
from chat.times import rfc3339
from knowledge.models import Article
from scenarios.models import Scenario
from scenarios.world.document import LEVELS, World
from scenarios.world.state import IDENTITY_ACTS, level, level_by

FACTOR_WORDS = {
    "name": gettext_lazy("Full name"),
    "username": gettext_lazy("User name"),
    "employee_id": gettext_lazy("Employee number"),
    "asset_tag": gettext_lazy("Asset tag"),
    "manager": gettext_lazy("Manager"),
    "phone_on_file": gettext_lazy("Phone on record"),
    "callback": gettext_lazy("Call-back"),
    "push_code": gettext_lazy("Code or push"),
}

TRIAGE = ("category", "impact", "urgency")


def completed_scenarios(learner: User) -> QuerySet[Scenario]:
    """Those that the learner has brought to a right end at least once."""
    done = Session.objects.completed().of(learner).filter(scenario=OuterRef("pk")).exclude(outcome="")
    return Scenario.objects.filter(Exists(done))


def missing_prerequisites(learner: User, scenario: Scenario) -> list[Scenario]:
    return list(scenario.prerequisites.published().exclude(pk__in=completed_scenarios(learner).values("pk")))


def required_level(world: World) -> str:
    """The highest level that policy wants for anything this request may need."""
    gates: list[str] = [
        a.gate for a in world.actions.values() if a.who == "learner" and not a.harmful and not a.distractor
    ]
    gates += [str(goal.all.get("verified", "none")) for goal in world.goals.values()]
    if world.customer.impostor:
        gates += [a.gate for a in world.actions.values()]
    return max(gates, key=LEVELS.index, default="none")  # type: ignore[arg-type]


def session_view(session: Session) -> dict[str, Any]:
    """All that the learner may know of the session, in the words of the wire contract; nothing hidden."""
    world = session.document
    return {
        "id": str(session.pk),
        "scenarioId": str(session.scenario_id),
        "title": world.title,
        "mode": session.mode,
        "voice": session.voice,
        "status": session.status,
        "endedBy": session.ended_by or None,
        "customer": world.customer.name,
        "customerLeft": session.world.get("left") == "hangup",
        "startedAt": rfc3339(session.started_at),
        "finishedAt": rfc3339(session.finished_at),
        "lastSeq": session.last_seq,
        "ticket": ticket_view(session),
        "verification": verification_view(session),
        "runs": [run_view(run) for run in session.desk["runs"]],
        "resolution": session.resolution,
    }


def ticket_view(session: Session) -> dict[str, Any]:
    world, ticket = session.document, session.ticket
    return {
        "number": ticket.number,
        "subject": world.ticket.subject,
        "description": world.ticket.opening,
        "channel": world.ticket.channel,
        "requester": world.customer.name,
        "category": ticket.category,
        "impact": ticket.impact,
        "urgency": ticket.urgency,
        "priority": ticket.priority,
        "status": ticket.status,
        "slaPauseReason": ticket.sla_pause_reason or None,
        "pausedAt": rfc3339(ticket.paused_at),
        "firstResponseDue": rfc3339(ticket.first_response_due),
        "firstResponseAt": rfc3339(ticket.first_response_at),
        "resolutionDue": rfc3339(ticket.resolution_due),
    }


def verification_view(session: Session) -> dict[str, Any]:
    """What the caller said beside the record (once it was looked up), and the level that this proves.

    What a call-back or a code finds counts once the console shows it.
    `marked` is the level that the learner's own marks amount to: people are shown that one, for comparing is theirs.
    """
    world, desk, state = session.document, session.desk, session.state
    record = world.identity.directory if desk.get("record_seen") else None
    fetched = {run["action"] for run in map(run_view, desk["runs"]) if run["status"] == "running"}
    state.answered = {factor: value for factor, value in state.answered.items() if factor not in fetched}
    factors = []
    for factor in IDENTITY_ACTS.values():
        said = None if factor in fetched else desk["said"].get(factor)
        factors.append(
            {
                "factor": factor,
                "label": str(FACTOR_WORDS[factor]),
                "said": said["value"] if said else None,
                "messageId": said["id"] if said else None,
                "onRecord": getattr(record, factor, None) if record else None,
                "outcome": desk["marks"].get(factor),
            }
        )
    return {
        "level": level(world, state),
        "marked": level_by(world, {factor for factor, mark in desk["marks"].items() if mark == "match"}),
        "required": required_level(world),
        "recordSeen": bool(record),
        "factors": factors,
    }


def run_view(run: dict[str, Any]) -> dict[str, Any]:
    """A use of the console; what it found is shown when it is ready."""
    ready = run["readyAt"] <= rfc3339(timezone.now())
    return run | {"status": "done" if ready else "running", "result": run["result"] if ready else None}


def triaged(session: Session) -> set[str]:
    """Which of category, impact and urgency the learner has set; the ticket arrives with values of its own."""
    events = session.events.filter(kind="triage").values_list("data", flat=True)
    return {name for data in events for name in data if name in TRIAGE}


def earlier_tickets(session: Session) -> list[dict[str, Any]]:
    return [ticket.model_dump() for ticket in session.document.history]


def research_trail(session: Session) -> list[dict[str, Any]]:
    """Searches and openings, in order: {kind, at, query | slug}."""
    steps = session.events.filter(kind__in=("search", "article")).order_by("number")
    return [
        {"kind": e.kind, "at": rfc3339(e.at), **{k: e.data[k] for k in ("query", "slug") if k in e.data}}
        for e in steps
    ]


def looked_up(session: Session) -> list[dict[str, Any]]:
    """What was searched for and opened, each once, the latest first: {kind, query | id, title}."""
    steps = (
        session.events.filter(kind__in=("search", "article")).order_by("-number").values_list("kind", "data")
    )
    each = {(kind, data.get("query") or data.get("id")): {"kind": kind, **data} for kind, data in steps}
    return [step for (_, what), step in each.items() if what]


def slugs_of(article_ids: list[UUID]) -> list[str]:
    """Slugs of cited articles. Raises Unprocessable where one is unknown."""
    slugs = dict(Article.objects.published().filter(pk__in=article_ids).values_list("pk", "slug"))
    if unknown := [str(pk) for pk in article_ids if pk not in slugs]:
        raise Unprocessable(_("Cite articles that exist."), details={"citedArticleIds": unknown})
    return [slugs[pk] for pk in dict.fromkeys(article_ids)]
