"""The part of a text that shows why it was found."""

import re
import unicodedata
from collections.abc import Set

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from knowledge.search import WORD, plain, stems

LENGTH, LEAD = 220, 60  # characters shown, and how many of them come before the first match


def snippet(text: str, wanted: Set[str]) -> SafeString:
    """Safe HTML: the stretch with most of the `wanted` stems, each of their words in <mark>."""
    text = unicodedata.normalize("NFKC", " ".join(text.split()))
    matches = _matches(text, wanted) if wanted else []
    start, end = _window(text, matches)
    before, after = "… " * (start > 0), " …" * (end < len(text))
    return format_html("{}{}{}", before, _marked(text, start, end, matches), after)


def _matches(text: str, wanted: Set[str]) -> list[tuple[int, int, str]]:
    """Start, end and stem of each wanted word. Stemming is slow: only words that begin alike are tried."""
    begins = "|".join({r"[-\u2011]?".join(map(re.escape, stem[:2])) for stem in wanted})
    likely = re.compile(rf"(?<![^\W_])(?=(?:{begins})){WORD.pattern}", re.IGNORECASE)
    spans = [match.span() for match in likely.finditer(text)]
    found = stems(plain(text[start:end]) for start, end in spans)
    return [(*span, stem) for span, stem in zip(spans, found, strict=True) if stem in wanted]


def _window(text: str, matches: list[tuple[int, int, str]]) -> tuple[int, int]:
    """Begin a little before the match that has most different matches behind it; cut between words."""
    first, most = 0, 0
    for number, (begin, _, _) in enumerate(matches):
        near = matches[number : number + LENGTH // 2]
        if (different := len({stem for _, end, stem in near if end <= begin + LENGTH - LEAD})) > most:
            first, most = begin, different
    start = text.rfind(" ", 0, first - LEAD) + 1 if first > LEAD else 0
    end = len(text) if start + LENGTH >= len(text) else text.rfind(" ", start + 1, start + LENGTH)
    return start, end if end > start else start + LENGTH


def _marked(text: str, start: int, end: int, matches: list[tuple[int, int, str]]) -> SafeString:
    parts, place = [], start
    for begin, stop, _ in matches:
        if begin >= start and stop <= end:
            parts.append((text[place:begin], text[begin:stop]))
            place = stop
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), text[place:end])
