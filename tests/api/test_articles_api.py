"""Writing articles through REST: trainers alone, each change a version."""

import pytest

from knowledge.models import Article

ARTICLES = "/api/v1/knowledge/articles"
TEXT = {
    "title": "Reset a token",
    "body": "# Steps\n\nAsk twice.",
    "category": "access",
    "credibility": "official",
    "tags": ["token"],
}


@pytest.fixture
def draft(api_as, trainer) -> dict:
    return api_as(trainer).post(ARTICLES, TEXT).json()


def test_a_draft_is_for_trainers_until_it_is_published(api_as, draft, trainer, learner):
    at, reader = f"{ARTICLES}/{draft['id']}", api_as(learner)
    assert (draft["slug"], draft["status"], draft["version"]) == ("reset-a-token", "draft", 1)
    assert reader.get(at).status_code == reader.patch(at, {"title": "Mine"}).status_code == 404

    assert api_as(trainer).post(f"{at}/publish").json()["status"] == "published"
    assert reader.get(at).status_code == 200
    assert reader.patch(at, {"title": "Mine"}).status_code == 403
    assert reader.post(f"{at}/publish").status_code == reader.post(ARTICLES, TEXT).status_code == 403


def test_each_change_is_a_version(api_as, draft, trainer):
    api, at = api_as(trainer), f"{ARTICLES}/{draft['id']}"
    assert api.patch(at, {"title": "Renew a token"}).json()["version"] == 2
    assert (
        api.patch(at, {"title": "Renew a token", "status": "published", "version": 9}).json()["version"] == 2
    )

    article = Article.objects.get()
    assert (article.title, article.slug, article.status) == ("Renew a token", "reset-a-token", "draft")
    assert [version.title for version in article.versions.all()] == ["Renew a token", "Reset a token"]
    assert article.versions.first().author == trainer


def test_what_is_wrong_is_named(api_as, draft, trainer):
    api = api_as(trainer)
    assert api.post(ARTICLES, TEXT).status_code == 409
    wrong = api.post(ARTICLES, {"category": "cooking", "tags": "vpn", "slug": "no slug", "body": "\0"})
    assert set(wrong.json()["details"]) == {"title", "body", "category", "credibility", "tags", "slug"}
