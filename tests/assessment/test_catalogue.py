"""The catalogue and the briefing: what is shown, what is locked, and what never leaves."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from chat.models import Session
from scenarios.models import Scenario
from tests.assessment.hidden import hidden_words
from tests.assessment.many import twins

LOCKED, BEFORE = "branch-office-crawl", "prints-vanish"


@pytest.fixture
def browser(as_, learner):
    return as_(learner)


@pytest.fixture
def pair(open_catalogue) -> tuple[Scenario, Scenario]:
    """A scenario, and one that it unlocks."""
    first, second = open_catalogue[BEFORE], open_catalogue[LOCKED]
    second.prerequisites.set([first])
    return first, second


def shown(page) -> list[str]:
    return [scenario.slug for scenario in page.context["page"]]


def text(page) -> str:
    """The page as read: white space counts once."""
    return " ".join(unescape(page.content.decode()).split())


def test_a_visitor_is_asked_to_sign_in(client, scenarios):
    assert client.get("/catalogue/").status_code == 302
    assert client.get(f"/catalogue/{BEFORE}/").status_code == 302


def test_a_card_shows_what_one_chooses_by(browser, learner, open_catalogue, finish):
    scenario = open_catalogue[BEFORE]
    finish(learner, scenario, 71.5)
    finish(learner, scenario, 82.25)
    page = text(browser.get("/catalogue/?q=" + scenario.title.split()[0]))

    for part in (scenario.title, scenario.summary, scenario.get_difficulty_display(), "82.25"):
        assert part in page
    assert f"{scenario.estimated_time} min" in page
    assert f"{scenario.xp_reward} XP" in page


def test_starters_come_first(browser, open_catalogue):
    page = browser.get("/catalogue/")

    ranks = ["starter", "intermediate", "advanced"]
    order = [ranks.index(scenario.difficulty) for scenario in page.context["page"]]
    assert order == sorted(order)
    assert len(order) == 6


def test_a_locked_card_says_what_is_missing(browser, pair):
    first, second = pair
    link = f'Complete first: “<a href="/catalogue/{first.slug}/">{first.title}</a>”'

    assert link in text(browser.get("/catalogue/"))
    briefing = text(browser.get(f"/catalogue/{second.slug}/"))
    assert link in briefing
    assert 'name="mode"' not in briefing


def test_a_right_end_unlocks_and_a_wrong_one_does_not(browser, learner, pair, finish):
    first, second = pair
    finish(learner, first, 35, outcome="")
    assert "Locked" in text(browser.get(f"/catalogue/{second.slug}/"))

    finish(learner, first, 75)
    page = text(browser.get(f"/catalogue/{second.slug}/"))
    assert "Locked" not in page
    assert "Completed" in page


def test_another_persons_work_unlocks_nothing(browser, other_learner, pair, finish):
    first, second = pair
    finish(other_learner, first, 90)
    page = browser.get("/catalogue/")

    cards = {scenario.slug: scenario for scenario in page.context["page"]}
    assert not cards[second.slug].is_unlocked
    assert cards[first.slug].best_score is None


@pytest.mark.parametrize("difficulty", ["starter", "intermediate", "advanced"])
def test_cards_are_filtered_by_difficulty(browser, open_catalogue, difficulty):
    page = browser.get(f"/catalogue/?difficulty={difficulty}")

    assert {scenario.difficulty for scenario in page.context["page"]} == {difficulty}
    assert f'<option value="{difficulty}" selected>' in text(page)


def test_filters_add_up_and_live_in_the_address(browser, learner, open_catalogue, finish):
    done = open_catalogue[BEFORE]
    finish(learner, done, 75)

    assert shown(browser.get("/catalogue/?completed=true")) == [BEFORE]
    assert BEFORE not in shown(browser.get("/catalogue/?completed=false"))
    assert shown(browser.get(f"/catalogue/?completed=true&category={done.category}")) == [BEFORE]
    assert shown(browser.get("/catalogue/?q=PRINT+vanish")) == [BEFORE]


def test_practice_gives_no_best_score(browser, learner, open_catalogue, finish):
    finish(learner, open_catalogue[BEFORE], 99, mode="practice")

    assert browser.get(f"/catalogue/{BEFORE}/").context["scenario"].best_score is None


def test_nothing_found_offers_the_way_back(browser, scenarios):
    page = text(browser.get("/catalogue/?q=zebra"))

    assert "No scenario fits" in page
    assert 'href="/catalogue/">Clear filters' in page


def test_found_ones_are_counted_and_filters_cleared_at_once(browser, open_catalogue):
    page = text(browser.get("/catalogue/?difficulty=starter&q=print&sort=newest"))

    assert "1 scenario " in page
    assert 'href="?sort=newest">Clear filters' in page


@pytest.mark.parametrize(
    "query, told",
    [("completed=true", "Nothing completed here yet"), ("completed=false&q=zebra", "Nothing is left here")],
)
def test_an_empty_filter_says_why(browser, open_catalogue, query, told):
    assert told in text(browser.get(f"/catalogue/?{query}"))


def test_orders(browser, learner, open_catalogue, finish):
    good, poor = open_catalogue[BEFORE], open_catalogue["vpn-will-not-connect"]
    finish(learner, good, 90)
    finish(learner, poor, 30)
    Scenario.objects.filter(pk=poor.pk).update(created_at=timezone.now() + timedelta(days=9))

    assert shown(browser.get("/catalogue/?sort=-best"))[:2] == [good.slug, poor.slug]
    assert shown(browser.get("/catalogue/?sort=best"))[:2] == [poor.slug, good.slug]
    assert shown(browser.get("/catalogue/?sort=newest"))[0] == poor.slug
    easiest = shown(browser.get("/catalogue/?sort=difficulty"))
    assert shown(browser.get("/catalogue/?sort=-difficulty")) == easiest[::-1]
    recommended = browser.get("/catalogue/")
    assert shown(recommended)[0] == recommended.context["next"].scenario.slug


@pytest.mark.parametrize("query", ["sort=password", "difficulty=nope", "category=%00", "completed=perhaps"])
def test_a_choice_that_does_not_exist_is_left_out_and_said(browser, open_catalogue, query):
    page = browser.get(f"/catalogue/?{query}")

    assert len(shown(page)) == 6
    assert "is not a choice here, so it was left out." in text(page)


def test_an_empty_catalogue_says_so(browser):
    assert "No scenarios yet" in text(browser.get("/catalogue/"))


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%25", "q=" + "x" * 5000, "difficulty=nope", "completed=perhaps", "page=no", "page=99"],
)
def test_odd_addresses_are_answered(browser, scenarios, query):
    assert browser.get(f"/catalogue/?{query}").status_code == 200


def test_withdrawn_scenarios_are_gone(browser, scenarios):
    Scenario.objects.filter(slug=BEFORE).update(is_active=False)

    assert BEFORE not in shown(browser.get("/catalogue/"))
    assert browser.get(f"/catalogue/{BEFORE}/").status_code == 404
    assert browser.post(f"/catalogue/{BEFORE}/start/").status_code == 404


def test_the_next_one_is_recommended_with_its_reason(browser, learner, open_catalogue, finish):
    assert "next starter scenario that you have not completed" in text(browser.get("/catalogue/"))

    for scenario in open_catalogue.values():
        finish(learner, scenario, 90)
    page = browser.get("/catalogue/")
    assert page.context["next"].reason in text(page)


def test_the_briefing_says_what_may_be_said_beforehand(browser, scenarios):
    scenario = scenarios[BEFORE]
    world = scenario.current_version.world()
    page = browser.get(f"/catalogue/{BEFORE}/")

    for part in (scenario.summary, world.ticket.opening, world.customer.name, "First response"):
        assert part in text(page)


def test_the_ticket_is_as_the_briefing_says_on_every_try(browser, learner, open_catalogue, finish):
    """Variants, drawn values and dates included."""
    for scenario in open_catalogue.values():
        for _ in range(3):
            page = browser.get(f"/catalogue/{scenario.slug}/")
            browser.post(f"/catalogue/{scenario.slug}/start/", {"mode": "practice"})
            session = Session.objects.active().get()
            opening = session.messages.get(seq=1).text
            due = session.ticket.resolution_due - session.started_at
            assert (page.context["opening"], page.context["targets"].target_min) == (
                opening,
                due.seconds // 60,
            )
            assert browser.get(f"/catalogue/{scenario.slug}/").context["opening"] == opening, (
                "while it runs too"
            )
            Session.objects.filter(pk=session.pk).update(status="abandoned")


@pytest.mark.parametrize("slug", ["locked-out-monday", "new-phone-urgent", "vpn-will-not-connect"])
def test_the_hidden_part_never_leaves(browser, scenarios, slug):
    pages = text(browser.get(f"/catalogue/{slug}/")) + text(browser.get("/catalogue/"))

    for words in hidden_words(scenarios[slug]):
        assert words not in pages


def test_the_briefing_lists_own_attempts_with_their_debriefs(browser, learner, other_learner, pair, finish):
    first, _ = pair
    mine = finish(learner, first, 82)
    waiting = finish(learner, first)
    finish(other_learner, first, 13)
    page = text(browser.get(f"/catalogue/{first.slug}/"))

    assert f"/sessions/{mine.pk}/debrief/" in page
    assert f"/sessions/{waiting.pk}/debrief/" in page
    assert "on its way" in page
    assert ">13<" not in page


def test_start_opens_the_workbench(browser, learner, open_catalogue):
    answer = browser.post(f"/catalogue/{BEFORE}/start/", {"mode": "practice"})

    session = Session.objects.get()
    assert (session.learner, session.mode) == (learner, "practice")
    assert answer["Location"] == f"/sessions/{session.pk}/"


def test_what_runs_is_continued(browser, open_catalogue):
    browser.post(f"/catalogue/{BEFORE}/start/", {"mode": "exam"})
    session = Session.objects.get()

    assert browser.post(f"/catalogue/{BEFORE}/start/")["Location"] == f"/sessions/{session.pk}/"
    assert f'href="/sessions/{session.pk}/">Continue' in text(browser.get(f"/catalogue/{BEFORE}/"))
    assert "Running" in text(browser.get("/catalogue/"))


def test_a_locked_one_does_not_start(browser, pair):
    page = browser.post(f"/catalogue/{LOCKED}/start/", {"mode": "exam"}, follow=True)

    assert f"First complete: {pair[0].title}." in text(page)
    assert not Session.objects.exists()


def test_start_is_no_link(browser, open_catalogue):
    assert browser.get(f"/catalogue/{BEFORE}/start/").status_code == 405


def test_the_catalogue_costs_the_same_for_few_and_many(
    browser, learner, open_catalogue, finish, django_assert_max_num_queries
):
    scenario = open_catalogue[BEFORE]
    finish(learner, scenario, 80)
    for twin in twins(scenario, range(4)):
        finish(learner, twin, 80, outcome="")
    browser.get("/catalogue/")  # notes once that these scores were seen
    with django_assert_max_num_queries(100) as ten:
        assert browser.get("/catalogue/").context["page"].paginator.count == 10
    twins(scenario, range(4, 34))
    with django_assert_max_num_queries(100) as forty:
        assert browser.get("/catalogue/").context["page"].paginator.count == 40

    assert len(ten) == len(forty)


def test_a_briefing_costs_the_same_for_few_and_many_attempts(
    browser, learner, open_catalogue, finish, django_assert_max_num_queries
):
    for _ in range(2):
        finish(learner, open_catalogue[BEFORE], 80)
    browser.get(f"/catalogue/{BEFORE}/")
    with django_assert_max_num_queries(100) as few:
        browser.get(f"/catalogue/{BEFORE}/")
    for _ in range(8):
        finish(learner, open_catalogue[BEFORE], 80)
    browser.get(f"/catalogue/{BEFORE}/")  # notes once that these scores were seen
    with django_assert_max_num_queries(100) as many:
        browser.get(f"/catalogue/{BEFORE}/")

    assert len(few) == len(many)


def test_a_withdrawn_prerequisite_locks_nothing(browser, pair):
    first, second = pair
    first.is_active = False
    first.save()

    assert 'name="mode"' in text(browser.get(f"/catalogue/{second.slug}/"))


@pytest.mark.parametrize(
    ("query", "mode"), [("", "exam"), ("?mode=practice", "practice"), ("?mode=x", "exam")]
)
def test_the_mode_that_a_link_promised_is_chosen(browser, open_catalogue, query, mode):
    page = browser.get(f"/catalogue/{BEFORE}/{query}").content.decode()
    assert re.findall(r'name="mode" id="(\w+)"[^>]* checked', page) == [mode]


def test_a_newcomer_is_promised_practice_and_gets_it(browser, open_catalogue):
    [link] = re.findall(r'href="([^"]*mode=practice)"', browser.get("/dashboard/").content.decode())
    assert 'id="practice" value="practice" aria-describedby="practice-help" checked' in (
        browser.get(link).content.decode()
    )
