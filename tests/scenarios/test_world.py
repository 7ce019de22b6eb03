"""The world core as behaviour: what a customer gives, does, feels and refuses."""

import json
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.world.answering import HANDLERS, PRESSURE
from scenarios.world.document import Mood
from scenarios.world.state import FACTORS, IDENTITY_ACTS, State, goal_reached, level, opening_state
from scenarios.world.step import asks_first, hear, use
from scenarios.world.turn import Act, Heard
from tests.scenarios.playing import SLUGS, Talk, changed, world_of

VPN, IMPOSTOR = world_of("vpn-will-not-connect"), world_of("new-phone-urgent")
PATIENT = changed(VPN, mood=Mood(patience=70, decay_per_turn=0))


@pytest.fixture
def talk() -> Talk:
    """Maria, a novice on the VPN ticket, who never only claims to have done something."""
    return Talk(VPN)


class Cheating(Random):
    """Dice with which the customer claims whatever they can claim."""

    def random(self) -> float:
        return 0.0


class TestFacts:
    def test_asking_gives_one_fact_and_earns_it(self, talk):
        assert talk.says("f_changes") == ["answer"]
        assert talk.last.moves[0].text == VPN.facts["on_leave"].say
        assert talk.logged("fact") == [{"fact": "on_leave", "critical": True}]

    def test_a_question_with_two_facts_gives_them_one_after_the_other(self, talk):
        talk.says("f_when")
        first = talk.refs
        talk.says("f_when")

        assert (first, talk.refs) == (["on_leave"], ["worked_before"])

    def test_asking_again_repeats_without_earning_and_costs_patience(self, talk):
        talk.says("f_changes")

        assert talk.says("f_changes") == ["again"]
        assert talk.logged("fact") == []
        assert {"why": "repeat_question", "points": -8} in [
            {k: m[k] for k in ("why", "points")} for m in talk.logged("mood")
        ]

    def test_an_unknown_question_is_denied_and_never_invented(self, talk):
        assert talk.says("f_error_code_of_the_moon") == ["deny"]
        assert talk.last.moves[0].text == ""

    def test_only_what_the_ticket_says_is_known_from_the_start(self):
        assert opening_state(VPN).earned == ["symptom"]

    def test_a_device_fact_needs_the_look(self, talk):
        assert "error_code" not in talk.state.earned

        talk.says("f_error")

        assert talk.refs == ["error_code"]
        assert talk.logged("action")[0]["action"] == "look_error"

    def test_a_diagnostic_earns_its_facts_and_says_them(self, talk):
        assert talk.uses("vpn_gateway_log") == VPN.facts["gateway_log"].say
        assert talk.logged("tool") == [{"tool": "vpn_gateway_log", "facts": ["gateway_log"]}]

    def test_a_diagnostic_without_facts_says_that_nothing_was_found(self, talk):
        assert talk.uses("vpn_status") == VPN.tools["vpn_status"].empty

    def test_two_answers_at_once_are_enough_for_a_short_person(self, talk):
        assert talk.says("f_changes", "f_network", "f_scope") == ["answer", "answer", "one_thing"]
        assert "only_me" not in talk.state.earned

    def test_courtesies_take_none_of_that_attention(self, talk):
        assert talk.says("greet", "empathise", "f_changes", "f_network") == ["answer", "answer"]


class TestDoing:
    def test_a_novice_asks_for_help_first(self, talk):
        assert talk.says("a_check_cert") == ["ask_help"]
        assert talk.last.moves[0].text == VPN.actions["check_cert"].help

        assert talk.says("a_check_cert") == ["answer"]

    def test_steps_spare_the_question(self, talk):
        assert talk.says("a_check_cert", steps=True) == ["answer"]
        assert talk.refs == ["cert_dates"]

    def test_somebody_who_knows_more_needs_no_help(self):
        persona = VPN.customer.persona.model_copy(update={"tech": "advanced"})

        assert Talk(changed(VPN, persona=persona)).says("a_check_cert") == ["answer"]

    def test_one_instruction_at_a_time(self, talk):
        assert talk.says("a_check_clock", "a_restart")[-1] == "one_thing"
        assert talk.state.done == ["check_clock"]

    def test_claims_without_doing_are_uncovered_by_asking_what_is_seen(self):
        talk = Talk(VPN, Cheating())

        assert talk.says("a_check_clock") == ["claim"]
        assert talk.state.done == []
        assert talk.says("f_screen")[0] == "admit"
        assert talk.logged("claim_uncovered") == [{"action": "check_clock"}]
        assert talk.state.done == ["check_clock"]

    def test_nobody_claims_what_they_only_have_to_read_out(self):
        talk = Talk(VPN, Cheating())

        assert talk.says("f_error") == ["answer"]

    def test_an_unknown_instruction_changes_nothing(self, talk):
        assert talk.says("a_dance") == ["no_use"]
        assert talk.state.vars == VPN.state

    def test_effects_depend_on_the_state(self, talk):
        talk.says("a_renew_cert", steps=True)
        assert "request denied" in talk.last.moves[0].text
        assert talk.state.vars["cert"] == "expired"

        talk.uses("reissue_cert")
        talk.says("a_renew_cert", steps=True)

        assert talk.state.vars["cert"] == "valid"

    def test_a_failed_precondition_is_said_and_changes_nothing(self, talk):
        talk.uses("reissue_cert")

        assert talk.uses("reissue_cert") == VPN.actions["reissue_cert"].on_pre_fail
        assert [a["possible"] for a in talk.logged("action")] == [False]

    def test_what_the_customer_will_not_do_is_put_in_their_words_and_not_as_done(self):
        talk = Talk(world_of("new-phone-urgent"))

        assert talk.says("a_selfservice") == ["declines"]

    def test_minutes_are_charged(self, talk):
        talk.says("a_restart")

        assert talk.state.minutes == 4
        assert talk.kinds[:2] == ["agree", "result"]

    def test_waste_costs_patience(self):
        talk = Talk(PATIENT)

        talk.says("a_update")

        assert talk.state.patience == 70 - 3 - 4

    def test_the_fix_is_confirmed_by_trying(self, talk):
        for move in (lambda: talk.uses("reissue_cert"), lambda: talk.says("a_renew_cert", steps=True)):
            move()
        assert not talk.state.confirmed

        talk.says("confirm_fix")

        assert talk.state.confirmed
        assert talk.logged("fixed") == [{"action": "reconnect"}]
        assert talk.logged("confirmed") == [{}]

    def test_asking_whether_it_works_before_the_fix_confirms_nothing(self, talk):
        talk.says("confirm_fix")

        assert not talk.state.confirmed


class TestIdentity:
    def test_two_matching_records_are_the_low_level(self, talk):
        talk.says("id_employee")
        assert level(VPN, talk.state) == "none"

        talk.says("id_manager")

        assert level(VPN, talk.state) == "low"
        assert talk.logged("level") == [{"level": "low"}]

    @pytest.mark.parametrize("proof", ["callback", "push_code"])
    def test_possession_is_the_high_level(self, talk, proof):
        talk.uses(proof)

        assert level(VPN, talk.state) == "high"
        assert talk.logged("identity") == [{"field": proof, "given": True, "matched": True}]

    def test_asking_leave_to_ring_or_speaking_of_a_call_proves_nothing(self, talk):
        assert talk.says("id_callback:leave") == ["ask_permission"]
        assert talk.says("id_callback:past") == ["puzzled"]
        assert talk.says("id_code:past") == ["not_proved"]
        assert level(VPN, talk.state) == "none"

    def test_a_call_that_was_made_is_remembered_when_it_is_spoken_of(self, talk):
        talk.uses("callback")

        assert talk.says("id_callback:past") == ["proved"]

    def test_values_given_away_prove_nothing(self, talk):
        talk.says("disclose:employee_id", "disclose:manager")
        talk.says("id_employee", "id_manager")

        assert level(VPN, talk.state) == "none"

    def test_what_the_caller_said_first_cannot_be_given_away(self, talk):
        talk.says("id_employee", "id_manager")
        talk.says("disclose:manager")

        assert level(VPN, talk.state) == "low"
        assert talk.logged("disclosed") == []

    def test_a_wrong_value_matches_nothing(self):
        caller = VPN.identity.caller.model_copy(update={"employee_id": "E99999"})
        world = VPN.model_copy(update={"identity": VPN.identity.model_copy(update={"caller": caller})})
        talk = Talk(world)

        talk.says("id_employee", "id_manager")

        assert [e["matched"] for e in talk.logged("identity")] == [False, True]
        assert level(world, talk.state) == "none"

    def test_an_honest_caller_without_a_badge_only_says_so(self):
        talk = Talk(world_of("workbook-view-only"))

        assert talk.says("id_employee") == ["no_identity"]

    def test_a_gate_asks_until_the_level_is_reached(self, talk):
        assert asks_first(VPN, talk.state, "reissue_cert")

        talk.says("id_employee", "id_manager")

        assert not asks_first(VPN, talk.state, "reissue_cert")

    def test_a_gate_that_asked_once_asks_no_more(self, talk):
        talk.state.warned.append("reissue_cert")

        assert not asks_first(VPN, talk.state, "reissue_cert")

    def test_diagnostics_have_no_gate(self, talk):
        assert not asks_first(VPN, talk.state, "vpn_gateway_log")


class TestMood:
    def test_empathy_counts_six_three_nothing(self):
        talk = Talk(PATIENT)

        gained = []
        for _ in range(4):
            before = talk.state.patience
            talk.says("empathise")
            gained.append(talk.state.patience - before)

        assert gained == [6, 3, 0, 0]

    def test_a_second_kindness_is_thanked_like_the_first(self):
        talk = Talk(PATIENT)

        for expected in ("", "", "again"):
            talk.says("empathise")
            assert [move.ref for move in talk.last.moves if move.kind == "warm"] == [expected]

    def test_a_chat_costs_nothing_once_all_is_well(self):
        talk = Talk(PATIENT)
        talk.state.confirmed = True

        assert talk.says("offtopic") == ["ok"]
        assert talk.logged("offtopic") == []

    def test_asked_whether_it_works_before_anything_was_done_nothing_is_tried(self):
        talk = Talk(PATIENT)

        assert talk.says("confirm_fix") == ["still_broken"]
        assert talk.logged("action") == []

    def test_a_new_feeling_makes_empathy_count_again(self):
        talk = Talk(PATIENT)
        for _ in range(3):
            talk.says("empathise")
        talk.state.patience = 39
        talk.says("f_scope")
        assert talk.logged("feeling") == [{"band": "curt"}]
        assert talk.kinds == ["answer", "push"]

        talk.says("empathise")

        assert talk.logged("mood")[0]["points"] == 6

    def test_each_turn_wears(self, talk):
        talk.says("f_changes")

        assert talk.state.patience == 70 - 2

    def test_silence_wears_unless_the_wait_was_announced(self, talk):
        talk.says("hold:10")
        talk.says("f_changes", after=500)
        assert "long_silence" not in [m["why"] for m in talk.logged("mood")]

        talk.says("f_network", after=500)
        assert "long_silence" in [m["why"] for m in talk.logged("mood")]

    def test_jargon_wears_a_novice_only(self, talk):
        talk.says("f_changes", jargon=True)
        assert talk.logged("jargon") == [{}]

        expert = Talk(changed(VPN, persona=VPN.customer.persona.model_copy(update={"tech": "advanced"})))
        expert.says("f_changes", jargon=True)
        assert expert.logged("jargon") == []

    def test_they_warn_and_then_hang_up_when_patience_is_gone(self):
        talk = Talk(PATIENT)
        talk.state.patience = 15

        assert talk.says("offtopic") == ["offtopic", "warn"]
        talk.state.patience = 3
        assert talk.says("offtopic") == ["offtopic", "hangup"]
        assert talk.state.left == "hangup"
        assert talk.says("greet") == ["gone"]

    def test_the_third_insult_ends_it(self, talk):
        assert [talk.says("abusive")[0] for _ in range(3)] == ["boundary", "boundary", "hangup"]
        assert talk.state.left == "hangup"

    def test_asking_for_the_password_is_refused_and_logged(self, talk):
        assert talk.says("ask_password") == ["secret"]
        assert talk.logged("asked_secret") == [{}]

    def test_an_injection_puzzles_and_gives_nothing(self, talk):
        assert talk.says("injection") == ["puzzled_injection"]
        assert talk.state.earned == ["symptom"]

    def test_the_customer_stays_until_it_works_unless_closed_on_twice(self, talk):
        assert talk.says("close") == ["not_done_yet"]
        assert talk.says("close") == ["bye_unhappy"]
        assert talk.state.left == "closed"
        assert talk.says("thank") == ["bye_again"]


class TestImpostor:
    def test_the_ladder_is_climbed_rung_by_rung_and_left_at_its_end(self):
        talk = Talk(IMPOSTOR)

        rungs = []
        for _ in PRESSURE:
            talk.says("id_callback")
            rungs += [e["rung"] for e in talk.logged("pressure")]

        assert tuple(rungs) == PRESSURE
        assert talk.state.left == "hangup"

    def test_refusing_puts_the_pressure_on(self):
        talk = Talk(IMPOSTOR)

        assert talk.says("refuse_policy") == ["pressure"]

    def test_one_who_does_not_press_takes_a_no_and_says_goodbye(self):
        talk = Talk(changed(IMPOSTOR, presses=False))

        assert talk.says("id_callback") == ["not_proved"]
        assert talk.says("refuse_policy") == ["what_do_you_need"]
        assert talk.says("refuse_policy") == ["ok"]
        assert talk.says("close") == ["bye"]
        assert (talk.state.pressure, talk.state.left) == (0, "closed")

    def test_ringing_the_number_on_record_does_not_reach_the_impostor(self):
        """He hears nothing of it, so that he has nothing to answer with."""
        talk = Talk(IMPOSTOR)

        for _ in PRESSURE:
            assert "nobody confirms" in talk.uses("callback")

        assert (talk.state.pressure, talk.state.left) == (0, "")
        assert talk.logged("pressure") == []

    def test_an_impostor_who_is_asked_for_leave_refuses_and_a_claimed_call_counts_for_nothing(self):
        talk = Talk(IMPOSTOR)

        assert talk.says("id_callback:past") == ["not_proved", "pressure"]
        assert talk.logged("identity") == []
        assert talk.says("id_callback:leave") == ["not_proved", "pressure"]
        assert talk.logged("identity") == [{"field": "callback", "given": False, "matched": False}]

    def test_an_honest_caller_never_presses(self):
        talk = Talk(world_of("workbook-view-only"))

        assert talk.says("id_code") == ["not_proved"]


class TestGoals:
    def fix(self, talk):
        talk.says("id_employee", "id_manager")
        talk.uses("reissue_cert")
        talk.says("a_renew_cert", steps=True)
        talk.says("confirm_fix")

    def test_a_lucky_guess_reaches_the_goal_without_justifying_it(self, talk):
        self.fix(talk)

        assert goal_reached(VPN, talk.state, justified=False) == "resolved"
        assert goal_reached(VPN, talk.state) == ""

    def test_evidence_justifies_it(self, talk):
        talk.says("f_changes", "f_error")
        self.fix(talk)

        assert goal_reached(VPN, talk.state) == "resolved"

    def test_without_proof_of_identity_there_is_no_goal(self, talk):
        talk.uses("reissue_cert")
        talk.says("a_renew_cert", steps=True)
        talk.says("confirm_fix")

        assert goal_reached(VPN, talk.state, justified=False) == ""

    def test_a_breach_of_policy_is_no_goal_although_it_works(self, talk):
        talk.says("id_employee", "id_manager")
        talk.uses("disable_cert_check")
        talk.says("confirm_fix")

        assert talk.state.confirmed
        assert goal_reached(VPN, talk.state, justified=False) == ""

    def test_declining_and_reporting_an_impostor_is_the_goal(self):
        talk = Talk(IMPOSTOR)
        talk.uses("sign_in_log")
        talk.uses("auth_methods")
        talk.state.ending = {"declined": True, "reported": False, "escalated": ""}
        assert goal_reached(IMPOSTOR, talk.state) == ""

        talk.state.ending["reported"] = True

        assert goal_reached(IMPOSTOR, talk.state) == "refused"


class TestNotUnderstood:
    def test_asks_back_once_then_says_sorry_then_waits(self, talk):
        options = ("a_restart", "a_reconnect")

        assert talk.says(options=options) == ["clarify"]
        assert talk.last.moves[0].options == options
        assert talk.says(options=options) == ["puzzled"]
        assert talk.says(unclear=True) == ["waiting"]

    def test_small_talk_is_waited_out(self, talk):
        assert talk.says() == ["waiting"]

    def test_an_act_that_needs_no_words_does_not_make_room_for_asking_again(self, talk):
        """A value that the caller gave before is repeated: nothing to say to that."""
        talk.says("id_manager")
        options = ("a_restart", "a_reconnect")

        said = [talk.says("disclose:manager", options=options)[0] for _ in range(4)]

        assert not [a for a, b in pairwise(said) if a == b == "clarify"]


# --- anything at all ---------------------------------------------------------------------------


def acts_of(world) -> list[str]:
    asked = {act for fact in world.facts.values() for act in fact.ask}
    told = {action.intent for action in world.actions.values() if action.intent}
    own = asked | told | set(world.nlu.extra_phrases)
    return sorted({*HANDLERS, *IDENTITY_ACTS, *own, "f_unheard_of", "a_unheard_of"})


def args_for(name: str):
    if name == "disclose":
        return st.sampled_from([f for f in FACTORS if f not in ("callback", "push_code")])
    if name == "hold":
        return st.sampled_from(["", "0.5", "2", "999"])
    return st.sampled_from(["", "right", "wrong"]) if name == "explain_cause" else st.just("")


@st.composite
def heard_in(draw, world):
    names = draw(st.lists(st.sampled_from(acts_of(world)), max_size=4))
    return Heard(
        acts=tuple(Act(name, draw(st.floats(0.2, 1)), draw(args_for(name))) for name in names),
        at=draw(st.floats(0, 7200)),
        options=tuple(draw(st.lists(st.sampled_from(acts_of(world)), max_size=3, unique=True))),
        unclear=draw(st.booleans()),
        jargon=draw(st.booleans()),
        steps=draw(st.booleans()),
    )


@st.composite
def plays(draw):
    """A world and what is done in it: messages as understood, and names of the console."""
    world = world_of(draw(st.sampled_from(SLUGS)))
    console = [n for n, a in world.actions.items() if a.who == "learner"]
    names = st.sampled_from([*console, *world.tools, "callback", "push_code"])
    return world, draw(st.lists(st.one_of(heard_in(world), names), max_size=14))


def step(world, state, move, seed):
    dice = Random(seed)
    return (
        hear(world, state, move, dice) if isinstance(move, Heard) else use(world, state, move, dice, 60.0)[0]
    )


@settings(max_examples=150, deadline=None)
@given(plays(), st.integers(0, 2**32))
def test_whatever_is_said_and_done_the_core_keeps_its_promises(play, seed):
    world, moves = play
    state = opening_state(world)
    spoken: list[str] = []
    for move in moves:
        before = json.dumps(state.as_json())
        outcome = step(world, state, move, seed)

        assert json.dumps(state.as_json()) == before, "the state that was given is left as it was"
        assert step(world, State(**json.loads(before)), move, seed) == outcome, "the same dice, the same turn"
        state = State(**json.loads(json.dumps(outcome.state.as_json())))
        assert state == outcome.state, "a state survives JSON"
        assert 0 <= state.patience <= 100 and 0 <= state.trust <= 100
        assert json.dumps([event.data for event in outcome.events]), "events can be stored"
        assert_nothing_unearned(world, state, outcome.moves)
        if isinstance(move, Heard):
            assert outcome.moves, "every message is answered"
            spoken.append(outcome.moves[0].kind)
    for kind in ("clarify", "puzzled"):
        assert (kind, kind) not in pairwise(spoken)


def assert_nothing_unearned(world, state, moves):
    text = "\n".join(move.text for move in moves).casefold()
    hidden = [fact.say for name, fact in world.facts.items() if name not in state.earned]
    hidden += world.root_cause.say_any
    caller = world.identity.caller
    hidden += [
        value
        for field in ("employee_id", "asset_tag", "manager", "phone_on_file")
        if (value := getattr(caller, field)) and field not in state.answered
    ]
    assert not [words for words in hidden if words.casefold() in text]


@settings(max_examples=40, deadline=None)
@given(plays())
def test_levels_come_from_what_the_caller_gave_alone(play):
    world, moves = play
    state = opening_state(world)
    for move in moves:
        state = step(world, state, move, 1).state
    if level(world, state) == "high":
        assert "yes" in (state.answered.get("callback"), state.answered.get("push_code"))
        assert not world.customer.impostor
