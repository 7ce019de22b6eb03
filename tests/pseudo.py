"""A made-up language: each word that a catalogue holds is said between ⟦ and ⟧, so that the others stand out."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import allauth
import django
import polib
from django.conf import settings
from django.db.models import Model
from django.utils import translation

from tests.templates import SILENT, SPOKEN, WORD

OURS = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"
SAID = re.compile(r"⟦[^⟦⟧]*⟧")
ADDRESS = re.compile(r"\S+@\S+|(?:https?:/)?/\S+|#\S*")
BREAK = "\0"
INLINE = {"b", "br", "em", "mark", "strong"}


@cache
def known() -> frozenset[str]:
    """What translators of the site, of Django and of its accounts can see."""
    homes = [Path(django.__file__).parent / "conf", *Path(django.__file__).parent.glob("contrib/*")]
    homes.append(Path(allauth.__file__).parent)
    theirs = [home / "locale" / "en" / "LC_MESSAGES" / "django.po" for home in homes]
    entries = [entry for path in (OURS, *theirs) if path.exists() for entry in polib.pofile(str(path))]
    return frozenset(word for entry in entries for word in (entry.msgid, entry.msgid_plural) if word)


def speak(monkeypatch) -> None:
    """From here on every string of the catalogues is marked, also the lazy ones."""

    def mark(message: str) -> str:
        return f"⟦{message}⟧" if message.strip() and str(message) in known() else message

    def plural(one: str, many: str, number: Any) -> str:
        return mark(one if number == 1 else many)

    said = translation._trans
    monkeypatch.setattr(said, "gettext", mark)
    monkeypatch.setattr(said, "ngettext", plural)
    monkeypatch.setattr(said, "pgettext", lambda context, message: mark(message))
    monkeypatch.setattr(said, "npgettext", lambda context, one, many, number: plural(one, many, number))


class _Visible(HTMLParser):
    """`text`: what is read; `spoken`: the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.spoken, self.silent = "", [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        self.text += "" if tag in INLINE else BREAK
        attributes = dict(attrs)
        names = SPOKEN | ({"content"} if attributes.get("name") == "description" else set())
        self.spoken += [value for name, value in attrs if name in names and value]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT
        self.text += "" if tag in INLINE else BREAK

    def handle_data(self, data):
        self.text += "" if self.silent else data


def pieces(page: str) -> list[str]:
    """What stands in each element of a page, and what its attributes say."""
    parser = _Visible()
    parser.feed(page)
    shown = BREAK.join([parser.text, *parser.spoken])
    while SAID.search(shown):
        shown = SAID.sub("", shown)
    return [piece.strip() for piece in shown.split(BREAK) if WORD.search(piece)]


class Data:
    """What people and authors wrote: the texts of rows, and the leaves of their JSON."""

    def __init__(self, models: Iterable[type[Model]], *more: Any) -> None:
        rows = (values for model in models for values in model._base_manager.values())
        texts = {_flat(text) for row in (*rows, more) for text in _leaves(row)}
        self.texts = {text for text in texts if WORD.search(text)}
        self.short = sorted((text for text in self.texts if len(text) < 200), key=len, reverse=True)
        self.all = "\n".join(self.texts)

    def left_of(self, text: str) -> str:
        """Without what is data: the whole, a passage of several words, or what stands in it word by word."""
        text = _flat(text)
        if text in self.texts or (text.count(" ") > 2 and text.strip("…“”. ") in self.all):
            return ""
        text = ADDRESS.sub("", text)
        for each in self.short:
            if each in text:
                text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", "", text)
        return text if WORD.search(text) else ""


def untranslated(page: str, data: Data) -> list[str]:
    """What a page says that is neither data nor said in the made-up language."""
    return [piece for piece in pieces(page) if data.left_of(piece)]


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from (line for line in value.splitlines() if line != value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)


def _flat(text: str) -> str:
    return " ".join(text.split())
