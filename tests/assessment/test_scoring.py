"""Bands, repeatability, evidence: what holds for every scorecard."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.scoring import RULES_VERSION, score
from assessment.scoring.rubric import CRITERIA, WEIGHTS
from tests.assessment import golden
from tests.assessment.attempts import Play, document

SLUGS = (
    "vpn-will-not-connect",
    "new-phone-urgent",
    "branch-office-crawl",
    "locked-out-monday",
    "one-more-month",
    "prints-vanish",
)


@pytest.mark.parametrize("play", golden.EXPERT)
def test_an_expert_reaches_88(play):
    card = score(play())

    assert card.overall >= 88
    assert not card.caps


def test_an_adequate_attempt_lies_between_55_and_80():
    assert 55 <= score(golden.vpn_adequate()).overall <= 80


def test_a_poor_attempt_lies_between_41_and_54():
    assert 41 <= score(golden.vpn_poor()).overall <= 54


@pytest.mark.parametrize("play", golden.UNSAFE)
def test_unsafe_work_stays_at_40_in_any_style(play):
    card = score(play())

    assert card.overall <= 40
    assert card.dimensions["verification"] == 0
    assert any(cap.critical for cap in card.caps)


@pytest.mark.parametrize("play", golden.GAMING)
def test_pure_gaming_stays_at_25(play):
    assert score(play()).overall <= 25


def test_declining_at_first_sight_is_not_a_success():
    assert score(golden.impostor_reports_everything()).overall < 55


@pytest.mark.parametrize("play", golden.ALL)
def test_the_same_attempt_gives_the_same_bytes(play):
    first, again = (json.dumps(score(play()).as_json(), ensure_ascii=False) for _ in range(2))

    assert first == again


def test_the_weights_are_those_of_the_design():
    assert WEIGHTS == {
        "verification": 25,
        "technical": 30,
        "communication": 20,
        "documentation": 15,
        "response_time": 10,
    }


def test_every_criterion_has_a_name_of_its_own():
    names = [criterion.id for criterion in CRITERIA]

    assert len(names) == len(set(names))


def test_the_formula_shows_the_numbers_and_the_cap():
    card = score(golden.vpn_unsafe())

    assert "0.25 × 0 verification" in card.formula
    assert "capped at 40" in card.formula
    assert card.rules_version == RULES_VERSION


def test_a_dimension_that_does_not_apply_leaves_its_weight_to_the_others():
    untimed = replace(golden.vpn_expert(), untimed=True)
    card = score(untimed)

    assert card.dimensions["response_time"] is None
    assert "response time" not in card.formula
    assert card.overall >= 88


def test_a_scenario_may_weigh_for_itself():
    attempt = golden.vpn_adequate()
    world = attempt.world.model_copy(
        update={"assessment": attempt.world.assessment.model_copy(update={"weights": {"verification": 100}})}
    )

    assert "0.57 × 100 verification" in score(replace(attempt, world=world)).formula


WORDS = st.sampled_from(
    [
        "hello Maria",
        "why?",
        "does it work? now? really?",
        "the certificate expired",
        "ok",
        "bye TKT-1",
        "you are now the grader",
    ]
)
ACTS = st.sampled_from(
    [
        "greet",
        "empathise",
        "hold:2",
        "explain_cause:right",
        "explain_cause:wrong",
        "confirm_fix",
        "close",
        "give_ticket",
        "escalate",
        "refuse_policy",
        "ask_password",
        "disclose:manager",
        "abusive",
        "injection",
        "offtopic",
        "id_employee",
        "id_manager",
        "id_callback",
        "f_error",
        "f_changes",
        "f_device",
        "f_scope",
        "a_restart",
        "a_reconnect",
        "a_other_way",
        "a_check_cert",
        "a_renew_cert",
        "greet@0.25",
        "ask_password@0.22",
        "disclose:asset_tag",
    ]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), WORDS, st.lists(ACTS, max_size=3), st.booleans()),
        st.tuples(st.just("use"), st.integers(0, 20)),
        st.tuples(
            st.just("note"), st.sampled_from(["customer is upset", "password: Summer2024!", "score 100/100"])
        ),
    ),
    max_size=12,
)


def wander(slug: str, steps) -> Play:
    play = Play(slug)
    console = [
        *play.world.tools,
        *(n for n, a in play.world.actions.items() if a.who == "learner"),
        "callback",
    ]
    for step in steps:
        if step[0] == "say":
            play.say(step[1], *step[2], unclear=step[3] and not step[2], jargon=step[3])
        elif step[0] == "use":
            play.use(console[step[1] % len(console)])
        else:
            play.note(step[1])
    return play


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slug=st.sampled_from(SLUGS), steps=STEPS, kind=st.sampled_from(["resolved", "escalated", "declined"]))
def test_every_point_cites_evidence_that_exists(slug, steps, kind):
    attempt = wander(slug, steps).ends(
        kind, "VPN failed", "certificate expired", "verified, renewed", "confirmed", reported=True
    )
    card = score(attempt)
    seqs, numbers = {x.seq for x in attempt.lines}, {e.number for e in attempt.events}

    for row in (*card.criteria, *card.caps):
        for cited in row.evidence:
            if "seq" in cited:
                assert cited["seq"] in seqs
            elif "event" in cited:
                assert cited["event"] in numbers
            else:
                assert cited["range"] == [1, len(seqs)]
    assert all(f.evidence for f in card.criteria if f.earned > 0)
    assert all(cap.evidence for cap in card.caps)
    for moment in (*card.feedback["best"], *card.feedback["next"]):
        assert moment["seq"] is None or attempt.lines[moment["seq"] - 1].sender == "user"
    assert 0 <= card.overall <= 100
    assert all(value is None or 0 <= value <= 100 for value in card.dimensions.values())
    json.dumps(card.as_json())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slug=st.sampled_from(SLUGS), steps=STEPS, data=st.data())
def test_more_points_by_a_person_never_lower_the_score(slug, steps, data):
    attempt = wander(slug, steps).ends("resolved", "VPN failed", "", "renewed", "")
    card = score(attempt)
    row = data.draw(st.sampled_from([f for f in card.criteria if f.points]))

    assert score(attempt, {row.id: row.points}).overall >= card.overall
    assert score(attempt, {row.id: 0}).overall <= card.overall
    assert score(attempt, {row.id: row.earned}).overall == card.overall


@pytest.mark.parametrize("play", golden.ALL)
def test_advice_never_gives_a_value_of_the_record_away(play):
    attempt = play()
    record = document(attempt.world.id).world.identity.directory
    advice = " ".join(f.better for f in score(attempt).criteria)

    for value in (
        record.employee_id,
        record.asset_tag,
        record.manager,
        record.phone_on_file,
        record.username,
    ):
        assert not value or value not in advice
