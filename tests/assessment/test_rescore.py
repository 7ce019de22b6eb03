"""Older scores under newer rules: shown first, changed only when asked, and nothing else ever changes a past score."""

from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from assessment.models import Assessment, Override, Revision
from assessment.scoring import RULES_VERSION
from assessment.services import foreseen, outdated, override, rescore, score_session
from assessment.services.cards import card_of, put_card
from chat.services import start_session
from gamification.demo.analyst import Analyst, scripts
from scenarios.models import Scenario
from tests.conftest import NOW

BECAUSE = "The greeting names the customer, in line 2."


@pytest.fixture
def played(learner, scenarios, articles):
    """`played("careless")`: Lena's work on the VPN ticket, scored."""
    scenario = scenarios["vpn-will-not-connect"]
    scenario.prerequisites.clear()

    def play(style="careless", seed=7) -> Assessment:
        session = start_session(
            learner=learner, scenario=scenario, mode="exam", now=NOW, seed=seed, variant="usual"
        )
        Analyst(session, pace=30, dice=Random(seed)).play(scripts(scenario.slug)[style])
        session.refresh_from_db()
        assessment = score_session(session_id=session.pk, now=session.finished_at)
        assessment.refresh_from_db()
        return assessment

    return play


def age(assessment, **points):
    """As if older rules had scored it, and given these points."""
    card = card_of(assessment)
    for row in card["criteria"]:
        row["earned"] = points.get(row["id"], row["earned"])
    card |= {"rules_version": "1"}
    if points:
        card["overall"] = 12.0
    put_card(assessment, card)
    assessment.save()
    assessment.refresh_from_db()
    return assessment


def run(*options):
    out = StringIO()
    call_command("rescore", *options, stdout=out)
    return out.getvalue()


def test_it_shows_who_would_change_by_how_much_and_why(played, learner):
    assessment = played()
    now = assessment.overall
    old = age(assessment, greeting=1.0)
    greeting = next(r["earned"] for r in card_of(old)["criteria"] if r["id"] == "greeting")
    before = card_of(old)

    for options in ([], ["--dry-run"]):
        shown = run(*options)
        assert learner.email in shown and old.session.ticket.number in shown
        assert f"12 → {float(now):g}" in shown and f"greeting {greeting:g} → " in shown
        assert f"1 of 1 scores by rules older than version {RULES_VERSION} would change." in shown
        assert "Start it with --apply" in shown

    old.refresh_from_db()
    assert card_of(old) == before and not Revision.objects.exists()


def test_applied_both_numbers_stay_and_the_learner_is_told(played, learner):
    assessment = played()
    now = assessment.overall
    old = age(assessment, greeting=1.0)

    assert "1 of 1 scores" in run("--apply")

    old.refresh_from_db()
    revision = old.revisions.get()
    assert (old.overall, old.rules_version, old.version) == (now, RULES_VERSION, 2)
    assert (revision.cause, revision.overall_before, revision.overall_after) == ("rescore", 12, now)
    assert revision.before["rules_version"] == "1" and revision.revised_by is None
    assert learner.notices.get().title == f"Your score was revised: 12 → {float(now):g}"
    assert AuditEvent.objects.get(action="score.revised").data["cause"] == "rescore"


def test_started_again_it_does_what_is_left(played):
    age(played(), greeting=1.0)
    run("--apply")
    assert "0 of 0 scores" in run("--apply")
    assert Revision.objects.count() == 1


def test_what_the_rules_do_not_change_gets_no_second_number(played):
    old = age(played())
    assert not foreseen(old)
    assert rescore(assessment_id=old.pk, now=NOW) is None
    old.refresh_from_db()
    assert (old.rules_version, old.version) == (RULES_VERSION, 1)
    assert not outdated().exists() and not Revision.objects.exists()


def test_what_a_person_decided_keeps_counting(played, coach, cohort):
    assessment = played()
    row = next(r for r in assessment.criteria if r["status"] == "not" and r["points"] > 5)
    override(
        assessment_id=assessment.pk,
        reviewer=coach,
        criterion_id=row["id"],
        points=row["points"],
        reason=BECAUSE,
        now=NOW,
    )
    assessment.refresh_from_db()
    decided = assessment.overall
    Override.objects.create(
        assessment=assessment, criterion_id="no_longer_known", points=3, reason=BECAUSE, decided_at=NOW
    )
    age(assessment, greeting=1.0)

    rescore(assessment_id=assessment.pk, now=NOW)

    assessment.refresh_from_db()
    assert assessment.overall == decided
    assert (
        assessment.point(row["id"])["earned"] == row["points"] and assessment.point(row["id"])["overridden"]
    )


def test_one_that_cannot_be_read_does_not_hold_up_the_others(played, capsys):
    broken, fine = age(played(), greeting=1.0), age(played(seed=9), greeting=1.0)
    broken.session.events.filter(kind="console").update(data={})

    with pytest.raises(CommandError, match="1 could not be scored again"):
        call_command("rescore", "--apply", stdout=StringIO(), stderr=StringIO())

    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (float(broken.overall), fine.rules_version) == (12, RULES_VERSION)


def test_it_may_be_kept_to_a_scenario_and_a_time(played):
    old = age(played(), greeting=1.0)
    finished = old.session.finished_at
    assert "0 of 0" in run("--scenario", "prints-vanish")
    assert "1 of 1" in run("--scenario", "vpn-will-not-connect")
    assert "1 of 1" in run("--since", f"{finished:%Y-%m-%d}")
    assert "0 of 0" in run("--since", f"{finished + timedelta(days=1):%Y-%m-%d}")
    with pytest.raises(CommandError, match="no scenario"):
        run("--scenario", "nonsense")
    with pytest.raises(CommandError):
        run("--dry-run", "--apply")


class TestPastScoresStay:
    def test_when_scenario_or_article_are_edited(self, played, articles):
        assessment = played()
        before = card_of(assessment)
        scenario = Scenario.objects.get(slug="vpn-will-not-connect")
        document = scenario.current_version.document
        document["documentation"]["must_mention"] = [{"id": "moon", "any": ["the moon"]}]
        document["assessment"] = {"weights": {"documentation": 90}}
        newer = scenario.versions.create(
            number=99,
            content_hash="another",
            document=document,
            source=scenario.current_version.source,
            paths=scenario.current_version.paths,
            created_at=NOW,
        )
        scenario.current_version = newer
        scenario.xp_reward = 7
        scenario.save()
        for article in articles.values():
            article.is_active = False
            article.save()

        score_session(session_id=assessment.session_id, now=NOW)
        assert not foreseen(Assessment.objects.get())
        assert card_of(Assessment.objects.get()) == before

    def test_when_a_person_decides_after_the_rules_were_edited(self, played, coach, cohort):
        assessment = played()
        card = card_of(assessment)
        once = {
            "verification": 5,
            "technical": 5,
            "communication": 5,
            "documentation": 80,
            "response_time": 5,
        }
        put_card(assessment, card | {"weights": once, "rules_version": "1"})
        assessment.save()
        lost = next(
            r for r in assessment.criteria if r["dimension"] == "documentation" and r["status"] == "part"
        )

        override(
            assessment_id=assessment.pk,
            reviewer=coach,
            criterion_id=lost["id"],
            points=lost["points"],
            reason=BECAUSE,
            now=NOW,
        )

        after = card_of(Assessment.objects.get())
        assert (after["rules_version"], after["weights"]) == ("1", once)
        assert f"0.80 × {after['dimensions']['documentation']:g} documentation" in after["formula"]
        others = ("verification", "technical", "communication", "response_time")
        assert [after["dimensions"][name] for name in others] == [card["dimensions"][name] for name in others]
