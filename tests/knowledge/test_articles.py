"""Articles: every text is kept, files load safely, readers say what helped."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.errors import Forbidden, Missing, Unprocessable
from knowledge import services
from knowledge.markdown import render, render_with_headings, strip
from knowledge.models import Article, ArticleVersion, ImmutableError
from knowledge.selectors import ratings_of, related

FILE = """---
title: "Unlock an account"
summary: "After five wrong tries."
category: access
tags: [account, 0x1F]
credibility: official
updated: 2026-01-31
---

## Check

Look at the directory.
"""


@pytest.fixture
def pack(tmp_path, db):
    (tmp_path / "unlock-an-account.md").write_text(FILE)
    return tmp_path


def change(pack, old, new):
    path = pack / "unlock-an-account.md"
    path.write_text(path.read_text().replace(old, new))


def test_every_change_is_a_version_and_the_old_text_stays(write):
    write("Printer", body="Old.")
    article = write("Printer", body="New.")

    assert article.version == 2
    assert [version.body for version in article.versions.all()] == ["New.", "Old."]


def test_saving_the_same_text_makes_no_version(write):
    write("Printer")

    assert write("Printer").version == 1


def test_a_version_cannot_be_rewritten(write):
    version = write("Printer").versions.get()

    for attempt in (version.save, version.delete, ArticleVersion.objects.all().delete):
        with pytest.raises(ImmutableError):
            attempt()
    with pytest.raises(ImmutableError):
        ArticleVersion.objects.update(body="Other.")


def test_only_trainers_write(write, learner, trainer):
    draft = write("Printer", published=False)

    with pytest.raises(Forbidden):
        services.publish_article(article_id=draft.pk, author=learner)
    assert services.publish_article(article_id=draft.pk, author=trainer).is_published


def test_drafts_are_for_trainers(write, learner, trainer):
    draft = write("Printer", published=False)

    assert draft not in Article.objects.visible_to(learner)
    assert draft in Article.objects.visible_to(trainer)


def test_loading_a_folder_publishes_its_articles(pack, now):
    loaded = services.load_articles(path=pack, now=now)

    article = Article.objects.get()
    assert loaded == services.Loaded(new=1)
    assert (article.slug, article.tags, article.updated_on) == (
        "unlock-an-account", ["account", "0x1F"], date(2026, 1, 31),
    )  # fmt: skip
    assert article.is_published


def test_loading_again_changes_nothing(pack, now):
    services.load_articles(path=pack, now=now)

    assert services.load_articles(path=pack, now=now) == services.Loaded(unchanged=1)
    assert Article.objects.get().version == 1


def test_a_changed_file_is_a_new_version(pack, now):
    services.load_articles(path=pack, now=now)
    change(pack, "Look at", "Read")

    assert services.load_articles(path=pack, now=now) == services.Loaded(changed=1)
    assert Article.objects.get().version == 2


def test_loading_again_keeps_what_a_trainer_changed(pack, trainer, now):
    services.load_articles(path=pack, now=now)
    services.save_article(
        slug="unlock-an-account", title="Ours", body="Ours.", category="access", credibility="official",
        author=trainer, now=now,
    )  # fmt: skip
    services.withdraw_article(article_id=Article.objects.get().pk, author=trainer)

    services.load_articles(path=pack, now=now)

    assert Article.objects.get().title == "Ours"
    assert not Article.objects.get().is_published


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("category: access", "category: printers", "category: choose one of hardware"),
        ("credibility: official", "", "credibility: choose one of official"),
        ('title: "Unlock an account"', "title: [one, two]", "title: write a line of text"),
        ('summary: "After five', f'summary: "{"x" * 400}', "summary: shorten it to 400"),
        ("tags: [account, 0x1F]", "tags: account", "tags: write a list of words"),
        ("updated: 2026-01-31", "updated: yesterday", "updated: write the date"),
        ("updated:", "author: me\nupdated:", "author: there is no such field"),
        ("## Check\n\nLook at the directory.\n", "", "body: write the article"),
        ("---\ntitle", "title", "Begin the file with the front matter"),
        ("tags: [account", "tags: [[account", "line"),
    ],
)
def test_an_error_names_file_and_field_and_what_to_do(pack, now, old, new, told):
    (pack / "fine.md").write_text(FILE)
    change(pack, old, new)

    with pytest.raises(CommandError, match=r"unlock-an-account\.md: .*") as error:
        call_command("load_articles", str(pack))

    assert told in str(error.value)
    assert not Article.objects.exists()


def test_a_folder_without_articles_is_an_error(tmp_path, now, db):
    with pytest.raises(Unprocessable, match="no article here"):
        services.load_articles(path=tmp_path / "nowhere", now=now)


def test_a_file_that_is_not_text_is_an_error(pack, now):
    (pack / "picture.md").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(Unprocessable) as refusal:
        services.load_articles(path=pack, now=now)
    assert "UTF-8" in str(refusal.value.details)


def test_the_pack_that_ships_loads_and_searches(db, settings, capsys):
    call_command("load_articles", str(settings.BASE_DIR / "knowledge" / "pack"))

    assert Article.objects.published().count() >= 30
    assert all(len(article.body.split()) >= 200 for article in Article.objects.all())


def test_a_rating_can_be_changed_and_counts_once(write, learner, other_learner, now):
    article = write("Printer")
    for person, helpful in ((learner, True), (other_learner, True), (learner, False)):
        services.rate_article(article_id=article.pk, user=person, helpful=helpful, now=now)

    assert ratings_of(article, learner) == {"total": 2, "helpful": 1, "mine": False}


def test_a_draft_cannot_be_rated(write, learner, now):
    draft = write("Printer", published=False)

    with pytest.raises(Missing):
        services.rate_article(article_id=draft.pk, user=learner, helpful=True, now=now)


def test_related_articles_are_about_the_same_and_not_itself(write):
    article = write("Printer offline")
    other = write("Printer jam")
    write("Mailbox full")

    assert related(article) == [other]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<a onclick="x()">x</a>',
        "![x](https://example.com/x.png)",
        "<style>p{}</style>",
    ],
)
def test_markdown_cannot_smuggle_anything_in(text):
    html = render(text)

    assert not any(tag in html for tag in ("<script", "<style", "<img", 'href="javascript', "<a onclick"))


def test_headings_begin_below_the_page_title_and_have_anchors_of_their_own():
    rendered = render_with_headings("# Check\n\n## Check\n\n## Do `it`\n")

    assert [(h.level, h.text, h.anchor) for h in rendered.headings] == [
        (2, "Check", "check"),
        (3, "Check", "check-1"),
        (3, "Do it", "do-it"),
    ]
    assert '<h3 id="check-1">Check</h3>' in rendered.html


@pytest.mark.parametrize(
    ("under", "written", "levels"),
    [
        (1, "## a\n#### b\n### c\n## d", [2, 3, 3, 2]),
        (3, "## a\n### b\n## c", [4, 5, 4]),
        (3, "### a\n# b\n###### c", [4, 4, 5]),
        (5, "# a\n## b", [6, 6]),
    ],
)
def test_no_level_of_headings_is_skipped(under, written, levels):
    assert [heading.level for heading in render_with_headings(written, under=under).headings] == levels


def test_stripping_leaves_the_words():
    assert strip("## Go\n\n1. Open **the** [page](https://example.com)\n").split() == [
        "Go",
        "Open",
        "the",
        "page",
    ]
