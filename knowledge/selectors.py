"""Searching the published articles, and what goes with one of them."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, overload

from django.db.models import Count, Q
from django.utils.safestring import SafeString

from accounts.models import User
from knowledge import markdown
from knowledge.models import Article

if TYPE_CHECKING:
    from knowledge.search import Found, Index

LOOKED_THROUGH = 3_000  # characters of an article in which a snippet is looked for


@dataclass(frozen=True, slots=True)
class Hit:
    article: Article
    score: float
    snippet: SafeString  # with <mark>


def search(query: str, *, category: str = "", credibility: str = "", limit: int = 10) -> list[Hit]:
    """The best hits for what somebody typed, whatever that is."""
    return find(query, category=category, credibility=credibility)[:limit]


def find(query: str, *, category: str = "", credibility: str = "") -> "Results":
    """All hits, to be shown page by page."""
    return Results(_index().search(query, category=category, credibility=credibility))


def related(article: Article, *, limit: int = 4) -> list[Article]:
    """Articles about the same matter."""
    words = f"{article.title} {' '.join(article.tags)}"
    # The article itself is by far the best hit, so that others look faint beside it.
    hits = Results(_index().search(words, faint=0.05))[: limit + 1]
    return [hit.article for hit in hits if hit.article.pk != article.pk][:limit]


class Results(Sequence[Hit]):
    """Hits, best first. Articles are read when a slice is taken, in one query; any paginator can use it."""

    def __init__(self, found: "Found") -> None:
        self._found = found
        self.repairs = found.repairs  # slips, as {typed: read as}

    def __len__(self) -> int:
        return len(self._found.hits)

    @overload
    def __getitem__(self, part: int) -> Hit: ...
    @overload
    def __getitem__(self, part: slice) -> list[Hit]: ...
    def __getitem__(self, part: int | slice) -> Hit | list[Hit]:
        if isinstance(part, int):
            return self[part : part + 1 or None][0]
        from knowledge.snippets import snippet

        hits = self._found.hits[part]
        # Asking the database for the status too makes SQLite walk all that is published.
        articles = Article.objects.in_bulk([key for key, _ in hits])
        return [
            Hit(article, round(score, 3), snippet(_readable(article), self._found.stems))
            for key, score in hits
            if (article := articles.get(key)) and article.is_published
        ]


def ratings_of(article: Article, user: User) -> dict[str, Any]:
    """How many answered, how many found it helpful, and what this reader said (None: nothing yet)."""
    counted = article.ratings.aggregate(total=Count("pk"), helpful=Count("pk", filter=Q(helpful=True)))
    mine = article.ratings.filter(user=user).values_list("helpful", flat=True).first()
    return counted | {"mine": mine}


# One index per process, and the state of the table it was built from.
_held: tuple[tuple[datetime | None, int], "Index"] | None = None
_building = threading.Lock()


def _index() -> "Index":
    """The index of what is published now. An index of the database answers whether that changed."""
    global _held
    published = Article.objects.published()
    newest = published.order_by("-updated_at").values_list("updated_at", flat=True).first()
    stamp = (newest, published.count())
    held = _held
    if held is None or held[0] != stamp:
        with _building:
            if _held is None or _held[0] != stamp:
                _held = (stamp, _build())
            held = _held
    return held[1]


def _build() -> "Index":
    """In the order of the keys, which is the same on every database."""
    from knowledge.search import Document, Index

    def documents() -> Iterator[Document]:
        columns = ("pk", "title", "summary", "tags", "body", "category", "credibility")
        for key, title, summary, tags, body, category, credibility in (
            Article.objects.published().order_by("pk").values_list(*columns).iterator()
        ):
            labels = {"category": category, "credibility": credibility}
            yield Document(key, title, " ".join([summary, *tags, body]), labels)

    return Index(documents())


def _readable(article: Article) -> str:
    return f"{article.summary} {markdown.strip(article.body[:LOOKED_THROUGH])}"
