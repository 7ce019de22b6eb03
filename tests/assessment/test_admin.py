"""Scores in the admin: facts for administrators, and what is owed tried again at once."""

import pytest

from accounts.models import AuditEvent
from accounts.services import key_of
from assessment.models import Assessment, Contest, Override, Revision
from tests.conftest import NOW

ADMIN = "/admin/assessment/assessment/"


@pytest.fixture
def owed(learner, open_catalogue, finish) -> Assessment:
    """Failed, with its next attempt far away."""
    session = finish(learner, open_catalogue["prints-vanish"])
    session.resolution = {"type": "resolved", "documentation": {}, "cited": []}
    session.save()
    return Assessment.objects.create(session=session, status="failed", attempts=3, last_error="KeyError: x")


@pytest.fixture
def scored(learner, open_catalogue, finish) -> Assessment:
    return finish(learner, open_catalogue["locked-out-monday"], 82.5).assessment


@pytest.mark.parametrize("who", ["learner", "coach", "manager", "trainer"])
def test_scores_are_for_administrators(request, as_, scored, who):
    browser = as_(request.getfixturevalue(who))

    assert browser.get(ADMIN).status_code in (302, 403)
    assert browser.get(f"{ADMIN}{scored.pk}/change/").status_code in (302, 403)


def test_they_are_filtered_and_searched(as_, admin, owed, scored):
    browser = as_(admin)

    assert browser.get(f"{ADMIN}?status__exact=failed").context["cl"].result_count == 1
    assert browser.get(f"{ADMIN}?session__mode__exact=practice").context["cl"].result_count == 0
    assert browser.get(f"{ADMIN}?q=Lock").context["cl"].result_count == 1


def test_they_cannot_be_changed(as_, admin, scored):
    assert as_(admin).post(f"{ADMIN}{scored.pk}/change/", {"overall": 100}).status_code == 403
    assert as_(admin).post(f"{ADMIN}{scored.pk}/delete/", {"post": "yes"}).status_code == 403


def test_looking_at_one_is_noted(as_, admin, scored):
    assert as_(admin).get(f"{ADMIN}{scored.pk}/change/").status_code == 200

    event = AuditEvent.objects.get(action="assessment.viewed")
    assert (event.actor, event.object_id) == (key_of(admin), str(scored.pk))


def test_owed_ones_are_scored_now_and_others_stay(as_, admin, owed, scored):
    chosen = {"action": "score_now", "_selected_action": [str(owed.pk), str(scored.pk)]}
    page = as_(admin).post(ADMIN, chosen, follow=True).content.decode()

    assert "1 of 1 owed scores are there now" in page
    owed.refresh_from_db()
    scored.refresh_from_db()
    assert (owed.status, owed.last_error) == ("done", "")
    assert scored.overall == 82.5


def test_the_list_costs_the_same_for_few_and_many(
    as_, admin, learner, open_catalogue, finish, django_assert_max_num_queries
):
    browser, costs = as_(admin), []
    for total in (10, 40):
        while Assessment.objects.count() < total:
            finish(learner, open_catalogue["prints-vanish"], 80)
        browser.get(ADMIN)
        with django_assert_max_num_queries(100) as queries:
            assert browser.get(ADMIN).context["cl"].result_count == total
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("name", ["contest", "override", "revision"])
def test_what_people_decided_can_be_read_there(as_, admin, trainer, coach, scored, name):
    Contest.objects.create(
        assessment=scored,
        criterion_id="closing",
        point={"title": "Closed"},
        reason="I did close it.",
        created_at=NOW,
    )
    Override.objects.create(
        assessment=scored, criterion_id="closing", points=10, reason="They did.", decided_at=NOW
    )
    Revision.objects.create(
        assessment=scored,
        version=1,
        cause="override",
        overall_before=80,
        overall_after=82.5,
        before={},
        revised_at=NOW,
    )
    shown = f"/admin/assessment/{name}/"
    assert as_(admin).get(shown).context["cl"].result_count == 1
    row = {"contest": Contest, "override": Override, "revision": Revision}[name].objects.get()
    page = as_(admin).get(f"{shown}{row.pk}/change/")
    assert page.status_code == 200 and b'name="_save"' not in page.content
    for person in (trainer, coach):
        assert as_(person).get(shown).status_code in (302, 403)
