"""Achievements: rows that trainers edit, earned by quality and variety."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gamification.measures import MEASURES, record_of
from gamification.models import Achievement, EarnedAchievement
from gamification.selectors import badges_of, next_badges
from tests.conftest import NOW
from tests.gamification.conftest import CRITICAL

DAY = timedelta(days=1)


def slugs(person):
    return set(EarnedAchievement.objects.filter(user=person).values_list("achievement__slug", flat=True))


def measured(person):
    record = record_of(person)
    return {name: rule(record) for name, rule in MEASURES.items() if rule(record)}


def test_there_are_some_to_begin_with_and_each_can_be_measured(db):
    achievements = Achievement.objects.all()
    for achievement in achievements:
        achievement.full_clean()
    used = {c["measure"] for achievement in achievements for c in achievement.criteria}
    assert len(achievements) >= 24 and used == MEASURES.keys()
    assert {a.tier for a in achievements} == {"bronze", "silver", "gold", "platinum"}
    assert (
        len({a.position for a in achievements}) == len({a.title for a in achievements}) == len(achievements)
    )


def test_a_pass_is_the_first(learner, earn):
    assert earn(learner, 59).achievements == []
    assert earn(learner, 60, at=NOW + DAY).achievements == ["first-ticket"]
    assert earn(learner, 65, at=NOW + 2 * DAY).achievements == [], "each is earned once"
    assert [n.title for n in learner.notices.filter(kind="achievement")] == ["First ticket home"]


def test_quality_is_rewarded_by_dimension(learner, earn):
    earn(learner, 90, communication=92, documentation=90, verification=100, efficiency=100)
    assert slugs(learner) == {"first-ticket", "plain-speaker", "root-cause"}


def test_a_critical_fail_counts_for_nothing(learner, earn):
    earn(learner, 95, communication=95, caps=[CRITICAL])
    assert measured(learner) == {} and slugs(learner) == set()


def test_an_impostor_refused(learner, earn, scenarios):
    earn(learner, 80, scenario=scenarios["new-phone-urgent"], outcome="")
    assert "not-today" not in slugs(learner)
    earn(learner, 80, scenario=scenarios["new-phone-urgent"], outcome="refused", at=NOW + DAY)
    assert "not-today" in slugs(learner)


def test_handed_over_where_that_was_right(learner, earn, scenarios):
    outage = scenarios["branch-office-crawl"]
    goal = next(iter(outage.current_version.world().goals))
    earn(learner, 80, scenario=outage, outcome=goal)
    assert "good-handover" in slugs(learner)


def test_beating_ones_own_best_by_ten(learner, earn):
    earn(learner, 60)
    earn(learner, 69, at=NOW + DAY)
    assert "second-look" not in slugs(learner)
    earn(learner, 79, at=NOW + 2 * DAY)
    assert "second-look" in slugs(learner)


def test_all_criteria_must_hold_and_inactive_ones_are_not_given(learner, earn):
    both = [{"measure": "passes", "at_least": 1}, {"measure": "improvements", "at_least": 1}]
    Achievement.objects.create(slug="both", title="Both", icon="star", criteria=both)
    Achievement.objects.filter(slug="first-ticket").update(is_active=False)

    earn(learner, 60)
    assert slugs(learner) == set()
    earn(learner, 75, at=NOW + DAY)
    assert slugs(learner) == {"both", "second-look"}


def test_the_open_ones_show_how_far_it_is(learner, earn):
    earn(learner, 90, documentation=95, verification=90)
    badges = badges_of(learner)

    assert [b.achievement.slug for b in badges if b.is_earned] == ["first-ticket"]
    notes = next(b for b in badges if b.achievement.slug == "clean-notes")
    assert (notes.have, notes.need, notes.earned_at) == (1, 5, None)
    assert next_badges(badges)[0].achievement.slug == "who-goes-there"


def test_a_withdrawn_one_stays_with_its_owner(learner, other_learner, earn):
    earn(learner, 80)
    Achievement.objects.filter(slug="first-ticket").update(is_active=False)

    assert "first-ticket" in {b.achievement.slug for b in badges_of(learner)}
    assert "first-ticket" not in {b.achievement.slug for b in badges_of(other_learner)}


def test_one_that_is_newer_than_the_record_comes_with_the_next_score(as_, learner, earn):
    earn(learner, 80)
    passed = [{"measure": "passes", "at_least": 1}]
    Achievement.objects.create(slug="new", title="New", description="New.", icon="star", criteria=passed)

    badges = badges_of(learner)
    new = next(b for b in badges if b.achievement.slug == "new")
    assert new.is_reached and new not in next_badges(badges, most=99)
    assert "Reached: your next scored exam brings it." in as_(learner).get("/achievements/").content.decode()
    assert "new" in earn(learner, 61, at=NOW + DAY).achievements


def test_the_page_shows_mine_and_the_way_to_the_rest(as_, learner, earn):
    earn(learner, 80, documentation=95)
    page = as_(learner).get("/achievements/").content.decode()

    assert "1 of 34 earned" in page
    assert 'data-earned="true"' in page and "Earned <time" in page
    assert '<progress max="5" value="1" aria-label="Clean notes">' in page


def test_over_rest(api_as, learner, earn):
    earn(learner, 80)
    body = api_as(learner).get("/api/v1/achievements?limit=2").json()

    assert body["meta"] == {"page": 1, "limit": 2, "total": 34, "totalPages": 17}
    first, second = body["data"]
    assert first["slug"] == "first-ticket" and first["earnedAt"] == "2026-03-02T09:00:00Z"
    assert (second["have"], second["earnedAt"]) == (0, None) and second["need"] >= 1


def test_as_many_queries_for_few_rows_as_for_many(as_, learner, earn):
    browser, counts = as_(learner), []
    for runs in (range(10), range(10, 30)):
        for number in runs:
            earn(learner, 50 + number, at=NOW + number * DAY)
            criteria = [{"measure": "passes", "at_least": number + 1}]
            Achievement.objects.create(slug=f"a{number}", title="More", icon="star", criteria=criteria)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/achievements/")
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


@pytest.mark.parametrize(
    "criteria",
    [
        [],
        {},
        "passes",
        [{"measure": "passes"}],
        [{"measure": "logins", "at_least": 1}],
        [{"measure": ["passes"], "at_least": 1}],
        [{"measure": "passes", "at_least": 0}],
        [{"measure": "passes", "at_least": True}],
        [{"measure": "passes", "at_least": 1, "more": 2}],
    ],
)
def test_criteria_that_cannot_be_read_are_not_saved(db, criteria):
    with pytest.raises(ValidationError) as refused:
        Achievement(slug="x", title="X", description="X.", icon="star", criteria=criteria).full_clean()
    assert set(refused.value.message_dict) == {"criteria"}


def test_an_icon_must_exist(db):
    criteria = [{"measure": "passes", "at_least": 1}]
    with pytest.raises(ValidationError, match="heroicon"):
        Achievement(slug="x", title="X", description="X.", icon="unicorn", criteria=criteria).full_clean()


class TestAdmin:
    def test_a_trainer_edits_them(self, as_, trainer):
        browser, row = as_(trainer), Achievement.objects.get(slug="clean-notes")
        address = f"/admin/gamification/achievement/{row.pk}/change/"
        assert "Different tickets documented at 90 or more." in browser.get(address).content.decode()

        sent = {
            "slug": row.slug,
            "title": "Tidy notes",
            "description": row.description,
            "icon": row.icon,
            "tier": "gold",
            "criteria": '[{"measure": "clean_notes", "at_least": 3}]',
            "is_active": "on",
            "position": 5,
        }
        answer = browser.post(address, sent | {"criteria": '[{"measure": "x", "at_least": 3}]'})
        assert answer.status_code == 200 and "There is no measure" in answer.content.decode()
        assert browser.post(address, sent).status_code == 302
        row.refresh_from_db()
        assert (row.title, row.criteria) == ("Tidy notes", [{"measure": "clean_notes", "at_least": 3}])

    def test_lists_are_filtered_and_searched(self, as_, admin, learner, earn):
        earn(learner, 80)
        browser = as_(admin)
        for page, query in (
            ("achievement", "tier__exact=gold"),
            ("earnedachievement", "achievement__tier__exact=bronze"),
            ("xpentry", "kind__exact=score"),
            ("reward", "level_after=1"),
        ):
            assert browser.get(f"/admin/gamification/{page}/?{query}&q=lena").status_code == 200

    def test_the_ledger_is_only_looked_at_and_by_administrators(self, as_, admin, trainer, learner, earn):
        earn(learner, 80)
        assert as_(trainer).get("/admin/gamification/xpentry/").status_code == 403
        browser = as_(admin)
        for page in ("xpentry", "reward", "earnedachievement"):
            assert browser.get(f"/admin/gamification/{page}/add/").status_code == 403
