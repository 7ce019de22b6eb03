"""What the conversation panel fetches: earlier messages, and articles to quote from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chat import services
from chat.models import Session
from chat.quoting import quotation
from chat.transcript import page
from chat.views import panels
from chat.views.base import own_session
from chat.whole import whole_number


@require_GET
@own_session
def earlier(request: HttpRequest, session: Session) -> HttpResponse:
    """The page of messages before one."""
    before = whole_number(request.GET, "before", default=0, least=0)
    context = {"transcript": page(session, before=before), "requester": session.document.customer.name}
    return render(request, "chat/_lines.html", context)


@require_GET
@own_session
def quotable(request: HttpRequest, session: Session) -> HttpResponse:
    """Articles that fit what was typed, to choose from; a search like any other."""
    hits = services.search_articles(session_id=session.pk, query=request.GET.get("q", ""), now=timezone.now())
    return render(request, "chat/_quotable.html", {"session": session, "hits": hits})


@require_GET
@own_session
def quote(request: HttpRequest, session: Session, article_id: UUID) -> HttpResponse:
    """The text to insert. Whoever quotes an article has opened it, and can cite it."""
    article = services.open_article(session_id=session.pk, article_id=article_id, now=timezone.now())
    session.refresh_from_db(fields=["desk", "draft"])
    context = {"quotation": quotation(article), **panels.resolution_panel(session)}
    return render(request, "chat/_quote.html", context)
