"""What the knowledge base keeps of a person: whether articles helped them."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.privacy import keeps, rows
from knowledge.models import ArticleRating, ArticleVersion


def _export(person: User) -> dict[str, Any]:
    ratings = ArticleRating.objects.filter(user=person)
    written = ArticleVersion.objects.filter(author=person)
    return {
        "article_ratings": rows(ratings, "article__slug", "helpful", "version", "rated_at"),
        "articles_written": rows(written, "article__slug", "number", "title", "created_at"),
    }


def _erase(person: User, now: datetime) -> None:
    """Answers stay as numbers; what was written for the desk is the desk's."""


keeps(export=_export, erase=_erase)
