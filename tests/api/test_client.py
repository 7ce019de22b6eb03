"""The client of the docs plays a ticket against a live server, through REST alone."""

import importlib.util
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from assessment.services import score_session
from scenarios.models import Scenario
from tests.conftest import PASSWORD

FILE = Path(__file__).parents[2] / "docs" / "client" / "helpdesk_client.py"
NOTES = {
    "problem": "Locked out.",
    "cause": "",
    "steps": "Verified her, then unlocked the account.",
    "test": "",
}


@pytest.fixture(scope="module")
def client_file():
    spec = importlib.util.spec_from_file_location("helpdesk_client", FILE)
    module = sys.modules["helpdesk_client"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["helpdesk_client"]


@pytest.mark.django_db(transaction=True)
def test_from_sign_in_to_score(client_file, live_server, learner, scenarios, articles):
    for scenario in Scenario.objects.all():
        scenario.prerequisites.clear()
    with client_file.Client(live_server.url) as desk:
        with pytest.raises(client_file.Refused) as refused:
            desk.sign_in(learner.email, "not-this")
        assert refused.value.status == 401
        assert desk.sign_in(learner.email, PASSWORD).first_name == "Lena"
        assert desk.renew().id == desk.me().id == learner.pk

        offered = {scenario.slug: scenario for scenario in desk.scenarios(limit="4")}
        assert len(offered) == Scenario.objects.published().count()
        session = desk.start(offered["locked-out-monday"].id, mode="exam")
        with pytest.raises(client_file.Refused) as refused:
            desk.start(session.scenario_id, mode="exam")
        assert refused.value.body["sessionId"] == str(session.id)

        answer = desk.say(session.id, "Good morning, what is your employee number, and who is your manager?")
        assert answer and all(message.sender_type == "ai" for message in answer)
        person = desk.directory(session.id, "Nair")[0]
        assert person.name == "Priya Nair"
        desk.mark(session.id, "employee_id", "match")
        assert desk.mark(session.id, "manager", "match").marked != "none"
        article = desk.search(session.id, "account locks again and again after password change")[0].article
        assert desk.read(session.id, article.id).slug == article.slug
        assert desk.act(session.id, "unlock_account", confirm=True).action in desk.actions(session.id)
        desk.note(session.id, "The phone next.")
        assert desk.triage(session.id, category="access", impact="low").ticket.impact == "low"

        done = desk.resolve(session.id, "resolved", documentation=NOTES, cited=[article.id])
        assert done.status == "completed"
        score_session(session_id=session.id, now=timezone.now())  # the worker's part
        assert 0 <= desk.assessment(session.id).overall <= 100
        desk.sign_out()
        with pytest.raises(client_file.Refused):
            desk.me()
