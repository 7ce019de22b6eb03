"""The desk's panel: records, the console, hints, articles. Each answers with a fragment."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from chat import services
from chat.company import Record
from chat.errors import ConfirmFirst
from chat.forms import ResolutionForm
from chat.models import Session
from chat.services.desk import console
from chat.views.base import own_session
from chat.views.panels import console_panel, hints_panel, research_panel
from knowledge.markdown import render as to_html


def _records(look_up: Callable[..., list[Record]], template: str) -> Callable[..., HttpResponse]:
    """A view that looks up what is asked for and lists it."""

    @require_GET
    @own_session
    def listed(request: HttpRequest, session: Session) -> HttpResponse:
        query = request.GET.get("q", "")
        found = look_up(session_id=session.pk, query=query, now=timezone.now())
        return render(request, template, {"found": found, "query": query})

    return listed


directory = _records(services.look_up_directory, "chat/_people.html")
assets = _records(services.look_up_assets, "chat/_assets.html")


@require_POST
@own_session
def perform(request: HttpRequest, session: Session) -> HttpResponse:
    """Uses the console. A gated action is asked about once, in words, before it happens."""
    action = request.POST.get("action", "")
    asked = None
    try:
        services.perform_action(session_id=session.pk, action=action, now=timezone.now())
    except ConfirmFirst:
        asked = {"action": action, **console(session)[action]}
    session.refresh_from_db()
    return render(request, "chat/_console.html", {"asked": asked, **console_panel(session)})


@require_GET
@own_session
def runs(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "chat/_runs.html", console_panel(session))


@require_POST
@own_session
def hint(request: HttpRequest, session: Session) -> HttpResponse:
    taken = services.take_hint(session_id=session.pk, now=timezone.now())
    session.refresh_from_db(fields=["desk"])
    return render(request, "chat/_hints.html", hints_panel(session, taken))


@require_GET
@own_session
def search(request: HttpRequest, session: Session) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    hits = services.search_articles(
        session_id=session.pk,
        query=query,
        credibility=request.GET.get("credibility", ""),
        now=timezone.now(),
    )
    return render(request, "chat/_hits.html", {"hits": hits, "query": query, **research_panel(session)})


@require_GET
@own_session
def article(request: HttpRequest, session: Session, article_id: UUID) -> HttpResponse:
    found = services.open_article(session_id=session.pk, article_id=article_id, now=timezone.now())
    session.refresh_from_db(fields=["desk", "draft"])
    form = ResolutionForm(session, initial=ResolutionForm.initial_from(session))
    body = to_html(found.body, under=3)
    context = {"article": found, "body": body, "form": form, **research_panel(session)}
    return render(request, "chat/_article.html", context)
