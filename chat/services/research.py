"""Looking things up inside a session: as in the knowledge base, and recorded."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Missing
from chat.services.log import append, lock, without_nul
from knowledge.models import Article
from knowledge.selectors import Hit, search


@transaction.atomic
def search_articles(
    *, session_id: UUID, query: str, now: datetime, category: str = "", credibility: str = ""
) -> list[Hit]:
    """Hits, best first; the query and what it found go into the log."""
    session = lock(session_id)
    query = without_nul(query)
    hits = search(query, category=category, credibility=credibility)
    found = [hit.article.slug for hit in hits]
    append(session, [("search", {"query": query[:200], "found": found})], at=now)
    session.last_activity_at = now
    session.save()
    return hits


@transaction.atomic
def open_article(*, session_id: UUID, article_id: UUID, now: datetime) -> Article:
    session = lock(session_id)
    article = Article.objects.published().filter(pk=article_id).first()
    if article is None:
        raise Missing(_("There is no such article."))
    if article.slug not in session.desk["opened"]:
        session.desk["opened"].append(article.slug)
    opened = {"slug": article.slug, "title": article.title, "credibility": article.credibility}
    append(session, [("article", {"id": str(article.pk), **opened})], at=now)
    session.last_activity_at = now
    session.save()
    return article
