"""Open sockets close when the one at the other end is no longer signed in, or may no longer see."""

import json
from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as in_database
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import services, sockets
from accounts.models import ApiToken, Cohort, Role, User, digest
from helpdesk_sim.asgi import application
from tests.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
ORIGIN = (b"origin", b"http://localhost")
ME = "/ws/me/"
NEW_WORD = "another-long-word-9"


@in_database
def browser_of(person) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return browser


@in_database
def pair_of(person) -> services.Pair:
    return services.log_in_with_password(email=person.email, password=PASSWORD, now=timezone.now())


async def opened(path, *, browser=None, token=None) -> WebsocketCommunicator:
    """Let in, and past the first `state` of a conversation."""
    headers, protocols = [ORIGIN], []
    if browser:
        headers.append((b"cookie", f"sessionid={browser.cookies['sessionid'].value}".encode()))
    if token:
        protocols = ["helpdesk.v1", f"token.{token}"]
    talk = WebsocketCommunicator(application, path, headers=headers, subprotocols=protocols)
    assert (await talk.connect(timeout=10))[0]
    assert await answers(talk)
    return talk


async def answers(talk) -> bool:
    await talk.send_to(text_data='{"type": "ping"}')
    while True:
        output = await talk.receive_output(timeout=5)
        if output["type"] == "websocket.close":
            return False
        if json.loads(output["text"])["type"] == "pong":
            return True


async def closed_with(talk) -> int:
    output = await talk.receive_output(timeout=5)
    while output["type"] != "websocket.close":
        output = await talk.receive_output(timeout=5)
    return output["code"]


def path_of(session) -> str:
    return f"/ws/sessions/{session.pk}/"


async def test_signing_out_closes_the_sockets_of_that_browser_alone(learner, open_session):
    here, there = await browser_of(learner), await browser_of(learner)
    mine = [await opened(path, browser=here) for path in (ME, path_of(open_session))]
    other = await opened(ME, browser=there)
    await in_database(here.post)("/accounts/logout/")
    assert [await closed_with(talk) for talk in mine] == [4401, 4401]
    assert await answers(other)


async def test_logging_out_a_program_closes_its_sockets_alone(learner, open_session):
    one, two = await pair_of(learner), await pair_of(learner)
    mine = [await opened(path, token=one.token) for path in (ME, path_of(open_session))]
    other = await opened(ME, token=two.token)
    held = await ApiToken.objects.select_related("user").aget(token_hash=digest(one.token))
    await in_database(services.log_out)(held=held, now=timezone.now())
    assert [await closed_with(talk) for talk in mine] == [4401, 4401]
    assert await answers(other)


async def test_a_refreshed_token_keeps_the_socket_and_a_stolen_one_ends_it(learner):
    pair = await pair_of(learner)
    talk = await opened(ME, token=pair.token)
    again = in_database(services.refresh)
    await again(refresh_token=pair.refresh_token, now=timezone.now())
    assert await answers(talk)
    with pytest.raises(Exception, match="has ended"):
        await again(refresh_token=pair.refresh_token, now=timezone.now())
    assert await closed_with(talk) == 4401


@in_database
def by_form(person, admin, **changed):
    browser = Client()
    browser.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    form = {
        "email": person.email,
        "first_name": "Lena",
        "last_name": "Learner",
        "timezone": "UTC",
        "roles": sorted(person.role_names),
    }
    answer = browser.post(f"/admin/accounts/user/{person.pk}/change/", form | changed)
    assert answer.status_code == 302


async def test_an_administrator_deactivates_by_form(learner, admin, open_session):
    talks = [
        await opened(ME, browser=await browser_of(learner)),
        await opened(path_of(open_session), token=(await pair_of(learner)).token),
    ]
    await by_form(learner, admin)  # "active" is not ticked
    assert [await closed_with(talk) for talk in talks] == [4401, 4401]


async def test_a_program_deactivates_many_at_once(learner, other_learner):
    talks = [await opened(ME, browser=await browser_of(each)) for each in (learner, other_learner)]
    await User.objects.filter(groups__name="learner").aupdate(is_active=False)
    assert [await closed_with(talk) for talk in talks] == [4401, 4401]


@pytest.mark.parametrize("frame", ["in", "out"])
async def test_what_no_program_of_ours_did_is_found_with_the_next_frame(learner, monkeypatch, frame):
    from accounts.live import person_group, publish

    talk = await opened(ME, browser=await browser_of(learner))
    await in_database(lambda: Session.objects.all()._raw_delete("default"))()
    assert await answers(talk)
    monkeypatch.setattr(sockets, "ASK_EVERY_S", 0.0)
    if frame == "in":
        await talk.send_to(text_data='{"type": "ping"}')
    else:
        publish(person_group(learner.pk), {"type": "notice"})
    assert await closed_with(talk) == 4401


async def test_a_new_password_closes_what_the_old_one_opened(learner):
    talks = [
        await opened(ME, browser=await browser_of(learner)),
        await opened(ME, token=(await pair_of(learner)).token),
    ]

    @in_database
    def change():
        learner.set_password(NEW_WORD)
        learner.save()

    await change()
    assert [await closed_with(talk) for talk in talks] == [4401, 4401]


async def test_an_erased_person_is_out(learner):
    talk = await opened(ME, browser=await browser_of(learner))
    await in_database(services.erase_person)(person=learner, password=PASSWORD, now=timezone.now())
    assert await closed_with(talk) == 4401


@in_database
def take_role(person):
    services.remove_role(person=person, role=Role.ADMIN, actor=None, now=NOW)


async def test_a_lost_role_closes_a_watched_conversation_and_nothing_else(
    admin, make_person, open_session, learner
):
    await in_database(make_person)("Alma", "Admin", Role.ADMIN)
    browser = await browser_of(admin)
    watched, me = await opened(path_of(open_session), browser=browser), await opened(ME, browser=browser)
    own = await opened(path_of(open_session), browser=await browser_of(learner))
    await take_role(admin)
    assert await closed_with(watched) == 4404
    assert await answers(me) and await answers(own)


def coach_leaves(cohort, coach, learner):
    cohort.coaches.remove(coach)


def learner_leaves(cohort, coach, learner):
    cohort.members.remove(learner)


def coach_leaves_all(cohort, coach, learner):
    coach.coached_cohorts.clear()


def cohort_goes(cohort, coach, learner):
    Cohort.objects.get(pk=cohort.pk).delete()


@pytest.mark.parametrize("change", [coach_leaves, learner_leaves, coach_leaves_all, cohort_goes])
async def test_a_coach_sees_a_conversation_as_long_as_the_cohort_says(
    cohort, coach, learner, open_session, change
):
    watched = await opened(path_of(open_session), token=(await pair_of(coach)).token)
    own = await opened(path_of(open_session), token=(await pair_of(learner)).token)
    await in_database(change)(cohort, coach, learner)
    assert await closed_with(watched) == 4404
    assert await answers(own)


async def test_staff_without_a_second_factor_get_no_socket(trainer, settings):
    browser = await browser_of(trainer)
    settings.STAFF_NEED_SECOND_FACTOR = True
    cookie = f"sessionid={browser.cookies['sessionid'].value}".encode()
    talk = WebsocketCommunicator(application, ME, headers=[ORIGIN, (b"cookie", cookie)])
    await talk.connect()
    assert await closed_with(talk) == 4401


async def test_an_outlived_sign_in_of_a_program_ends_with_the_next_frame(learner, monkeypatch):
    talk = await opened(ME, token=(await pair_of(learner)).token)
    await ApiToken.objects.aupdate(refresh_expires_at=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(sockets, "ASK_EVERY_S", 0.0)
    assert not await answers(talk)
