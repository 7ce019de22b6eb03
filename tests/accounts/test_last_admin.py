"""Somebody administers, whoever leaves at the same moment."""

from itertools import combinations_with_replacement

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from accounts import services
from accounts.errors import Conflict
from accounts.models import Cohort, Role, User
from accounts.services.privacy import forget_person
from tests.conftest import NOW
from tests.together import at_once


def take_role(person, by):
    services.remove_role(person=person, role=Role.ADMIN, actor=by, now=NOW)


def switch_off(person, by):
    services.set_active(person=person, active=False, actor=by, now=NOW)


def erase(person, by):
    forget_person(person=person, actor=person, now=NOW)


def by_page(person, by):
    browser = Client()
    browser.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    form = {"email": person.email, "first_name": "Ada", "last_name": "Admin", "timezone": "UTC"}
    answer = browser.post(f"/admin/accounts/user/{person.pk}/change/", form | {"roles": ["admin"]})
    if getattr(answer, "url", "") != "/admin/accounts/user/":
        raise Conflict("refused, or out already")


WAYS = (take_role, switch_off, erase, by_page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "ways", list(combinations_with_replacement(WAYS, 2)), ids=lambda ways: "-".join(w.__name__ for w in ways)
)
def test_of_two_who_take_each_other_out_at_once_one_stays(make_person, ways):
    people = [make_person(name, "Admin", Role.ADMIN) for name in ("Ada", "Zoe")]
    jobs = [
        lambda: ways[0](User.objects.get(pk=people[0].pk), User.objects.get(pk=people[1].pk)),
        lambda: ways[1](User.objects.get(pk=people[1].pk), User.objects.get(pk=people[0].pk)),
    ]
    refused = [said for said in at_once(jobs, refused=Conflict) if said is not None]
    assert User.objects.administering().count() == 1 and len(refused) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_leave_at_once_one_stays(make_person):
    people = [make_person(name, "Manager", Role.COHORT_MANAGER) for name in ("Mona", "Mike")]
    cohort = services.create_cohort(name="Spring intake", manager=people[0], now=NOW)
    cohort.managers.add(people[1])
    at_once([lambda p=p: erase(User.objects.get(pk=p.pk), p) for p in people], refused=Conflict)
    assert Cohort.objects.get().managers.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time anyhow")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", WAYS[:3], ids=lambda way: way.__name__)
@pytest.mark.parametrize("second", WAYS[:3], ids=lambda way: way.__name__)
def test_the_second_waits_for_the_end_of_the_first(make_person, first, second):
    ada, zoe = (make_person(name, "Admin", Role.ADMIN) for name in ("Ada", "Zoe"))

    def impatiently():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            second(zoe, ada)

    with transaction.atomic():
        first(ada, zoe)
        (said,) = at_once([impatiently], refused=OperationalError)
    assert "lock timeout" in str(said)
