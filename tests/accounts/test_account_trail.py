"""What happens to accounts, addresses, links and invitations is in the trail, without an address."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.errors import Conflict
from accounts.models import AuditEvent, Role, User
from accounts.services import key_of
from tests.conftest import PASSWORD

ADDRESS = "lena.second@people.example"
NEW = {
    "email": "nils@people.example",
    "first_name": "Nils",
    "last_name": "New",
    "password1": "a-new-long-word",
}


def told(prefix):
    """Action, actor and object of each, in order."""
    events = AuditEvent.objects.filter(action__startswith=prefix).order_by("pk")
    return [(event.action, event.actor, event.object_id) for event in events]


def made():
    return AuditEvent.objects.filter(action="account.created", data__by__isnull=False).latest("pk")


@pytest.fixture
def browser(learner):
    """Lena's, a moment after she gave her password again."""
    browser = Client()
    browser.post("/accounts/login/", {"login": learner.email, "password": PASSWORD})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def test_addresses_come_are_confirmed_lead_and_go(browser, learner):
    browser.post("/accounts/email/", {"action_add": "", "email": ADDRESS})
    services.send_owed_mail(now=timezone.now())
    (link,) = re.findall(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)
    Client().post(link)
    browser.post("/accounts/email/", {"action_primary": "", "email": ADDRESS})
    browser.post("/accounts/email/", {"action_remove": "", "email": "lena@people.example"})
    her = key_of(learner)
    assert told("email.") == [
        ("email.added", her, str(her)),
        ("email.confirmed", None, str(her)),  # the link proves the address, not who followed it
        ("email.made_primary", her, str(her)),
        ("email.removed", her, str(her)),
    ]
    assert not any("@" in str(event.data) for event in AuditEvent.objects.all())


def test_an_administrator_confirms_and_removes_addresses(as_, admin, learner):
    mine = learner.emailaddress_set.get()
    other = EmailAddress.objects.create(user=learner, email=ADDRESS)
    for action in ("confirm", "remove"):
        chosen = {"action": action, "_selected_action": [mine.pk, other.pk]}
        as_(admin).post("/admin/account/emailaddress/", chosen)
    assert learner.emailaddress_set.get() == mine
    her, by = str(key_of(learner)), key_of(admin)
    assert told("email.") == [("email.confirmed", by, her), ("email.removed", by, her)]


def test_what_another_proved_is_not_confirmed(admin, learner, other_learner, now):
    EmailAddress.objects.create(user=other_learner, email=ADDRESS, verified=True)
    mine = EmailAddress.objects.create(user=learner, email=ADDRESS)
    with pytest.raises(Conflict, match="Somebody else"):
        services.confirm_address(address=mine, actor=admin, now=now)


def form_of(person, **changes):
    names = {"email": person.email, "first_name": person.first_name, "last_name": person.last_name}
    return names | {"timezone": "UTC", "roles": sorted(person.role_names), "is_active": "on"} | changes


def test_switching_off_and_on_and_a_new_address_are_written_down(as_, admin, learner):
    browser, page = as_(admin), f"/admin/accounts/user/{learner.pk}/change/"
    switched_off = form_of(learner)
    del switched_off["is_active"]
    for form in (switched_off, form_of(learner), form_of(learner, first_name="Leni")):
        assert browser.post(page, form).status_code == 302
    browser.post(page, form_of(learner, email="leni@people.example"))
    her, by = str(key_of(learner)), key_of(admin)
    assert [
        row for row in told("") if row[0] in ("account.deactivated", "account.activated", "email.set")
    ] == [
        ("account.deactivated", by, her),
        ("account.activated", by, her),
        ("email.set", by, her),
    ]


@pytest.mark.parametrize("way", ["page", "invitation", "api"])
def test_who_signs_up_is_written_down_with_the_way(client, cohort, manager, way):
    if way == "invitation":
        link = services.invite(cohort=cohort, actor=manager, now=timezone.now())
        client.get(link.get_absolute_url())
    if way == "api":
        names = {"firstName": "Nils", "lastName": "New", "password": NEW["password1"], "email": NEW["email"]}
        client.post("/api/v1/auth/register", names, content_type="application/json")
    else:
        client.post("/accounts/signup/", NEW)
    event, person = made(), User.objects.get(email=NEW["email"])
    assert event.object_id == str(key_of(person)) and event.actor is None
    assert event.data == {"by": "invitation" if way == "invitation" else "sign_up"}
    assert person.role_names == {"learner"}


@pytest.mark.parametrize("way", ["admin", "api"])
def test_whom_an_administrator_makes_is_written_down(as_, api_as, admin, way):
    if way == "admin":
        form = NEW | {"password2": NEW["password1"], "usable_password": "true", "roles": ["learner"]}
        as_(admin).post("/admin/accounts/user/add/", form)
    else:
        names = {"email": NEW["email"], "firstName": "Nils", "lastName": "New", "roles": ["learner"]}
        api_as(admin).post("/api/v1/admin/users", names)
    event = made()
    assert event.object_id == str(key_of(User.objects.get(email=NEW["email"])))
    assert (event.actor, event.data) == (key_of(admin), {"by": "administrator"})


def test_an_invitation_is_followed_from_its_making_to_its_end(cohort, manager, other_learner):
    now = timezone.now()
    link = services.invite(cohort=cohort, actor=manager, email="pia@people.example", now=now)
    services.accept_invitation(token=link.token, person=other_learner, now=now)
    for _ in range(2):
        services.revoke_invitation(invitation=link, actor=manager, now=now)
    her = key_of(manager)
    assert told("invitation.") == [
        ("invitation.sent", her, str(link.pk)),
        ("invitation.accepted", key_of(other_learner), str(link.pk)),
        ("invitation.withdrawn", her, str(link.pk)),
    ]
    events = AuditEvent.objects.filter(action__startswith="invitation.")
    assert {str(event.data) for event in events} == {str({"cohort": str(cohort.pk), "mailed": True})}


@pytest.mark.parametrize("page", ["{pk}/delete/", ""])
def test_a_link_that_an_administrator_cuts_takes_sign_ins_and_keys_along(
    as_, admin, learner, browser, api_as, now, page
):
    account = SocialAccount.objects.create(user=learner, provider="acme", uid="lena")
    services.make_key(person=learner, name="Course", scopes=["read"], days=30, now=timezone.now())
    api = api_as(learner)
    form = {"action": "delete_selected", "_selected_action": [account.pk], "post": "yes"}
    as_(admin).post("/admin/socialaccount/socialaccount/" + page.format(pk=account.pk), form)

    assert not SocialAccount.objects.exists()
    assert told("identity_provider.unlinked") == [
        ("identity_provider.unlinked", key_of(admin), str(key_of(learner)))
    ]
    assert browser.get("/settings/").status_code == 302
    assert api.get("/api/v1/users/me").status_code == 401
    assert learner.api_keys.get().revoked_at is not None


def test_the_trail_still_verifies_after_all_of_it(as_, admin, learner, cohort, manager, now):
    services.invite(cohort=cohort, actor=manager, now=now)
    services.set_active(person=learner, active=False, actor=admin, now=now)
    services.set_roles(person=learner, roles=[Role.COACH], actor=admin, now=now)
    services.seal_audit(now=now)
    verdict = services.verify_audit()
    assert verdict.faults == [] and verdict.unsealed == 0 and verdict.sealed > 8
