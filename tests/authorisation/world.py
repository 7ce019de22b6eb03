"""A world in which everything that could be refused exists: two cohorts, their people, and Lena's work."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.models import Cohort, IdentityProvider, Notice, Role, User
from assessment import services as assessment
from assessment.models import Assessment
from assessment.self_assessment import see_score
from chat.services import keep_calls, start_session
from chat.voices.model import Call, Wording
from gamification.demo.analyst import Analyst, scripts
from gamification.models import Achievement, EarnedAchievement
from gamification.services import reward
from knowledge import services as knowledge
from knowledge.models import Article
from scenarios.models import Scenario
from tests.conftest import NOW, PASSWORD
from tests.packs import load_knowledge, load_scenarios

ANYBODY = "anonymous"
ROLES = {
    "owner": Role.LEARNER,
    "other": Role.LEARNER,
    "coach": Role.COACH,
    "other_coach": Role.COACH,
    "manager": Role.COHORT_MANAGER,
    "other_manager": Role.COHORT_MANAGER,
    "trainer": Role.TRAINER,
    "admin": Role.ADMIN,
}
WHO = (ANYBODY, *ROLES)
"""In the order of the table's columns."""


@dataclass
class World:
    """`named`: what the table's addresses and bodies mean by `{name}`."""

    people: dict[str, User]
    named: dict[str, str]

    def fill(self, given: Any) -> Any:
        """The same with every `{name}` replaced."""
        if isinstance(given, dict):
            return {name: self.fill(value) for name, value in given.items()}
        if isinstance(given, list):
            return [self.fill(value) for value in given]
        return given.format_map(self.named) if isinstance(given, str) else given


@contextmanager
def staged(blocker: Any) -> Iterator[World]:
    """The world for all tests of a module; it is taken away when they have ended."""
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> World:
    people = {who: _person(who, role) for who, role in ROLES.items()}
    scenarios, articles = load_scenarios(NOW), load_knowledge(NOW)
    for scenario in scenarios.values():
        scenario.prerequisites.clear()
    spring = cohort("Spring intake", people["manager"], people["coach"], people["owner"])
    autumn = cohort("Autumn intake", people["other_manager"], people["other_coach"], people["other"])
    named = {
        "spring": spring.pk,
        "autumn": autumn.pk,
        "uuid": uuid4(),
        "password": PASSWORD,
        **{who: person.pk for who, person in people.items()},
        **{f"{who}_email": person.email for who, person in people.items()},
        **_work(people, scenarios),
        **_texts(people, articles),
        **_belongings(people, spring),
        "scenario": scenarios["workbook-view-only"].pk,
        "version": scenarios["workbook-view-only"].current_version_id,
    }
    return World(people, {name: str(value) for name, value in named.items()})


def _person(who: str, role: Role) -> User:
    return accounts.create_person(
        email=f"{who}@people.example",
        password=PASSWORD,
        first_name=who.replace("_", " ").title(),
        last_name="Example",
        roles=[role],
        now=NOW,
    )


def cohort(name: str, manager: User, coach: User, member: User) -> Cohort:
    made = accounts.create_cohort(name=name, manager=manager, now=NOW)
    made.coaches.add(coach)
    made.members.add(member)
    return made


def _work(people: dict[str, User], scenarios: dict[str, Scenario]) -> dict[str, Any]:
    """Two running sessions; an exam and a practice run that are scored, one contested, one decided on."""
    owner, vpn = people["owner"], scenarios["vpn-will-not-connect"]
    exam, practice = (played(owner, vpn, mode=mode) for mode in ("exam", "practice"))
    lost = [row["id"] for row in exam.criteria if row["status"] in ("not", "part") and row["points"]]
    contested = assessment.contest(
        session_id=exam.session_id,
        learner=owner,
        criterion_id=lost[0],
        reason="I did ask for it, see line two.",
        now=NOW,
    )
    given = next(row for row in practice.criteria if row["status"] in ("not", "part") and row["points"])
    assessment.override(
        assessment_id=practice.pk,
        reviewer=people["coach"],
        criterion_id=given["id"],
        points=given["points"],
        reason="It is said in line two.",
        now=NOW,
    )
    for achievement in Achievement.objects.all()[:1]:  # none where a test emptied the tables
        EarnedAchievement.objects.create(
            user=owner, achievement=achievement, session=exam.session, earned_at=NOW
        )
    start = {"learner": owner, "now": datetime.now(UTC), "seed": 7}
    running = start_session(scenario=scenarios["locked-out-monday"], mode="exam", **start)
    rehearsal = start_session(scenario=scenarios["prints-vanish"], mode="practice", **start)
    call = Call("worded", 1.2, "0123456789abcdef", "tool", 700, 40, True)
    keep_calls(session=running, turn_id=None, wording=Wording(calls=[call]), now=NOW)
    return {
        "running": running.pk,
        "message": running.messages.earliest("seq").pk,
        "rehearsal": rehearsal.pk,
        "exam": exam.session_id,
        "practice": practice.session_id,
        "assessment": exam.pk,
        "contest": contested.pk,
        "criterion": lost[0],
        "other_criterion": lost[1],
    }


def played(learner: User, scenario: Scenario, *, mode: str) -> Assessment:
    """A whole ticket, worked carelessly, scored and paid for; a practice run's score was looked at."""
    begun = NOW if mode == "exam" else NOW + timedelta(hours=1)
    session = start_session(learner=learner, scenario=scenario, mode=mode, now=begun, seed=7, variant="usual")
    Analyst(session, pace=30, dice=Random(7)).play(scripts(scenario.slug)["careless"])
    session.refresh_from_db()
    if mode == "practice":
        see_score(session_id=session.pk, now=session.finished_at)
    assessment.score_session(session_id=session.pk, now=session.finished_at)
    scored = Assessment.objects.get(session=session)
    reward(assessment_id=scored.pk, now=session.finished_at)
    return scored


def _texts(people: dict[str, User], articles: dict[str, Article]) -> dict[str, Any]:
    draft = knowledge.write_article(
        title="Not yet for everybody",
        body="Half a sentence",
        category="access",
        credibility="official",
        author=people["trainer"],
        now=NOW,
    )
    article = articles[min(articles)]
    knowledge.rate_article(article_id=article.pk, user=people["owner"], helpful=True, now=NOW)
    return {"draft": draft.pk, "draft_slug": draft.slug, "article": article.pk, "article_slug": article.slug}


def _belongings(people: dict[str, User], spring: Cohort) -> dict[str, Any]:
    owner, now = people["owner"], datetime.now(UTC)
    invitation = accounts.invite(cohort=spring, actor=people["manager"], now=now)
    notice = accounts.notify(
        user=owner, kind=Notice.Kind.LEVEL, title="Level 2", url="/achievements/", now=NOW
    )
    key, _secret = accounts.make_key(person=owner, name="Reports", scopes=["read"], days=30, now=now)
    provider = IdentityProvider.objects.create(
        name="Acme", slug="acme", server_url="https://acme.invalid", client_id="us"
    )
    SocialAccount.objects.create(user=owner, provider="acme", uid="7")
    browser_of(owner)
    pair = accounts.log_in_with_password(email=owner.email, password=PASSWORD, now=now)
    return {
        "invitation": invitation.pk,
        "invitation_token": invitation.token,
        "notice": notice.pk if notice else None,
        "key": key.pk,
        "provider": provider.slug,
        "browser": accounts.browsers_of(owner, now=now).latest("pk").pk,
        "family": owner.api_tokens.latest("created_at").family,
        "refresh_token": pair.refresh_token,
    }


def give_passkey(owner: User) -> int:
    """After signing in: from then on a password alone is not enough."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid.NONE, b"passkey", public)
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    attested = AttestationObject.create("none", AuthenticatorData.create(bytes(32), flags, 0, held), {})
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    answer = AuthenticatorAttestationResponse(client_data=client, attestation_object=attested)
    credential = json.loads(json.dumps(dict(RegistrationResponse(raw_id=b"passkey", response=answer))))
    data = {"name": "Passkey 1", "credential": credential}
    return Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=data).pk


def browser_of(person: User) -> Client:
    """Signed in on the page, as people do."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302, "signed in"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})  # as pages about secrets ask
    return client


def program_of(person: User) -> APIClient:
    """With the token of a sign-in."""
    pair = accounts.log_in_with_password(email=person.email, password=PASSWORD, now=datetime.now(UTC))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair.token}")
    return client
