"""The debrief: what it says, that each claim can be checked on the page, and who may read how much."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from accounts.services import key_of
from assessment.models import Assessment
from assessment.self_assessment import see_score
from assessment.services import score_session
from chat.services import abandon, start_session
from gamification.debriefing import debrief_of
from gamification.debriefing.log import Log
from gamification.debriefing.paths import best_path
from gamification.debriefing.wording import items_are_enough, move_in_words, theirs
from gamification.models import Reward
from gamification.services import reward
from scenarios.models import world_of
from tests.conftest import NOW


@pytest.fixture
def careless(play, learner):
    """Lena's worst: scored, not yet rewarded; she wanted to see it at once."""
    session = play(learner, "careless")
    see_score(session_id=session.pk, now=session.finished_at)
    score_session(session_id=session.pk, now=session.finished_at)
    return session


def at(session):
    return f"/sessions/{session.pk}/debrief/"


def rest(session):
    return f"/api/v1/sessions/{session.pk}/assessment"


def text(page):
    return " ".join(page.content.decode().split())


class TestThePage:
    def test_it_says_how_it_went_and_what_it_earned(self, as_, learner, played):
        page, made = text(as_(learner).get(at(played))), played.assessment
        reward = made.reward

        assert f'<p class="score-hero__number">{float(made.overall):g}<small>of 100</small>' in page
        assert f"+{reward.xp} XP" in page and f"100 XP × {float(made.overall):g} %." in page
        for title in ("Verification", "Technical", "Communication", "Documentation", "Response time"):
            assert f'<span class="meter__label">{title}</span>' in page
        assert made.satisfaction_words.replace("'", "&#x27;") in page
        assert f"{made.satisfaction} of 5" in page
        assert made.formula.split(" = ")[0].replace("'", "&#x27;") in page
        assert "First ticket home" in page
        assert made.feedback["goal"].replace("'", "&#x27;") in page
        assert f'href="/catalogue/{played.scenario.slug}/">' in page and "Try again" in page

    def test_every_link_leads_to_a_line_on_the_page(self, as_, learner, played, careless):
        for session in (played, careless):
            page = as_(learner).get(at(session)).content.decode()
            ids = set(re.findall(r'\bid="([^"]+)"', page))
            links = set(re.findall(r'href="#([^"]+)"', page))
            assert len(links) > 15
            assert links <= ids

    def test_every_criterion_that_applies_quotes_its_evidence(self, api_as, learner, played):
        criteria = api_as(learner).get(rest(played)).json()["criteria"]
        assert len(criteria) > 20
        for criterion in criteria:
            if criterion["result"] in ("met", "partly") and criterion["points"]:
                assert criterion["evidence"], criterion["title"]

    def test_the_transcript_has_messages_notes_and_what_was_done(self, as_, learner, played):
        page = text(as_(learner).get(at(played)))
        for message in played.messages.all():
            assert f'id="m-{message.seq}"' in page
        for event in played.events.filter(
            kind__in=("console", "lookup", "verification", "search", "resolved")
        ):
            assert f'id="e-{event.number}"' in page
        assert "Closed the ticket as resolved." in page
        assert "What was written on closing" in page

    def test_the_best_path_stands_beside_ones_own(self, as_, learner, played):
        page = text(as_(learner).get(at(played)))
        for move in best_path(Log(played)):
            assert move.words.replace("'", "&#x27;") in page
        assert "on the shortest way" in page and "Your way" in page

    def test_a_question_that_earned_the_same_fact_counts_as_that_step(self, played):
        log = Log(played)
        earned = {e.data["fact"] for e in played.events.filter(kind="fact")}
        acts = {f"ask {act}" for name in earned for act in played.document.facts[name].ask}
        assert {m.words for m in best_path(log) if m.is_done} >= {
            move_in_words(played.document, move) for move in acts & set(played.shortest_path)
        }

    def test_the_best_path_asks_for_items_where_they_are_enough(self, played):
        log = Log(played)
        words = [move.words for move in best_path(log)]
        items = "Ask for two of employee number, asset tag and manager, and compare with the record."

        assert "ask id_callback" in played.shortest_path
        assert items in words and not any("Call back" in said for said in words)
        assert next(move.is_done for move in best_path(log) if move.words == items)
        assert len(words) == len(played.shortest_path)

    def test_the_best_path_calls_back_where_only_that_proves_enough(self, played):
        way = ["use reset_mfa", "ask id_callback"]
        world = played.document
        high = world.model_copy(
            update={
                "goals": {
                    n: g.model_copy(update={"all": {"verified": "high"}}) for n, g in world.goals.items()
                }
            }
        )

        assert items_are_enough(world, way) and not items_are_enough(high, way)

    def test_articles_are_named_by_their_titles(self, as_, learner, played, articles):
        read = played.events.filter(kind="article")
        page = text(as_(learner).get(at(played)))

        assert read
        for event in read:
            assert f"Read the article “{articles[event.data['slug']].title}”." in page

    def test_missteps_are_shown_as_such(self, careless):
        steps = debrief_of(careless, shows_work=True).work.own_path
        assert {step.result for step in steps} == {"", "met", "missed"}
        assert any(step.words.startswith("Was warned") and step.result == "missed" for step in steps)
        assert [step.at for step in steps] == sorted(step.at for step in steps)

    def test_caps_are_named(self, as_, learner, careless):
        reward(assessment_id=careless.assessment.pk, now=NOW)
        page = text(as_(learner).get(at(careless)))
        cap = careless.assessment.caps[0]
        assert f"t most {cap['limit']:g} points." in page
        assert cap["why"].replace("'", "&#x27;") in page
        assert "+5 XP" in page

    def test_nothing_is_inline(self, as_, learner, played, careless):
        for session in (played, careless):
            page = as_(learner).get(at(session)).content.decode()
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", page)

    def test_a_level_is_announced(self, as_, learner, played):
        Reward.objects.filter(assessment=played.assessment).update(level_before=1, level_after=2)
        assert "Level 2 reached" in text(as_(learner).get(at(played)))


class TestWaiting:
    def test_until_it_is_scored_the_page_says_so_and_looks_again(self, as_, play, learner):
        session, browser = play(learner, "average"), as_(learner)
        see_score(session_id=session.pk, now=NOW)

        page = text(browser.get(at(session)))
        assert "Your ticket is being read" in page
        assert f'hx-get="{at(session)}" hx-trigger="every 2s"' in page
        assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
        assert browser.get(at(session), headers={"HX-Request": "true"}).status_code == 204

    def test_a_failed_scoring_is_said_to_be_tried_again(self, as_, api_as, play, learner):
        session = play(learner, "average")
        Assessment.objects.create(session=session, status="failed", seen_at=NOW)
        assert "is tried again by itself" in text(as_(learner).get(at(session)))
        assert api_as(learner).get(rest(session)).json() == {"sessionId": str(session.pk), "status": "failed"}

    def test_the_score_is_shown_before_the_xp_are_counted(self, as_, learner, careless):
        browser = as_(learner)
        page = text(browser.get(at(careless)))
        assert "The XP are being counted" in page and "Every criterion" in page
        assert browser.get(at(careless), headers={"HX-Request": "true"}).status_code == 204

        reward(assessment_id=careless.assessment.pk, now=NOW)
        assert browser.get(at(careless), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
        assert "hx-get" not in text(browser.get(at(careless)))

    def test_a_running_session_is_worked_on(self, as_, coach, cohort, learner, vpn):
        session = start_session(learner=learner, scenario=vpn, mode="exam", now=NOW)
        assert as_(learner).get(at(session)).url == f"/sessions/{session.pk}/"
        assert "Still running" in text(as_(coach).get(at(session)))

    def test_an_abandoned_one_has_no_score(self, as_, api_as, learner, vpn):
        session = start_session(learner=learner, scenario=vpn, mode="exam", now=NOW)
        abandon(session_id=session.pk, now=NOW)
        assert "Ended without a score" in text(as_(learner).get(at(session)))
        answer = api_as(learner).get(rest(session))
        assert answer.status_code == 404 and "abandoned" in answer.json()["message"]


class TestWhoReads:
    def test_owner_coach_and_admin_read_the_work(self, as_, learner, coach, admin, cohort, played):
        line = played.messages.get(seq=2).text[:30].replace("'", "&#x27;")
        for person in (learner, coach, admin):
            page = text(as_(person).get(at(played)))
            assert 'id="m-2"' in page and line in page
        assert "By Lena Learner" in page and "Try again" not in page

    def test_a_manager_reads_the_assessment_and_no_transcript(self, as_, api_as, manager, cohort, played):
        page = text(as_(manager).get(at(played)))
        assert "Every criterion" in page and '<blockquote class="evidence">' in page
        assert 'id="m-2"' not in page and "Transcript" not in page and 'href="#m-' not in page
        assert "What was written on closing" not in page and "Your way" not in page
        assert api_as(manager).get(rest(played)).status_code == 200

    def test_practice_is_between_learner_and_coach(self, as_, manager, coach, cohort, learner, play):
        session = play(learner, "average", mode="practice")
        score_session(session_id=session.pk, now=NOW)
        assert as_(manager).get(at(session)).status_code == 404
        assert as_(coach).get(at(session)).status_code == 200

    def test_everyone_else_finds_nothing(self, as_, api_as, other_learner, trainer, make_person, played):
        strangers = (
            other_learner,
            trainer,
            make_person("Cleo", "Coach", Role.COACH),
            make_person("Mara", "Manager", Role.COHORT_MANAGER),
        )
        for person in strangers:
            assert as_(person).get(at(played)).status_code == 404
            assert api_as(person).get(rest(played)).status_code == 404

    def test_an_unknown_session_is_not_there_and_a_visitor_signs_in(self, as_, api_as, client, learner):
        assert client.get(f"/sessions/{uuid4()}/debrief/").url.startswith("/accounts/login/")
        assert client.get(f"/api/v1/sessions/{uuid4()}/assessment").status_code == 401
        assert as_(learner).get(f"/sessions/{uuid4()}/debrief/").status_code == 404
        assert api_as(learner).get(f"/api/v1/sessions/{uuid4()}/assessment").status_code == 404

    def test_an_administrator_leaves_a_trace(self, as_, admin, learner, coach, cohort, played):
        as_(learner).get(at(played))
        as_(coach).get(at(played))
        assert not AuditEvent.objects.filter(action="session.read").exists()
        as_(admin).get(at(played))
        assert AuditEvent.objects.get(action="session.read", object_id=str(played.pk)).actor == key_of(admin)


class TestRest:
    def test_pending_until_it_is_scored(self, api_as, play, learner):
        session = play(learner, "average")
        assert api_as(learner).get(rest(session)).json() == {
            "sessionId": str(session.pk),
            "status": "pending",
        }

    def test_all_that_the_contract_names(self, api_as, learner, played):
        body, made = api_as(learner).get(rest(played)).json(), played.assessment

        assert body["status"] == "done" and body["overall"] == float(made.overall)
        assert set(body["scores"]) == {
            "verification",
            "technical",
            "communication",
            "documentation",
            "responseTime",
        }
        assert {c["dimension"] for c in body["criteria"]} <= {*body["scores"], "research"}
        assert body["formula"] == made.formula and body["caps"] == []
        assert set(body["feedback"]) == {"best", "next", "goal"}
        assert body["customerSatisfaction"] == {
            "score": made.satisfaction,
            "words": made.satisfaction_words,
        }
        assert body["xp"] == {
            "amount": made.reward.xp,
            "why": made.reward.why,
            "level": learner.level,
            "leveledUp": made.reward.leveled_up,
        }
        assert "first-ticket" in [a["slug"] for a in body["achievements"]]

    def test_xp_is_null_for_the_moment_before_the_reward(self, api_as, learner, careless):
        assert api_as(learner).get(rest(careless)).json()["xp"] is None


def test_a_long_conversation_asks_no_more_of_the_database(as_, learner, played, careless):
    reward(assessment_id=careless.assessment.pk, now=NOW)
    counts = {}
    for session in (played, careless):
        browser = as_(learner)
        browser.get(at(session))
        with CaptureQueriesContext(connection) as queries:
            browser.get(at(session))
        counts[session.messages.count()] = len(queries)
    assert len(counts) == 2 and len(set(counts.values())) == 1, counts
    assert max(counts.values()) <= 15


class TestWording:
    @pytest.mark.parametrize(
        "move, words",
        [
            ("ask f_changes", "Find out what changed before."),
            ("ask f_device", "Find out what device they have."),
            ("ask id_manager", "Ask for this proof: manager."),
            ("ask id_callback", "Call back on the number on record."),
            ("ask a_reconnect", "Have them try again what did not work."),
            ("ask a_restart", "Have them restart it."),
            ("ask confirm_fix", "Have them try it, and hear that it works."),
            ("use callback", "Call back on the number on record."),
            ("ask empathise", "Say that you see what it means for them."),
            ("wait", "Say how long it takes, and wait for it."),
            ("end declined", "Decline the request, and report it to security."),
        ],
    )
    def test_moves(self, vpn, move, words):
        assert move_in_words(vpn.current_version.world(), move) == words

    def test_every_move_of_the_shipped_scenarios_has_words(self, scenarios):
        for scenario in scenarios.values():
            version = scenario.current_version
            for variant, way in version.paths.items():
                world = world_of(version.pk, variant)
                for said in (move_in_words(world, move) for move in way):
                    assert said.endswith(".") and "_" not in said, (scenario.slug, said)

    def test_the_customers_words_are_turned_round(self):
        assert theirs("which connection I'm on") == "which connection they are on"
        assert theirs("do it myself on my screen, tell me") == "do it themselves on their screen, tell them"
