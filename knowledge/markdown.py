"""Markdown to HTML that is safe whoever wrote it: no raw HTML, no images, no odd links, headings with anchors."""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = "a blockquote br code del em h2 h3 h4 h5 h6 hr li ol p pre s strong table tbody td th thead tr ul"
TAGS = set(_TAGS.split())
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}} | {f"h{n}": {"id"} for n in range(2, 7)}
_SIGNS = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+)|[*`|]+|^\s*:?-{3,}.*$", re.MULTILINE)
_HEADING = re.compile(
    r'(?P<inside><(?P<tag>h[2-6]) id="(?P<anchor>[^"]+)">.*?)(?P<end></(?P=tag)>)', re.DOTALL
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rendered:
    html: SafeString
    headings: list[Heading]


def render(text: str, *, under: int = 1) -> SafeString:
    return render_with_headings(text, under=under).html


def render_with_headings(text: str, *, under: int = 1) -> Rendered:
    """`under`: the level of the heading that the text stands below; its own begin with the next one."""
    import nh3

    tokens = _parser().parse(text)
    headings = _anchor(tokens, under)
    html = _parser().renderer.render(tokens, _parser().options, {})
    safe = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return Rendered(mark_safe(safe), headings)  # noqa: S308 (nh3 has just cleaned it)


def with_links(rendered: Rendered) -> SafeString:
    """Behind each heading a link to itself, to be copied."""
    titles = {heading.anchor: heading.text for heading in rendered.headings}

    def link(found: re.Match[str]) -> str:
        label = _("Link to “%(title)s”") % {"title": titles[found["anchor"]]}
        sign = format_html('<a class="anchor" href="#{}" aria-label="{}">#</a>', found["anchor"], label)
        return f"{found['inside']} {sign}{found['end']}"

    return mark_safe(_HEADING.sub(link, rendered.html))  # noqa: S308 (only safe parts are put together)


def strip(text: str) -> str:
    """The words without the signs of Markdown, for snippets."""
    return _SIGNS.sub("", _LINK.sub(r"\1", text))


@cache
def _parser() -> "MarkdownIt":
    """Imported when the first text is shown, to keep the start quick."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _anchor(tokens: list["Token"], under: int) -> list[Heading]:
    """Give each heading an id of its own and a level, down to 6, that skips none."""
    headings: list[Heading] = []
    above: list[int] = []  # levels, as written, of the headings that the next one may stand below
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        written = int(opening.tag[1:])
        above = [*(level for level in above if level < written), written]
        level = min(under + len(above), 6)
        opening.tag = closing.tag = f"h{level}"
        text = "".join(child.content for child in inline.children or [])
        anchor = base = slugify(text) or "section"
        taken = {heading.anchor for heading in headings}
        while anchor in taken:
            anchor = f"{base}-{len(taken := taken | {anchor})}"
        opening.attrSet("id", anchor)
        headings.append(Heading(level, text, anchor))
    return headings
