"""Articles as files: Markdown below a YAML front matter. The file's name is the article's slug."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from knowledge.models import Article, Category, Credibility

KEYS = ("title", "summary", "category", "tags", "credibility", "updated")


@dataclass(frozen=True, slots=True)
class ArticleFile:
    slug: str
    title: str
    summary: str
    body: str
    category: str
    tags: list[str]
    credibility: str
    updated_on: date


class BadFile(Exception):
    """What is wrong with one file: `problems` are sentences that name the field and say what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def find_files(path: Path) -> list[Path]:
    """One file, or every `*.md` below a folder."""
    return sorted(path.rglob("*.md")) if path.is_dir() else [path] * path.is_file()


def read_file(path: Path) -> ArticleFile:
    """Raises `BadFile` with everything that is wrong."""
    try:
        text = path.read_text("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadFile(["This is not UTF-8 text; save it as UTF-8."]) from None
    matter, body = _split(text)
    if problems := list(_problems(path.stem, matter, body)):
        raise BadFile(problems)
    return ArticleFile(
        slug=path.stem,
        title=matter["title"].strip(),
        summary=matter["summary"].strip(),
        body=body,
        category=matter["category"],
        tags=[tag.strip() for tag in matter["tags"]],
        credibility=matter["credibility"],
        updated_on=date.fromisoformat(matter["updated"]),
    )


def _split(text: str) -> tuple[dict[str, Any], str]:
    from ruamel.yaml import YAML, YAMLError

    opening, _, rest = text.partition("---\n")
    head, closing, body = rest.partition("\n---\n")
    if opening.strip() or not closing:
        raise BadFile(["Begin the file with the front matter between two lines of three dashes (---)."])
    try:
        # Everything stays text: 0x800B0101 is a tag, not a number, and nobody means `no` as false.
        matter = YAML(typ="base", pure=True).load(head)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 2}: " if mark else ""
        reason = getattr(error, "problem", None) or "it is not YAML"
        raise BadFile(
            [f"{where}the front matter cannot be read ({reason}); put quotes around odd values."]
        ) from None
    if not isinstance(matter, dict):
        raise BadFile(["Write the front matter as lines of `key: value`."])
    return matter, body.strip() + "\n"


def _problems(slug: str, matter: dict[str, Any], body: str) -> Iterator[str]:
    if slugify(slug) != slug or len(slug) > _longest("slug"):
        yield f"file name: use small letters, digits and hyphens only, for example {slugify(slug) or 'an-article'}.md."
    for key in matter.keys() - set(KEYS):
        yield f"{key}: there is no such field; the fields are {', '.join(KEYS)}."
    for key in ("title", "summary"):
        value = matter.get(key)
        if not isinstance(value, str) or not value.strip():
            yield f"{key}: write a line of text."
        elif len(value) > _longest(key):
            yield f"{key}: shorten it to {_longest(key)} characters."
    for key, choices in (("category", Category.values), ("credibility", Credibility.values)):
        if matter.get(key) not in choices:
            yield f"{key}: choose one of {', '.join(choices)}."
    tags = matter.get("tags")
    if not isinstance(tags, list) or not all(isinstance(tag, str) and tag.strip() for tag in tags):
        yield "tags: write a list of words, for example [vpn, certificate]."
    if not _is_date(matter.get("updated")):
        yield "updated: write the date of the last revision, for example 2026-03-02."
    if not body.strip():
        yield "body: write the article below the front matter."
    if "\0" in body:
        yield "body: remove the NUL character."


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _longest(field: str) -> int:
    return getattr(Article._meta.get_field(field), "max_length", 0)
