"""What a template says by itself, in words that no translator would ever see."""

import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN = {
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "title",
    "placeholder",
    "alt",
}
SILENT = {"script", "style", "code", "kbd"}
# The arguments of tags and filters that hold names, addresses or formats, not words.
QUOTED = re.compile(r"""(?<![_\w(])(\w+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)')""")
NAMES = {
    "date",
    "time",
    "class",
    "url",
    "static",
    "floatformat",
    "href",
    "query",
    "icon",
    "id",
    "name",
    "kind",
    "type",
}

OPAQUE = {"blocktranslate", "comment", "verbatim"}
ADDRESS = re.compile(r"(?<!\S)#[\w-]+")
CLASSES = re.compile(r"block \w*class$")


class _Spoken(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        self.found += [
            f"{name}={value}" for name, value in attrs if name in SPOKEN and WORD.search(value or "")
        ]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent and WORD.search(data):
            self.found.append(" ".join(data.split()))


def untranslated(source: str) -> list[str]:
    """The literal texts of a template that stand in no `translate` or `blocktranslate`."""
    spoken, arguments, until = "", [], None
    for token in Lexer(source).tokenize():
        word = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if until:
            until = None if token.token_type == TokenType.BLOCK and word == until else until
        elif token.token_type == TokenType.TEXT:
            spoken += ADDRESS.sub("", token.contents)
        elif token.token_type == TokenType.BLOCK and (word in OPAQUE or CLASSES.match(token.contents)):
            until = f"end{word}"
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR) and word != "translate":
            arguments += _words_in(token.contents)
    parser = _Spoken()
    parser.feed(spoken)
    return [*parser.found, *arguments]


def _words_in(contents: str) -> list[str]:
    found = []
    for name, double, single in QUOTED.findall(contents):
        text = double or single
        looks_said = " " in text or text[:1].isupper() or name in ("default", "yesno", "pluralize")
        if name not in NAMES and looks_said and WORD.search(text):
            found.append(f"{name}={text}")
    return found
