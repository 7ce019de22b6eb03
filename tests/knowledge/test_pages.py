"""The pages of the knowledge base, as a reader without script meets them."""

from datetime import date
from html import unescape

import pytest

from knowledge.models import MEANINGS, ArticleRating


def test_a_visitor_is_asked_to_sign_in(client, shelf):
    assert client.get("/knowledge/").status_code == 302
    assert client.get(shelf[0].get_absolute_url()).status_code == 302


def test_without_a_question_all_articles_are_listed(as_, learner, shelf):
    page = as_(learner).get("/knowledge/").content.decode()

    assert "3 articles" in page
    assert all(article.title in page for article in shelf)


def test_search_and_filters_live_in_the_address(as_, learner, shelf):
    page = as_(learner).get("/knowledge/?q=pasword&credibility=community").content.decode()

    assert "1 result for" in page
    assert "<strong>password</strong> instead of “pasword”" in page
    assert "Reset a forgotten <mark>" not in page
    assert "<mark>password</mark>" in page
    assert '<option value="community" selected>' in page
    assert "Community" in page


def test_an_empty_answer_says_what_to_do(as_, learner, shelf):
    browser = as_(learner)

    assert "Nothing found" in browser.get("/knowledge/?q=zzzz").content.decode()
    wider = browser.get("/knowledge/?q=vpn&category=security").content.decode()
    assert "Search everywhere" in wider
    assert 'href="/knowledge/?q=vpn"' in wider or 'href="?q=vpn"' in wider


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%22", "q=" + "x" * 5000, "category=nope", "page=no", "page=99&q=vpn"]
)
def test_odd_addresses_are_answered(as_, learner, shelf, query):
    assert as_(learner).get(f"/knowledge/?{query}").status_code == 200


def test_long_lists_have_pages(as_, learner, write):
    for number in range(25):
        write(f"Printer {number:02}")
    browser = as_(learner)

    assert "Page 1 of 2" in browser.get("/knowledge/?q=printer").content.decode()
    assert "Printer 24" in browser.get("/knowledge/?page=2").content.decode()


def test_drafts_are_shown_to_trainers_alone(as_, learner, trainer, write):
    draft = write("Secret plan", published=False)

    assert as_(learner).get(draft.get_absolute_url()).status_code == 404
    assert "Secret plan" not in as_(learner).get("/knowledge/").content.decode()
    assert "Draft" in as_(trainer).get(draft.get_absolute_url()).content.decode()


def test_an_article_has_contents_badge_date_and_relatives(as_, learner, shelf, write):
    write("VPN from a hotel")
    page = as_(learner).get(shelf[0].get_absolute_url()).content.decode()

    assert '<a href="#renew">Renew</a>' in page
    assert (
        '<h2 id="renew">Renew <a class="anchor" href="#renew" aria-label="Link to “Renew”">#</a></h2>' in page
    )
    assert "1 February 2026" in page
    assert "Official" in page
    assert "VPN from a hotel" in page


@pytest.mark.parametrize(
    ("credibility", "told"), [("outdated", "Outdated."), ("community", "From the community.")]
)
def test_what_needs_care_says_so(as_, learner, write, credibility, told):
    article = write("Printer", credibility=credibility)

    assert told in as_(learner).get(article.get_absolute_url()).content.decode()


def test_official_articles_carry_no_warning(as_, learner, write):
    assert "callout" not in as_(learner).get(write("Printer").get_absolute_url()).content.decode()


def test_a_reader_says_whether_it_helped(as_, learner, shelf):
    url = shelf[0].get_absolute_url()

    page = as_(learner).post(f"{url}rating/", {"helpful": "yes"}, follow=True).content.decode()

    assert "1 of 1 reader found it helpful." in page and "You said yes; you can change your mind." in page


def test_with_script_the_answer_is_that_part_of_the_page_alone(as_, learner, shelf):
    browser, url = as_(learner), f"{shelf[0].get_absolute_url()}rating/"
    for answer in ("yes", "no"):
        part = browser.post(url, {"helpful": answer}, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part and "0 of 1 reader found it helpful." in part and "You said no" in part
    assert 'id="helpful-no" name="helpful" value="no" aria-pressed="true"' in part
    assert ArticleRating.objects.get().helpful is False, "one answer per reader"


def test_contents_go_two_levels_deep(as_, learner, write):
    article = write("Printer", body="## One\n\n### Two & <b>\n\n#### Three\n\n## One\n")
    page = as_(learner).get(article.get_absolute_url()).content.decode()

    assert '<li data-level="3"><a href="#two-b">Two &amp; &lt;b&gt;</a></li>' in page
    assert page.count('<li data-level="2"><a href="#one') == 2 and page.count('"#one"') == 2, "each its own"
    assert 'data-level="4"' not in page
    assert 'aria-label="Link to “Two &amp; &lt;b&gt;”"' in page


@pytest.mark.parametrize("credibility", ["official", "vendor", "community", "outdated"])
def test_an_article_says_how_far_to_trust_it(as_, learner, write, credibility):
    article = write("Printer", credibility=credibility)

    page = unescape(as_(learner).get(article.get_absolute_url()).content.decode())
    assert str(MEANINGS[credibility]) in page
    assert str(MEANINGS[credibility]) in unescape(as_(learner).get("/knowledge/").content.decode())


def test_the_latest_can_come_first(as_, learner, write):
    write("Aged", updated_on=date(2020, 1, 1))
    write("Young", updated_on=date(2026, 1, 1))
    browser = as_(learner)

    for query, first in (("", "Aged"), ("?sort=-updated_on", "Young"), ("?sort=body", "Aged")):
        assert browser.get(f"/knowledge/{query}").context["page"][0].title == first


@pytest.mark.parametrize("name", ["category", "credibility", "sort"])
def test_a_choice_that_does_not_exist_is_left_out_and_said(as_, learner, shelf, name):
    page = as_(learner).get(f"/knowledge/?{name}=nope").content.decode()

    assert "3 articles" in page and "“nope” is not a choice here, so it was left out." in page


def test_an_answer_must_be_yes_or_no(as_, learner, shelf):
    as_(learner).post(f"{shelf[0].get_absolute_url()}rating/", {"helpful": "perhaps"})

    assert not ArticleRating.objects.exists()


@pytest.mark.parametrize("address", ["/knowledge/", "/knowledge/?q=printer"])
def test_lists_cost_the_same_for_few_and_many(as_, learner, write, django_assert_max_num_queries, address):
    browser = as_(learner)
    write("Printer")
    browser.get(address)
    with django_assert_max_num_queries(100) as few:
        browser.get(address)
    for number in range(15):
        write(f"Printer {number}")
    browser.get(address)
    with django_assert_max_num_queries(100) as many:
        browser.get(address)

    assert len(few) == len(many)
