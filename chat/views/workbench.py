"""The workbench: one screen, its panels as fragments."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import Unprocessable
from chat import services
from chat.canned import canned_replies
from chat.errors import ConfirmFirst
from chat.forms import ResolutionForm
from chat.hints import COST
from chat.models import Session, Weight
from chat.selectors import earlier_tickets, research_trail, run_view, verification_view
from chat.services.desk import console
from chat.views.base import own_session
from knowledge.markdown import render as to_html
from knowledge.models import Category, Credibility

# What the page's templates for live bubbles are drawn from.
BLANK = {
    "ai": {"sender_type": "ai"},
    "user": {"sender_type": "user"},
    "note": {"sender_type": "user", "message_type": "note"},
    "system": {"sender_type": "system"},
}


@require_GET
@own_session
def workbench(request: HttpRequest, session: Session) -> HttpResponse:
    if not session.is_active:
        return redirect("debrief", session_id=session.pk)
    context = {
        "session": session,
        "transcript": session.messages.order_by("seq"),
        "history": earlier_tickets(session),
        "canned": canned_replies(session),
        "form": ResolutionForm(session, initial=ResolutionForm.initial_from(session)),
        "credibilities": Credibility.choices,
        "blank": BLANK,
        **_hints(session),
        **_ticket(session),
        **_verification(session),
        **_console(session),
    }
    return render(request, "chat/workbench.html", context)


@require_POST
@own_session
def change_ticket(request: HttpRequest, session: Session) -> HttpResponse:
    fields = {
        name: request.POST[name]
        for name in ("category", "impact", "urgency", "status")
        if name in request.POST
    }
    session = services.change_ticket(session_id=session.pk, now=timezone.now(), **fields)
    return render(request, "chat/_ticket.html", {"session": session, **_ticket(session)})


@require_GET
@own_session
def ticket(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "chat/_ticket.html", {"session": session, **_ticket(session)})


@require_GET
@own_session
def verification(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "chat/_verification.html", {"session": session, **_verification(session)})


@require_POST
@own_session
def verify(request: HttpRequest, session: Session) -> HttpResponse:
    session = services.verify(
        session_id=session.pk,
        factor=request.POST.get("factor", ""),
        outcome=request.POST.get("outcome", ""),
        now=timezone.now(),
    )
    return render(request, "chat/_verification.html", {"session": session, **_verification(session)})


@require_GET
@own_session
def directory(request: HttpRequest, session: Session) -> HttpResponse:
    query = request.GET.get("q", "")
    found = services.look_up_directory(session_id=session.pk, query=query, now=timezone.now())
    return render(request, "chat/_people.html", {"found": found, "query": query})


@require_GET
@own_session
def assets(request: HttpRequest, session: Session) -> HttpResponse:
    query = request.GET.get("q", "")
    found = services.look_up_assets(session_id=session.pk, query=query, now=timezone.now())
    return render(request, "chat/_assets.html", {"found": found, "query": query})


@require_POST
@own_session
def perform(request: HttpRequest, session: Session) -> HttpResponse:
    """Uses the console. A gated action is asked about once, in words, before it happens."""
    action = request.POST.get("action", "")
    asked = None
    try:
        services.perform_action(session_id=session.pk, action=action, now=timezone.now())
    except ConfirmFirst as refusal:
        asked = {"action": action, "message": refusal.message}
    session.refresh_from_db()
    return render(request, "chat/_console.html", {"session": session, "asked": asked, **_console(session)})


@require_GET
@own_session
def runs(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "chat/_runs.html", {"session": session, **_console(session)})


@require_POST
@own_session
def hint(request: HttpRequest, session: Session) -> HttpResponse:
    services.take_hint(session_id=session.pk, now=timezone.now())
    session.refresh_from_db(fields=["desk"])
    return render(request, "chat/_hints.html", {"session": session, **_hints(session)})


@require_GET
@own_session
def search(request: HttpRequest, session: Session) -> HttpResponse:
    query = request.GET.get("q", "")
    credibility = request.GET.get("credibility", "")
    hits = services.search_articles(
        session_id=session.pk, query=query, credibility=credibility, now=timezone.now()
    )
    context = {"session": session, "hits": hits, "query": query, "trail": research_trail(session)}
    return render(request, "chat/_hits.html", context)


@require_GET
@own_session
def article(request: HttpRequest, session: Session, article_id: UUID) -> HttpResponse:
    found = services.open_article(session_id=session.pk, article_id=article_id, now=timezone.now())
    session.refresh_from_db(fields=["desk", "draft"])
    form = ResolutionForm(session, initial=ResolutionForm.initial_from(session))
    context = {"session": session, "article": found, "body": to_html(found.body), "form": form}
    return render(request, "chat/_article.html", context)


@require_POST
@own_session
def draft(request: HttpRequest, session: Session) -> HttpResponse:
    """Saves the resolution as far as written."""
    form = ResolutionForm(session, request.POST)
    services.save_draft(session_id=session.pk, draft=form.as_typed(), now=timezone.now())
    return render(
        request, "chat/_draft_saved.html", {"saved_at": timezone.now(), "checklist": form.checklist()}
    )


@require_POST
@own_session
def resolve(request: HttpRequest, session: Session) -> HttpResponse:
    form = ResolutionForm(session, request.POST)
    try:
        services.resolve(session_id=session.pk, resolution=form.as_typed(), now=timezone.now())
    except Unprocessable as refusal:
        form.take_faults(refusal.details or {})
        return render(request, "chat/_resolution.html", {"session": session, "form": form})
    return _go(request, reverse("debrief", args=[session.pk]))


@require_POST
@own_session
def abandon(request: HttpRequest, session: Session) -> HttpResponse:
    services.abandon(session_id=session.pk, now=timezone.now())
    return _go(request, reverse("tickets"))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that also htmx follows as a whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _ticket(session: Session) -> dict[str, object]:
    return {
        "ticket": session.ticket,
        "categories": Category.choices,
        "weights": Weight.choices,
        "asset": session.document.asset,
        "subject": session.document.ticket.subject,
        "description": session.document.ticket.opening,
        "requester": session.document.customer.name,
    }


def _verification(session: Session) -> dict[str, object]:
    return {"verification": verification_view(session)}


def _hints(session: Session) -> dict[str, object]:
    return {"hints": session.desk.get("hints", []), "hint_cost": COST}


def _console(session: Session) -> dict[str, object]:
    offered = [{"action": name, **tool} for name, tool in console(session).items()]
    kinds = (("proof", "Proof of identity"), ("diagnostic", "Diagnostics"), ("action", "Actions"))
    groups = [(words, [o for o in offered if o["kind"] == kind]) for kind, words in kinds]
    return {"groups": groups, "runs": [run_view(run) for run in reversed(session.desk["runs"])]}
