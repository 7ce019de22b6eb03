"""The administrator's page of the audit trail: names while they are known, and nothing to change."""

import pytest

from accounts import services

LIST = "/admin/accounts/auditevent/"


@pytest.fixture
def trail(learner, coach, now):
    services.record_audit(actor=coach, action="session.read", about=learner, now=now)
    services.record_audit(actor=None, action="sign_in.refused", result="refused", now=now)
    services.seal_audit(now=now)


def test_people_are_shown_by_name(as_, admin, trail):
    page = as_(admin).get(LIST).content.decode()
    assert "Carla Coach (carla@people.example)" in page and "Lena Learner (lena@people.example)" in page
    assert "The system, or nobody known" in page


def test_nobody_knows_who_was_erased(as_, admin, learner, trail, now):
    services.erase_person(person=learner, password="a-long-enough-word", now=now)
    page = as_(admin).get(LIST).content.decode()
    assert "somebody erased" in page and "Lena" not in page


def test_an_address_finds_what_somebody_did_and_what_was_done_to_them(as_, admin, coach, trail, now):
    services.record_audit(actor=None, action="role.removed", about=coach, now=now)
    shown = as_(admin).get(LIST, {"q": "carla@people.example"}).context["cl"].result_list
    actions = {event.action for event in shown}
    assert {"session.read", "role.removed"} <= actions and "sign_in.refused" not in actions


def test_one_event_tells_all_of_itself(as_, admin, trail, coach):
    event = services.record_audit(
        actor=coach, action="export.made", about=coach, data={"rows": 3}, now=coach.date_joined
    )
    page = as_(admin).get(f"{LIST}{event.pk}/change/").content.decode()
    assert "Carla Coach" in page and "rows" in page


def test_more_events_cost_no_more_queries(as_, admin, learner, trail, now, django_assert_max_num_queries):
    browser = as_(admin)
    browser.get(LIST)
    for number in range(20):
        services.record_audit(actor=learner, action=f"test.{number}", about=learner, now=now)
    with django_assert_max_num_queries(16):
        browser.get(LIST)
