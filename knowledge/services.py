"""Writing, publishing and rating articles."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Forbidden, Missing, Unprocessable
from accounts.models import User
from knowledge.article_files import ArticleFile, BadFile, find_files, read_file
from knowledge.models import Article, ArticleRating, ArticleVersion, Status
from knowledge.rules import is_editor

TEXT = ("title", "summary", "body", "category", "tags", "credibility", "updated_on")


@transaction.atomic
def save_article(
    *,
    slug: str,
    title: str,
    body: str,
    category: str,
    credibility: str,
    summary: str = "",
    tags: list[str] | None = None,
    updated_on: date | None = None,
    author: User | None = None,
    now: datetime,
) -> Article:
    """Write the article with this slug: a draft when it is new, and a version whenever its text changed.

    Without an author it comes from a file that ships with the product.
    """
    _must_write(author)
    _one_writer_at_a_time()
    text = {
        "title": title,
        "summary": summary,
        "body": body,
        "category": category,
        "tags": tags or [],
        "credibility": credibility,
        "updated_on": updated_on or now.date(),
    }
    article = Article.objects.filter(slug=slug).first()
    if article is None:
        article = Article(slug=slug, created_at=now)
    elif text == _text_of(article):
        return article
    for name, value in text.items():
        setattr(article, name, value)
    article.version += 1
    article.save()
    ArticleVersion.objects.create(
        article=article, number=article.version, author=author, created_at=now, **text
    )
    return article


@transaction.atomic
def write_article(*, title: str, slug: str = "", author: User, now: datetime, **text: Any) -> Article:
    """A new draft. Raises `Conflict` where the slug is taken; without one the title makes it."""
    _must_write(author)
    slug = slug or slugify(title)[:120] or "article"
    if Article.objects.filter(slug=slug).exists():
        raise Conflict(_("There is an article with this slug."), details={"slug": [_("Already in use.")]})
    return save_article(slug=slug, title=title, author=author, now=now, **text)


@transaction.atomic
def edit_article(*, article: Article, author: User, now: datetime, **changes: Any) -> Article:
    """What is not named stays. A version where anything changed."""
    _must_write(author)
    before = _text_of(article)
    if before | changes == before:
        return article
    text = before | {"updated_on": now.date()} | changes
    return save_article(slug=article.slug, author=author, now=now, **text)


@transaction.atomic
def publish_article(*, article_id: UUID, author: User | None = None) -> Article:
    """From now on everyone finds it. Publishing twice is fine."""
    return _set_status(article_id, Status.PUBLISHED, author)


@transaction.atomic
def withdraw_article(*, article_id: UUID, author: User | None = None) -> Article:
    """Back to a draft: only trainers see it. Its versions, and who read them, stay."""
    return _set_status(article_id, Status.DRAFT, author)


@transaction.atomic
def rate_article(*, article_id: UUID, user: User, helpful: bool, now: datetime) -> ArticleRating:
    """Say whether it helped; saying it again replaces the answer."""
    article = Article.objects.published().filter(pk=article_id).first()
    if article is None:
        raise Missing(_("There is no such article."))
    answer = {"helpful": helpful, "version": article.version, "rated_at": now}
    return ArticleRating.objects.update_or_create(article=article, user=user, defaults=answer)[0]


@dataclass(frozen=True, slots=True)
class Loaded:
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def load_articles(*, path: Path, now: datetime) -> Loaded:
    """Load one file or a folder, all or nothing; new articles are published. Safe to repeat.

    A file that did not change since it was last loaded is left alone, so what a trainer edited or withdrew
    stays so. Raises `Unprocessable`; `details` maps each file to what is wrong in it.
    """
    files = _read_all(path)
    outcomes: Counter[str] = Counter()
    with transaction.atomic():
        for file in files:
            outcomes[_load(file, now)] += 1
    return Loaded(**outcomes)


def _read_all(path: Path) -> list[ArticleFile]:
    found = find_files(path)
    if not found:
        raise Unprocessable(f"{path}: there is no article here; name a .md file or a folder with some.")
    files, problems = [], {}
    for name in found:
        try:
            files.append(read_file(name))
        except BadFile as bad:
            problems[str(name)] = bad.problems
    slugs = Counter(file.slug for file in files)
    for name in found:
        if slugs[name.stem] > 1:
            problems[str(name)] = ["file name: another file has the same name; rename one of them."]
    if problems:
        raise Unprocessable(_("Nothing was loaded; some files need a change."), details=problems)
    return files


def _load(file: ArticleFile, now: datetime) -> str:
    fields = asdict(file)
    loaded = ArticleVersion.objects.filter(article__slug=file.slug, author=None).first()
    if loaded and all(getattr(loaded, name) == fields[name] for name in TEXT):
        return "unchanged"
    article = save_article(**fields, now=now)
    if article.version > 1:
        return "changed"
    publish_article(article_id=article.pk)
    return "new"


def _set_status(article_id: UUID, status: Status, author: User | None) -> Article:
    _must_write(author)
    _one_writer_at_a_time()
    article = Article.objects.filter(pk=article_id).first()
    if article is None:
        raise Missing(_("There is no such article."))
    if article.status != status:
        article.status = status
        article.save(update_fields=["status", "updated_at"])
    return article


def _one_writer_at_a_time() -> None:
    """The search index goes by the newest `updated_at`, so writes must be committed in that order."""
    Article.objects.select_for_update().order_by("-updated_at").first()


def _must_write(author: User | None) -> None:
    if author and not is_editor(author):
        raise Forbidden(_("Only trainers can change articles."))


def _text_of(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in TEXT}
