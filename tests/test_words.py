"""Every string of the pages can be translated."""

import pytest
from django.conf import settings

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
