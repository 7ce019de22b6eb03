"""Hints in practice: the next move, in three levels, told to the learner and to nobody else."""

from functools import cache, partial
from pathlib import Path

import pytest

from accounts.errors import Conflict
from assessment.scoring import score
from assessment.services.scoring import attempt_of
from chat.errors import Finished
from chat.hint_words import texts
from chat.hints import COST, STUCK, WARM, is_discreet, next_move
from chat.models import Message, Session
from chat.proving.guard import Guard
from chat.selectors import required_level
from chat.services import abandon, perform_action, resolve, start_session, take_hint
from scenarios.reading import read_document
from scenarios.world.graph import apply
from scenarios.world.state import IDENTITY_ACTS, opening_state
from tests.conftest import NOW
from tests.packs import ROOT

PACK = sorted(path.stem for path in (ROOT / "scenarios" / "pack").glob("*.yaml"))


@cache
def solved(slug):
    """[(variant, world, the solver's way)] of a shipped scenario."""
    document = read_document(Path(ROOT / "scenarios" / "pack" / f"{slug}.yaml").read_text("utf-8"))
    return [(name, document.worlds[name], list(path.moves)) for name, path in document.paths.items()]


def led(world, way):
    """(state, move) at every point, where somebody does just what the hints are about."""
    state, tried, needed = opening_state(world), set(), required_level(world)
    for _ in range(40):
        move = next_move(world, state, way, needed=needed, tried=tried)
        yield state, move
        if move.startswith("end "):
            return
        tried |= {IDENTITY_ACTS[act] for act in [move.removeprefix("ask ")] if act in IDENTITY_ACTS}
        state = apply(world, state, move)
    raise AssertionError("the hints lead nowhere")


@pytest.mark.parametrize("slug", PACK)
class TestTheWholePack:
    def test_who_follows_the_hints_arrives(self, slug):
        for variant, world, way in solved(slug):
            points = list(led(world, way))
            end = points[-1][1]
            assert end == way[-1], (variant, [move for _, move in points])
            assert not {STUCK, WARM} & {move for _, move in points} - set(way)

    def test_no_hint_gives_anything_away(self, slug):
        for variant, world, way in solved(slug):
            guard = Guard(world)
            for state, move in led(world, way):
                for text in texts(world, move, partial(is_discreet, guard, state)):
                    leaks = [s for s in guard.slips(text, state, ()) if s.kind == "leak"]
                    assert not leaks, (variant, move, text, leaks)

    def test_verification_comes_first_whoever_is_calling(self, slug):
        for _, world, way in solved(slug):
            first = next(led(world, way))[1]
            if required_level(world) != "none":
                assert first.removeprefix("ask ") in IDENTITY_ACTS


def vpn_world():
    _, world, way = solved("vpn-will-not-connect")[0]
    return world, way


def test_what_was_done_otherwise_needs_no_hint():
    """The hints follow the session, not the order of the solver's way."""
    world, way = vpn_world()
    state = opening_state(world)
    for move in ("ask id_employee", "ask id_manager", "ask f_error", "ask a_check_cert"):
        state = apply(world, state, move)
    assert next_move(world, state, way, needed="low") == "use reissue_cert"


def test_what_cannot_be_put_right_is_not_hidden():
    world, way = vpn_world()
    state = apply(world, apply(world, opening_state(world), "ask id_callback"), "use disable_cert_check")
    assert next_move(world, state, way, needed="low") == STUCK


def test_a_customer_who_has_left_leaves_only_the_end():
    world, way = vpn_world()
    state = opening_state(world)
    state.left = "hangup"
    assert next_move(world, state, way, needed="low") == "end resolved"


def test_a_customer_who_trusts_too_little_wants_a_kind_word_first():
    slug = next(s for s in PACK if any(f.trust_min for _, w, _ in solved(s) for f in w.facts.values()))
    for _, world, way in solved(slug):
        state = opening_state(world)
        state.trust = 0
        held = [m for m in way if any(world.facts[f].trust_min for f in world.answers_to(m[4:]))]
        if held and not {WARM} & set(way):
            moves = [next_move(world, state, way, tried={"callback"})]
            assert WARM in moves or moves[0] not in held


@pytest.fixture
def practice(learner, scenarios):
    scenario = scenarios["vpn-will-not-connect"]
    scenario.prerequisites.clear()
    return start_session(
        learner=learner, scenario=scenario, mode="practice", now=NOW, seed=7, variant="usual"
    )


def taken(session):
    return list(session.events.filter(kind="hint").values_list("data__move", "data__level"))


def test_asking_again_climbs_and_a_new_move_begins_anew(practice):
    levels = [take_hint(session_id=practice.pk, now=NOW)["level"] for _ in range(3)]
    assert levels == [1, 2, 3]
    perform_action(session_id=practice.pk, action="callback", now=NOW)
    hint = take_hint(session_id=practice.pk, now=NOW)
    assert (hint["level"], hint["text"]) == (1, "What do you still not know about the trouble?")
    assert taken(practice) == [
        ("ask id_callback", 1),
        ("ask id_callback", 2),
        ("ask id_callback", 3),
        ("ask f_changes", 1),
    ]


def test_the_third_one_stays_and_costs_nothing_more(practice):
    for _ in range(3):
        last = take_hint(session_id=practice.pk, now=NOW)
    assert take_hint(session_id=practice.pk, now=NOW) == last | {"cost": 0}
    assert len(taken(practice)) == 3


def test_an_exam_has_none(open_session):
    with pytest.raises(Conflict, match="practice"):
        take_hint(session_id=open_session.pk, now=NOW)
    assert taken(open_session) == []


def test_a_finished_session_has_none(practice):
    abandon(session_id=practice.pk, now=NOW)
    with pytest.raises(Finished):
        take_hint(session_id=practice.pk, now=NOW)


def test_the_customer_does_not_hear_of_it(practice):
    before = practice.state
    take_hint(session_id=practice.pk, now=NOW)
    practice.refresh_from_db()
    assert practice.state == before and Message.objects.filter(session=practice).count() == 1


def finished(session):
    notes = {"problem": "VPN down.", "cause": "", "steps": "Asked.", "test": ""}
    resolve(session_id=session.pk, resolution={"type": "resolved", "documentation": notes}, now=NOW)
    return score(attempt_of(Session.objects.get(pk=session.pk)))


def row_of(card):
    return next(f for f in card.criteria if f.id == "hints_used")


def test_each_hint_costs_and_is_named(practice):
    perform_action(session_id=practice.pk, action="vpn_gateway_log", now=NOW)
    for _ in range(2):
        take_hint(session_id=practice.pk, now=NOW)
    row = row_of(finished(practice))
    assert (row.earned, row.why, row.dimension) == (-2 * COST, "You took 2 hints.", "technical")
    assert [practice.events.get(number=e["event"]).kind for e in row.evidence] == ["hint", "hint"]


def test_practice_without_a_hint_and_an_exam_lose_nothing(practice, other_learner, scenarios):
    scenario = scenarios["vpn-will-not-connect"]
    exam = start_session(learner=other_learner, scenario=scenario, mode="exam", now=NOW, seed=7)
    assert (row_of(finished(practice)).status, row_of(finished(practice)).earned) == ("met", 0)
    assert row_of(finished(exam)).status == "na"


class TestOverRest:
    def test_the_owner_gets_one(self, api_as, learner, practice):
        answer = api_as(learner).post(f"/api/v1/sessions/{practice.pk}/hints")
        assert answer.status_code == 201
        assert answer.json().keys() == {"level", "text", "at", "cost"}
        assert (answer.json()["level"], answer.json()["cost"]) == (1, COST)

    def test_nobody_else_does(self, api_as, other_learner, coach, cohort, practice):
        for person in (other_learner, coach):
            assert api_as(person).post(f"/api/v1/sessions/{practice.pk}/hints").status_code == 404
        assert taken(practice) == []

    def test_an_exam_is_refused_in_words(self, api_as, learner, open_session):
        answer = api_as(learner).post(f"/api/v1/sessions/{open_session.pk}/hints")
        assert answer.status_code == 409 and "practice" in answer.json()["message"]


class TestOnThePage:
    def test_practice_says_what_a_hint_costs_before_it_is_taken(self, as_, learner, practice):
        page = as_(learner).get(f"/sessions/{practice.pk}/").content.decode()
        assert (
            f"A new hint costs {COST} points of technical skill; one you had is free." in page
            and "Give me a hint" in page
        )

    def test_the_hint_is_shown_and_stays_after_a_reload(self, as_, learner, practice):
        browser = as_(learner)
        part = browser.post(f"/sessions/{practice.pk}/hint/").content.decode()
        words = "What do you know for certain about who is writing to you?"
        assert words in part and "Hint 1 of 3" in part and "Tell me more" in part
        assert words in browser.get(f"/sessions/{practice.pk}/").content.decode()

    def test_an_exam_offers_none(self, as_, learner, open_session):
        browser = as_(learner)
        assert "Give me a hint" not in browser.get(f"/sessions/{open_session.pk}/").content.decode()
        assert browser.post(f"/sessions/{open_session.pk}/hint/").status_code == 409
