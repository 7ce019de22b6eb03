"""Every operation is called, answers as the schema says, and has an example from such a call.

`RECORD_EXAMPLES=1 pytest tests/api/test_examples.py` writes the examples anew.
"""

import json
import os
import re

import pytest
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from accounts import services
from assessment.services import score_session
from helpdesk_sim.api.schema import EXAMPLES
from tests.api.story import Story
from tests.conftest import PASSWORD
from tests.mails import mailed

NOTES = {
    "problem": "VPN stops with 'Certificate validation failure (0x800B0101)'.",
    "cause": "The certificate expired while she was on leave.",
    "steps": "Verified by employee id and asset tag, re-issued the certificate, she renewed it.",
    "test": "She connected again and confirmed that it is working.",
}
ARTICLE = {"title": "Renew a token", "body": "Ask twice.", "category": "access", "credibility": "official"}
FIVE = dict.fromkeys(("verification", "technical", "communication", "documentation", "responseTime"), 70)


@pytest.fixture
def story(api_as) -> Story:
    clients = {}

    def client_of(person):
        if person not in clients:
            clients[person] = api_as(person)
        return clients[person]

    return Story(SchemaGenerator().get_schema(request=None, public=True), client_of)


def key(place: str) -> str:
    return re.search(rf"{place}/([^/\s]+)/", mailed()[-1].body)[1]


def sign_up(story: Story) -> None:
    new = {"email": "nora@people.example", "password": PASSWORD}
    story.do(None, "auth_register_create", body=new | {"firstName": "Nora", "lastName": "New"})
    story.do(None, "auth_verify_email_create", body={"key": key("confirm-email")})
    pair = story.do(None, "auth_login_create", body=new)
    story.do(None, "auth_refresh_create", body={"refreshToken": pair["refreshToken"]})
    story.do(None, "auth_reset_password_create", body={"email": new["email"]})
    again = {"key": key("password/reset/key"), "password": "another-long-word"}
    story.do(None, "auth_reset_password_confirm_create", body=again)


def look_around(story: Story, lena) -> None:
    story.do(lena, "users_me_retrieve")
    story.do(
        lena, "users_me_partial_update", body={"timezone": "Europe/Berlin", "preferences": {"noPacing": True}}
    )
    for name in ("progress", "performance", "export"):
        story.do(lena, f"users_me_{name}_retrieve")
    story.do(lena, "users_me_performance_export_retrieve", query="format=csv")
    services.notify(user=lena, kind="level", title="Level 2", body="Well done.", url="/", now=timezone.now())
    notices = story.do(lena, "notices_list", query="unread=true")
    story.do(lena, "notices_read_create", notices["data"][0]["id"])
    story.do(lena, "achievements_list")
    story.do(lena, "leaderboard_retrieve", query="period=month")


def read(story: Story, lena, timo) -> None:
    story.do(lena, "knowledge_search_list", query="q=vpn+certificate&limit=3")
    found = story.do(lena, "knowledge_articles_list", query="sort=-updatedOn&limit=3")["data"][0]["id"]
    story.do(lena, "knowledge_articles_retrieve", found)
    story.do(lena, "knowledge_articles_rating_create", found, body={"helpful": True})
    made = story.do(timo, "knowledge_articles_create", body=ARTICLE)["id"]
    story.do(timo, "knowledge_articles_partial_update", made, body={"tags": ["token"]})
    story.do(timo, "knowledge_articles_publish_create", made)


def work(story: Story, lena, scenario) -> str:
    story.do(lena, "scenarios_list", query="difficulty=starter&sort=title")
    story.do(lena, "scenarios_retrieve", scenario.pk)
    left = story.do(lena, "scenarios_start_create", scenario.pk, body={"mode": "practice"})["id"]
    story.do(lena, "sessions_hints_create", left)
    story.do(lena, "sessions_abandon_create", left)
    session = story.do(lena, "scenarios_start_create", scenario.pk, body={"mode": "exam"})["id"]
    story.do(lena, "sessions_list", query="status=active")
    story.do(lena, "sessions_retrieve", session)
    greeting = {
        "message": "Good morning, this is Lena. What is your employee id, please?",
        "messageType": "reply",
        "clientId": "6f1c1f9e-0b0e-4f5e-9d53-0a6a3a3e7a10",
    }
    story.do(lena, "sessions_messages_create", session, body=greeting)
    story.do(lena, "sessions_messages_retrieve", session, query="limit=2")
    story.do(lena, "sessions_directory_list", session, query="q=lopez")
    story.do(lena, "sessions_assets_list", session, query="q=LT-7731")
    mark = {"factor": "employee_id", "outcome": "match"}
    story.do(lena, "sessions_verifications_create", session, body=mark)
    offered = story.do(lena, "sessions_actions_retrieve", session)["data"]
    harmless = next(tool["action"] for tool in offered if tool["gate"] == "none")
    story.do(lena, "sessions_actions_create", session, body={"action": harmless})
    hits = story.do(lena, "sessions_search_list", session, query="q=vpn+certificate")["data"]
    story.do(lena, "sessions_articles_retrieve", session, hits[0]["article"]["id"])
    story.do(lena, "sessions_research_list", session)
    triage = {"category": "network", "impact": "low", "urgency": "high"}
    story.do(lena, "sessions_ticket_partial_update", session, body=triage)
    written = {
        "resolutionType": "resolved",
        "documentation": NOTES,
        "citedArticleIds": [hits[0]["article"]["id"]],
    }
    story.do(lena, "sessions_draft_update", session, body=written)
    story.do(lena, "sessions_resolve_create", session, body=written)
    return session


def judge(story: Story, lena, carla, session: str) -> None:
    score_session(session_id=session, now=timezone.now())
    story.do(lena, "sessions_self_assessment_create", session, body=FIVE)
    missed = next(
        row
        for row in story.do(lena, "sessions_assessment_retrieve", session)["criteria"]
        if row["result"] == "missed"
    )
    why = "I did this before the customer answered, see the second message."
    asked = {"criterionId": missed["id"], "reason": why}
    made = story.do(lena, "sessions_contests_create", session, body=asked)["id"]
    story.do(carla, "contests_list", query="outcome=open")
    story.do(carla, "contests_retrieve", made)
    no = {"outcome": "rejected", "reason": "The message came after the action, so the point stands."}
    story.do(carla, "contests_decide_create", made, body=no)


def look_after(story: Story, mona, ada, otto) -> None:
    made = story.do(mona, "cohorts_create", body={"name": "Autumn intake"})["id"]
    story.do(mona, "cohorts_list", query="archived=false&sort=name")
    story.do(mona, "cohorts_partial_update", made, body={"name": "Winter intake"})
    story.do(mona, "cohorts_retrieve", made)
    story.do(mona, "cohorts_invitations_create", made, body={"email": "paul@people.example", "days": 7})
    story.do(ada, "cohorts_members_create", made, body={"email": otto.email, "part": "members"})
    story.do(mona, "cohorts_members_list", made, query="part=members")
    story.do(mona, "cohorts_report_retrieve", made)
    story.do(mona, "cohorts_report_export_retrieve", made, query="format=csv")
    story.do(mona, "cohorts_members_destroy", made, query=f"part=members&personId={otto.pk}")
    new = {"email": "paula@people.example", "firstName": "Paula", "lastName": "New", "roles": ["learner"]}
    paula = story.do(ada, "admin_users_create", body=new)["id"]
    story.do(ada, "admin_users_list", query="role=learner&sort=lastName")
    story.do(ada, "admin_users_role_partial_update", paula, body={"roles": ["learner", "coach"]})
    story.do(ada, "admin_audit_log_list", query="action=role.assigned&limit=2")
    story.do(otto, "users_me_destroy", body={"password": PASSWORD})


def test_every_operation_answers_as_it_says_and_has_an_example(
    story, learner, other_learner, coach, manager, trainer, admin, cohort, scenarios, articles
):
    vpn = scenarios["vpn-will-not-connect"]
    vpn.prerequisites.clear()
    sign_up(story)
    look_around(story, learner)
    read(story, learner, trainer)
    session = work(story, learner, vpn)
    judge(story, learner, coach, session)
    look_after(story, manager, admin, other_learner)
    story.do(learner, "auth_logout_create")
    assert set(story.told) == set(story.operations)
    assert story.problems == []

    if os.environ.get("RECORD_EXAMPLES"):
        EXAMPLES.write_text(json.dumps(story.told, indent=1, ensure_ascii=False) + "\n")
    kept = json.loads(EXAMPLES.read_text())
    assert {name: set(example) for name, example in kept.items()} == {
        name: set(example) for name, example in story.told.items()
    }
    for name, example in kept.items():
        *_, operation = story.operations[name]
        if "request" in example:
            assert example["request"].keys() == story.told[name]["request"].keys(), name
        if "response" in example:
            described = next(r for code, r in operation["responses"].items() if code.startswith("2"))
            story.validate(name, example["response"], described["content"]["application/json"]["schema"])
    assert story.problems == []
