"""Trainers write, publish and look back in the admin."""

from knowledge.models import Article

TEXT = {
    "title": "Printer jam",
    "slug": "printer-jam",
    "summary": "Paper stuck.",
    "body": "## Open\n\nOpen the lid.",
    "category": "hardware",
    "tags": "printer, paper",
    "credibility": "official",
    "updated_on": "2026-03-02",
    "versions-TOTAL_FORMS": 0,
    "versions-INITIAL_FORMS": 0,
}


def test_a_trainer_writes_a_draft_with_a_version(as_, trainer):
    answer = as_(trainer).post("/admin/knowledge/article/add/", TEXT)

    article = Article.objects.get()
    assert answer.status_code == 302
    assert (article.tags, article.status, article.version) == (["printer", "paper"], "draft", 1)
    assert article.versions.get().author == trainer


def test_editing_makes_a_version_and_keeps_the_slug(as_, trainer, write):
    article = write("Printer jam")
    changed = TEXT | {"slug": "other", "versions-TOTAL_FORMS": 0}

    as_(trainer).post(f"/admin/knowledge/article/{article.pk}/change/", changed)

    article.refresh_from_db()
    assert (article.slug, article.version, article.summary) == ("printer-jam", 2, "Paper stuck.")


def test_publish_and_withdraw_are_actions(as_, trainer, write):
    article = write("Printer jam", published=False)

    for action, status in (("publish", "published"), ("withdraw", "draft")):
        as_(trainer).post(
            "/admin/knowledge/article/", {"action": action, "_selected_action": [str(article.pk)]}
        )
        article.refresh_from_db()
        assert article.status == status


def test_lists_filter_and_search(as_, trainer, shelf):
    page = as_(trainer).get("/admin/knowledge/article/?q=vpn&credibility__exact=official").content.decode()

    assert "Renew the VPN certificate" in page
    assert "Clear the print spooler" not in page


def test_history_can_be_seen_but_not_changed(as_, trainer, shelf):
    browser, version = as_(trainer), shelf[0].versions.get()

    assert browser.get(f"/admin/knowledge/articleversion/{version.pk}/change/").status_code == 200
    assert (
        browser.post(f"/admin/knowledge/articleversion/{version.pk}/change/", {"title": "x"}).status_code
        == 403
    )
    assert browser.get("/admin/knowledge/articleversion/add/").status_code == 403
    assert browser.post(f"/admin/knowledge/article/{shelf[0].pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_admin_is_not_for_learners(as_, learner, shelf):
    assert as_(learner).get("/admin/knowledge/article/").status_code == 302


def test_every_page_of_the_admin_opens(as_, trainer, shelf):
    browser = as_(trainer)
    for path in (
        "article/",
        "article/add/",
        f"article/{shelf[0].pk}/change/",
        "articleversion/",
        "articlerating/",
    ):
        assert browser.get(f"/admin/knowledge/{path}").status_code == 200
