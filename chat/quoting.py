"""An article as text that can be sent: its title with its numbered steps, or with its summary."""

import re

from django.utils.translation import gettext as _

from knowledge import markdown
from knowledge.models import Article

_STEPS = re.compile(r"(?:^\d+[.)] .*\n?(?:^[ \t]+\S.*\n?)*)+", re.MULTILINE)
_STEP = re.compile(r"^\d+[.)] (.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)


def quotation(article: Article) -> str:
    source = _("From the knowledge base, “%(title)s”:") % {"title": article.title}
    return "\n".join([source, *(steps(article.body) or [article.summary])])


def steps(body: str) -> list[str]:
    """The first numbered list of an article, numbered anew, as plain text."""
    found = _STEPS.search(body)
    texts = _STEP.findall(found[0]) if found else []
    return [f"{n}. {' '.join(markdown.strip(text).split())}" for n, text in enumerate(texts, 1)]
