"""Taking one's data along, and being forgotten. Here, because gamification sees all that is kept."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import models

from accounts import services
from accounts.errors import Conflict
from accounts.models import AuditEvent, Cohort, Invitation, Notice, PersonKey, User
from assessment.models import Assessment, Contest, LearnerSkill, Override, Revision
from assessment.selectors import cohort_report
from assessment.self_assessment import see_score
from assessment.services.rescoring import outdated
from assessment.services.scoring import owed_sessions
from chat.models import Event, Message, Session
from chat.services import receive_message, start_session
from gamification.models import EarnedAchievement, XPEntry
from gamification.selectors import ledger_faults
from knowledge.services import rate_article
from tests.conftest import NOW, PASSWORD

WORDS = "my very own words about the tunnel"


@pytest.fixture
def known(learner, played, cohort, scenarios, articles):
    """Lena with something in every drawer."""
    assessment = Assessment.objects.get(session=played)
    see_score(session_id=played.pk, now=NOW)
    row = assessment.criteria[0]
    Contest.objects.create(
        assessment=assessment, criterion_id=row["id"], point=row, reason=WORDS, created_at=NOW
    )
    rate_article(article_id=next(iter(articles.values())).pk, user=learner, helpful=True, now=NOW)
    services.invite(cohort=cohort, actor=cohort.managers.get(), email=learner.email, now=NOW)
    running = start_session(learner=learner, scenario=scenarios["prints-vanish"], mode="exam", now=NOW)
    receive_message(session_id=running.pk, text=WORDS, message_type="note", client_id=None, now=NOW)
    return learner


def dump(*kinds: type[models.Model]) -> str:
    return json.dumps([list(kind.objects.values()) for kind in kinds], default=str)


def test_the_file_holds_what_is_known(as_, known):
    answer = as_(known).get("/settings/export/")
    about = json.loads(answer.content)

    assert re.search(r'attachment; filename="helpdesk-simulator-[\d-]+\.json"', answer["Content-Disposition"])
    assert about["account"]["email"] == known.email and about["account"]["roles"] == ["learner"]
    assert about["cohorts"] == [{"name": "Spring intake", "as": "member"}]
    assert len(about["sessions"]) == 2 and len(about["xp"]) == XPEntry.objects.count()
    assert about["assessments"][0]["overall"] == float(Assessment.objects.get().overall)
    assert about["contests"][0]["reason"] == WORDS
    for part in ("notices", "invitations", "articleRatings", "skills", "achievements"):
        assert about[part], part


def test_api_and_page_give_the_same(as_, api_as, known):
    page = json.loads(as_(known).get("/settings/export/").content)
    api = api_as(known).get("/api/v1/users/me/export").json()

    for each in (page, api):
        (
            each.pop("exportedAt"),
            each.pop("apiSignIns"),
            each.pop("auditTrail"),
            each["account"].pop("lastLogin"),
        )
    assert page == api


def test_the_log_of_a_ticket_that_runs_is_not_told(as_, known):
    about = json.loads(as_(known).get("/settings/export/").content)

    sessions = {session["status"]: session for session in about["sessions"]}
    assert sessions["active"]["events"] == [] and sessions["active"]["messages"]
    assert sessions["completed"]["events"] and "world" not in sessions["completed"]


def test_nobody_elses_data_is_in_it(as_, known, other_learner):
    about = as_(other_learner).get("/settings/export/").content.decode()

    assert known.email not in about and WORDS not in about


def test_a_visitor_gets_neither(client, db):
    for page in ("/settings/export/", "/settings/erase/"):
        assert client.get(page).status_code == 302
    assert client.get("/api/v1/users/me/export").status_code == 401
    assert client.delete("/api/v1/users/me").status_code == 401


def test_erasing_takes_every_word_and_name(as_, known):
    quoted = Message.objects.filter(sender_type="user").first().text
    browser = as_(known)
    answer = browser.post("/settings/erase/", {"password": PASSWORD, "sure": "on"}, follow=True)

    assert "Your account is erased." in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    left = dump(User, Notice, Invitation, Session, Message, Event, Assessment, Revision, Override, Contest)
    for words in (WORDS, quoted, known.email, "Lena"):
        assert words not in left
    for gone in (Notice, Message, Event, Contest, LearnerSkill, EarnedAchievement):
        assert not gone.objects.exists(), gone
    person = User.objects.get(pk=known.pk)
    assert (person.display_name, person.is_active, person.has_usable_password()) == (
        "Erased person",
        False,
        False,
    )
    assert not person.groups.exists() and not person.cohorts.exists()
    assert (
        AuditEvent.objects.filter(action="person.erased").exists()
        and not PersonKey.objects.filter(user=person).exists()
    )


def test_the_numbers_stay(known, played):
    before = Assessment.objects.values("overall", "verification", "caller", "satisfaction").get(
        session=played
    )
    services.erase_person(person=known, password=PASSWORD, now=NOW)

    after = Assessment.objects.get(session=played)
    assert Assessment.objects.values(*before).get(session=played) == before
    assert [row["earned"] for row in after.criteria] and not any(row["evidence"] for row in after.criteria)
    assert ledger_faults() == []


def test_nothing_is_scored_or_sent_afterwards(known, play, vpn):
    play(known, "careful")
    services.change_preferences(person=known, changes={"notify": {"level": "email"}})
    services.notify(user=known, kind="level", title="Level 2", now=NOW)
    Assessment.objects.update(rules_version="0")
    services.erase_person(person=known, password=PASSWORD, now=NOW)

    services.send_owed_mail(now=NOW)
    assert mail.outbox == []
    assert not outdated().exists() and not Session.objects.active().exists()
    assert not owed_sessions().exists() and not Assessment.objects.due(NOW + timedelta(days=9)).exists()


def test_a_wrong_password_erases_nothing(as_, api_as, known):
    page = as_(known).post("/settings/erase/", {"password": "wrong", "sure": "on"}).content.decode()
    assert "This is not your password." in page
    assert "sure" in as_(known).post("/settings/erase/", {"password": PASSWORD}).context["form"].errors
    assert api_as(known).delete("/api/v1/users/me", {"password": "wrong"}).status_code == 400
    assert User.objects.get(pk=known.pk).is_active


def test_over_rest_too(api_as, known):
    client = api_as(known)

    assert client.delete("/api/v1/users/me", {"password": PASSWORD}).status_code == 204
    assert client.get("/api/v1/users/me").status_code == 401


def test_others_are_not_left_alone(manager, admin, cohort):
    for person in (manager, admin):
        with pytest.raises(Conflict):
            services.erase_person(person=person, password=PASSWORD, now=NOW)
    assert Cohort.objects.get().managers.get() == manager


def test_what_is_left_breaks_no_page(as_, known, played, cohort, manager, coach, admin, trainer):
    services.erase_person(person=known, password=PASSWORD, now=NOW)

    assert cohort_report(cohort, now=NOW).rows == []
    assert as_(coach).get(f"/sessions/{played.pk}/debrief/").status_code == 404
    gone = as_(admin).get(f"/sessions/{played.pk}/debrief/")
    assert gone.status_code == 404 and "has erased their account" in gone.content.decode()
    for person in (coach, trainer, admin):
        assert as_(person).get("/reviews/").status_code == 200


def test_every_table_that_names_people_was_thought_of():
    """A new one belongs into somebody's privacy module, and then here."""
    named = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in User._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and "_" not in relation.related_model.__name__
        if not relation.related_model._meta.label.startswith(("admin.", "auditlog.", "account."))
    }

    assert named == THOUGHT_OF


THOUGHT_OF = {
    "accounts.ApiKey.user",
    "accounts.ApiToken.user",
    "accounts.Cohort.coaches",
    "accounts.Cohort.managers",
    "accounts.Cohort.members",
    "accounts.Invitation.invited_by",
    "accounts.KeptAnswer.user",
    "accounts.Notice.user",
    "accounts.PersonKey.user",
    "assessment.Contest.decided_by",
    "assessment.LearnerSkill.user",
    "assessment.Override.decided_by",
    "assessment.Review.reviewed_by",
    "assessment.Revision.revised_by",
    "chat.Session.learner",
    "gamification.EarnedAchievement.user",
    "gamification.XPEntry.user",
    "knowledge.ArticleRating.user",
    "knowledge.ArticleVersion.author",
    "mfa.Authenticator.user",
    "scenarios.ScenarioVersion.author",
    "socialaccount.SocialAccount.user",
    "usersessions.UserSession.user",
}
