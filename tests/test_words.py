"""Every string of the pages can be translated."""

import re
from collections import Counter

import polib
import pytest
from django.conf import settings

from tests.pseudo import OURS
from tests.templates import untranslated

TEMPLATES = settings.BASE_DIR / "templates"


NAMES = sorted(
    str(each.relative_to(TEMPLATES)) for kind in ("html", "txt") for each in TEMPLATES.rglob(f"*.{kind}")
)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_nothing_that_a_translator_cannot_see(name):
    assert untranslated((TEMPLATES / name).read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Save</p>",
        '<img alt="A ring">',
        '<input placeholder="Search {{ what }}">',
        '{{ name|default:"nobody" }}',
        '{% include "ui/_stat.html" with label="Best score" %}',
    ],
)
def test_a_bare_string_is_found(source):
    assert untranslated(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "Save" %}</p>',
        "<p>{% blocktranslate trimmed with n=count %}Save {{ n }}{% endblocktranslate %}</p>",
        '{{ name|default:_("nobody") }}',
        '<time>{{ at|date:"j M Y" }}</time>',
        '{% include "ui/_chip.html" with kind="mode" %}',
        "<kbd>Enter</kbd><code>manage.py</code>",
        "{# Why it is so. #}{% comment %}And so{% endcomment %}",
    ],
)
def test_what_is_translated_or_no_word_is_left_alone(source):
    assert untranslated(source) == []


SENTENCE = re.compile(r"""(["'`])([A-Z][a-z]+ [a-z][^"'`]*|[^"'`]*[a-z]{2} [a-z]+[.!?…])\1""")
SCRIPTS = sorted(
    str(each.relative_to(settings.BASE_DIR)) for each in (settings.BASE_DIR / "static/js").glob("*.js")
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_holds_no_words(name):
    assert SENTENCE.findall((settings.BASE_DIR / name).read_text()) == []


def test_a_sentence_in_a_script_is_found():
    assert SENTENCE.search('line.textContent = "Copy this";') and SENTENCE.search("tell(`not sent yet.`)")


def test_no_string_tears_an_element_apart():
    """A translator who moves words must not break the page."""
    for entry in polib.pofile(str(OURS)):
        opened = Counter(re.findall(r"<(?!br)(\w+)", entry.msgid))
        assert opened == Counter(re.findall(r"</(\w+)", entry.msgid)), entry.msgid
