"""Research inside a session: as in the knowledge base, and recorded."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.errors import Missing
from chat.errors import Finished
from chat.selectors import research_trail
from chat.services import abandon, open_article, search_articles
from knowledge.models import Article
from tests.chat.talking import happened
from tests.conftest import NOW

LATER = NOW + timedelta(seconds=30)
RIGHT = "vpn-certificate-renewal"

pytestmark = pytest.mark.usefixtures("articles")


def search(session, query, **filters):
    return search_articles(session_id=session.pk, query=query, now=LATER, **filters)


def look_into(session, article):
    found = open_article(session_id=session.pk, article_id=article.pk, now=LATER)
    session.refresh_from_db()
    return found


def test_a_search_finds_and_is_an_event_with_what_it_found(open_session):
    hits = search(open_session, "certificate validation vpn")

    found = [hit.article.slug for hit in hits]
    assert RIGHT in found
    assert happened(open_session, "search") == [{"query": "certificate validation vpn", "found": found}]


def test_filters_narrow_it(open_session):
    hits = search(open_session, "vpn", credibility="official")

    assert hits and {hit.article.credibility for hit in hits} == {"official"}


@pytest.mark.parametrize("query", ["", "   ", "\0", "vpn\0", "'\"*()", "x" * 5000, "😀"])
def test_no_question_breaks_it(open_session, query):
    search(open_session, query)

    [event] = happened(open_session, "search")
    assert "\0" not in event["query"] and len(event["query"]) <= 200


def test_opening_an_article_is_an_event_and_lets_it_be_cited(open_session, articles):
    article = look_into(open_session, articles[RIGHT])
    look_into(open_session, articles[RIGHT])

    assert article.body
    assert open_session.desk["opened"] == [RIGHT]
    assert happened(open_session, "article")[0] == {
        "id": str(article.pk),
        "slug": RIGHT,
        "title": article.title,
        "credibility": article.credibility,
    }
    assert len(happened(open_session, "article")) == 2


def test_drafts_and_unknown_articles_are_not_there(open_session, articles):
    Article.objects.filter(slug=RIGHT).update(status="draft")

    with pytest.raises(Missing):
        look_into(open_session, articles[RIGHT])
    with pytest.raises(Missing):
        open_article(session_id=open_session.pk, article_id=uuid4(), now=LATER)

    assert happened(open_session, "article") == []


def test_the_trail_is_in_order(open_session, articles):
    search(open_session, "vpn")
    look_into(open_session, articles[RIGHT])
    search(open_session, "certificate")

    assert [(s["kind"], s.get("query") or s.get("slug")) for s in research_trail(open_session)] == [
        ("search", "vpn"),
        ("article", RIGHT),
        ("search", "certificate"),
    ]
    assert research_trail(open_session)[0]["at"] == "2026-03-02T09:00:30.000Z"


def test_a_finished_session_is_not_researched_any_more(open_session, articles):
    abandon(session_id=open_session.pk, now=LATER)

    for look in (lambda: search(open_session, "vpn"), lambda: look_into(open_session, articles[RIGHT])):
        with pytest.raises(Finished):
            look()
