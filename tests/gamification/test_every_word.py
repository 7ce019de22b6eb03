"""Each page and mail in a made-up language: what is neither said in it nor written by people is a word in the code."""

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from accounts import services as people
from accounts.models import Notice, User
from accounts.tasks import send_owed_mail
from assessment.selectors.skills import skill_label
from assessment.services import contest, score_session
from chat.canned import canned_replies
from chat.company import find_assets, find_people
from chat.services import perform_action, start_session, take_hint
from gamification.services import reward
from knowledge.markdown import render, strip
from knowledge.models import Article
from scenarios.models import Scenario
from tests import pseudo

TYPED = "pasword"  # repaired by the search
VISITOR = (
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nowhere/",
    "/offline/",
)
LEARNER = (
    *("/dashboard/", "/catalogue/", "/catalogue/?q=nothing-is-called-so", "/catalogue/{slug}/", "/tickets/"),
    *("/sessions/{running}/", "/sessions/{running}/directory/", "/sessions/{running}/assets/"),
    *("/sessions/{running}/runs/", "/sessions/{running}/search/?q=vpn", "/sessions/{running}/checklist/"),
    *("/sessions/{done}/debrief/", "/sessions/{waiting}/debrief/", "/sessions/{done}/contest/{row}/"),
    *("/performance/", "/performance/?timeframe=all", "/achievements/", "/leaderboard/?scope=all"),
    *("/knowledge/", f"/knowledge/?q={TYPED}", "/knowledge/{article}/", "/settings/", "/settings/erase/"),
    *("/notices/", "/accounts/email/", "/accounts/password/change/", "/accounts/logout/"),
)
COACH = (
    *(
        "/reviews/",
        "/reviews/contests/{contest}/",
        "/reviews/scores/{done}/",
        "/reviews/scores/{done}/{row}/",
    ),
    *("/cohorts/{cohort}/", "/cohorts/{cohort}/report/", "/sessions/{done}/debrief/", "/dashboard/"),
)
MANAGER = ("/cohorts/", "/cohorts/{cohort}/", "/cohorts/{cohort}/report/", "/dashboard/")
REFUSED = (
    ("/accounts/login/", {"login": "lena", "password": "wrong"}),
    ("/accounts/signup/", {"email": "lena", "password1": "short"}),
)
REFUSED_LEARNER = (
    ("/settings/", {"first_name": ""}),
    ("/settings/erase/", {"password": "wrong"}),
    ("/sessions/{running}/resolve/", {"type": "escalated"}),
    ("/sessions/{waiting}/debrief/expect/", {}),
    ("/sessions/{done}/contest/{row}/", {"reason": "short"}),
)
REFUSED_COACH = (
    ("/reviews/contests/{contest}/", {"outcome": "upheld", "reason": "short"}),
    ("/reviews/scores/{done}/{row}/", {"points": "many"}),
)
REFUSED_MANAGER = (
    ("/cohorts/", {"name": ""}),
    ("/cohorts/{cohort}/invitations/", {"email": "nobody", "days": "0"}),
    ("/cohorts/{cohort}/helpers/", {"email": "nobody@people.example", "part": "coaches"}),
)


@pytest.fixture
def stage(monkeypatch, play, learner, coach, manager, cohort, articles):
    """Lena's day, in the made-up language: a scored ticket, one that waits, one that runs, and a contest."""
    pseudo.speak(monkeypatch)
    now = timezone.now()
    done = play(learner, "careless")
    score_session(session_id=done.pk, now=now)
    reward(assessment_id=done.assessment.pk, now=now)
    row = next(row for row in done.assessment.criteria if row["status"] in ("not", "part"))
    made = contest(
        session_id=done.pk, learner=learner, criterion_id=row["id"], reason="I asked them.", now=now
    )
    waiting = play(learner, "careful")
    running = start_session(learner=learner, scenario=done.scenario, mode="practice", now=now, seed=7)
    take_hint(session_id=running.pk, now=now)
    perform_action(session_id=running.pk, action="push_code", now=now)
    invitation = people.invite(cohort=cohort, actor=manager, email="new@people.example", now=now)
    return {
        "running": running.pk,
        "done": done.pk,
        "waiting": waiting.pk,
        "row": row["id"],
        "contest": made.pk,
        "cohort": cohort.pk,
        "invitation": invitation.token,
        "slug": done.scenario.slug,
        "article": next(iter(articles)),
    }, running


def everything_written(session) -> pseudo.Data:
    """The texts of all rows but notices, which the code words; and what is made of them, or belongs to the play."""
    models = [model for model in apps.get_models() if model is not Notice]
    articles = [_shown(article) for article in Article.objects.all()]
    world = session.document
    company = [find_people(world, session.state, ""), find_assets(world, "")]
    skills = [skill_label(skill) for scenario in Scenario.objects.all() for skill in scenario.skills]
    initials = [f"{person.first_name[0]}{person.last_name[0]}" for person in User.objects.all()]
    return pseudo.Data(models, articles, company, skills, initials, canned_replies(session), TYPED)


def _shown(article: Article) -> list[str]:
    """As a page, and as its snippets are cut from."""
    return [f"{article.summary} {strip(article.body)}", *pseudo.pieces(render(article.body))]


def test_every_word_of_every_page_and_mail_can_be_translated(stage, client, as_, learner, coach, manager):
    places, running = stage
    pages = {}

    def visit(who, paths, refused=()):
        for path in paths:
            pages[f"{who} {path}"] = client.get(path.format(**places))
        for path, sent in refused:
            pages[f"{who} sends {path}"] = client.post(path.format(**places), sent)

    visit("visitor", VISITOR, REFUSED)
    for person, paths, refused in (
        (learner, LEARNER, REFUSED_LEARNER),
        (coach, COACH, REFUSED_COACH),
        (manager, MANAGER, REFUSED_MANAGER),
    ):
        as_(person)
        visit(person.first_name, paths, refused)
    send_owed_mail()

    written = everything_written(running)
    left = {name: pseudo.untranslated(page.content.decode(), written) for name, page in pages.items()}
    for each in mail.outbox:
        parts = [each.subject, each.body, *(part[0] for part in each.alternatives)]
        left[f"mail {each.subject}"] = [text for part in parts for text in pseudo.untranslated(part, written)]
    bare = {text: name for name, texts in left.items() for text in texts}
    told = [f"{name}: {text}" for text, name in bare.items()]
    assert not bare, "\n".join(["Not in the catalogue (where it is translated: run script/messages):", *told])
    assert {name for name, page in pages.items() if page.status_code not in (200, 422)} == {
        "visitor /nowhere/"
    }


@pytest.mark.parametrize("bare", ["<p>Close</p>", '<a title="Close">⟦Open⟧</a>', "<p>⟦Hello⟧ and more</p>"])
def test_a_bare_word_stands_out(db, bare):
    assert pseudo.untranslated(bare, pseudo.Data([]))


def test_what_is_said_or_written_does_not(learner):
    said = "<h1>⟦Hello⟧</h1><p>⟦By <strong>Lena ⟦the first⟧</strong>⟧</p>⟦12 points⟧ 12 <code>x_y</code> Lena"
    assert pseudo.untranslated(said, pseudo.Data([type(learner)])) == []
