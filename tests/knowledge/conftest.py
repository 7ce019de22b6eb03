"""A shelf of three articles that mean different things, and the pen to write more."""

from datetime import date

import pytest

from knowledge import services
from knowledge.models import Article
from tests.conftest import NOW


@pytest.fixture
def write(db):
    """`write("VPN certificate", body="…")`: a published article; anything else may be named."""

    def write(title: str, *, published: bool = True, **text) -> Article:
        slug = text.pop("slug", title.lower().replace(" ", "-"))
        defaults = {
            "body": "## Steps\n\nDo this, then that.\n",
            "category": "access",
            "credibility": "official",
            "updated_on": date(2026, 2, 1),
        }
        article = services.save_article(slug=slug, title=title, **(defaults | text), now=NOW)
        return services.publish_article(article_id=article.pk) if published else article

    return write


@pytest.fixture
def shelf(write) -> list[Article]:
    return [
        write(
            "Renew the VPN certificate",
            summary="The tunnel closes when its certificate has expired.",
            body="## Check\n\nOpen the client and read the date.\n\n## Renew\n\nSend a *new* certificate.\n",
            category="network",
            tags=["vpn", "certificate"],
        ),
        write(
            "Clear the print spooler",
            body="## Stop\n\nStop the service. The queue of the printer must be empty. Passwords are not needed.\n",
            category="hardware",
            credibility="vendor",
        ),
        write(
            "Reset a forgotten password",
            body="## Verify\n\nAsk who is calling.\n\n## Reset\n\nGive a temporary password.\n",
            credibility="community",
        ),
    ]
