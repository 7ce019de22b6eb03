"""What comes by itself, what takes a while, what is told only in trust, and what the customer wrongly thinks."""

import pytest

from scenarios.world.document import World
from scenarios.world.graph import Still
from scenarios.world.passing import next_event
from scenarios.world.solver import shortest_path
from scenarios.world.step import wait
from scenarios.world.variants import patched
from tests.scenarios.playing import Talk, world_of

VPN = world_of("vpn-will-not-connect")


def vpn(**change) -> World:
    """The VPN ticket with some fields otherwise."""
    data = VPN.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return World.model_validate(patched(data, change))


def beaten(**beat) -> Talk:
    return Talk(
        vpn(state={"boss": False}, beats={"boss": {"minute": 5, "say": "my boss is here now", **beat}})
    )


class TestBeats:
    def test_a_beat_comes_at_its_minute_and_is_told_once(self):
        talk = beaten(set={"boss": True})

        assert "beat" not in talk.says("greet", after=280)
        assert talk.says("f_when") == ["beat", "answer"] and talk.state.vars["boss"] is True
        assert "beat" not in talk.says("f_scope")

    def test_a_beat_whose_condition_does_not_hold_never_comes(self):
        talk = beaten(**{"if": {"vpn": "up"}, "set": {"boss": True}})

        assert "beat" not in talk.says("greet", after=600)
        assert talk.state.vars["boss"] is False

    def test_minutes_that_actions_take_bring_it_nearer(self):
        talk = beaten()

        assert "beat" not in talk.says("a_restart", after=70)  # four minutes
        assert "beat" in talk.says("f_when")

    def test_what_happens_while_the_console_is_used_is_told_at_the_next_word(self):
        talk = beaten(set={"boss": True})
        talk.at = 400
        talk.uses("vpn_gateway_log")

        assert talk.state.vars["boss"] is True
        assert "beat" in talk.says("f_when")

    def test_it_is_not_told_any_more_when_the_trouble_is_over(self):
        talk = beaten(set={"boss": True})
        talk.state.confirmed = True

        assert "beat" not in talk.says("thank", after=600)

    def test_the_customer_speaks_up_at_the_minute_of_a_beat(self):
        talk = beaten()
        talk.says("hold:9")

        assert next_event(talk.world, talk.state) == 300
        outcome = wait(talk.world, talk.state, Still(), 300)
        assert [(move.kind, move.text) for move in outcome.moves] == [("beat", "my boss is here now")]


class TestEffectsThatTakeAWhile:
    WORLD = vpn(
        actions={
            "reissue_cert": {
                "effects": [{"set": {"request": "pending"}, "after": 2, "say": "Asked for."}],
            }
        }
    )

    def test_nothing_has_changed_until_their_minutes_are_over(self):
        talk = Talk(self.WORLD)
        assert talk.uses("reissue_cert") == "Asked for."
        assert talk.state.vars["request"] == "none"

        talk.says("greet", after=119)
        assert talk.state.vars["request"] == "none"

        talk.says("f_when", after=2)
        assert talk.state.vars["request"] == "pending"

    def test_asking_twice_does_not_make_it_come_twice(self):
        talk = Talk(self.WORLD)
        talk.uses("reissue_cert")
        talk.uses("reissue_cert")

        assert len(talk.state.due) == 1

    def test_the_shortest_way_waits_for_it(self):
        path = shortest_path(self.WORLD)

        assert path and "wait" in path.moves
        assert path.moves.index("use reissue_cert") < path.moves.index("wait")


class TestFactsThatShowOnlyNow:
    WORLD = vpn(facts={"home_wifi": {"if": {"vpn": "up"}}})

    def test_what_does_not_show_cannot_be_told(self):
        talk = Talk(self.WORLD)

        assert talk.says("f_network") == ["deny"]
        assert "home_wifi" not in talk.state.earned

    def test_it_is_told_once_it_shows(self):
        talk = Talk(self.WORLD)
        talk.state.vars["vpn"] = "up"

        assert talk.says("f_network") == ["answer"]


class TestTrust:
    SHY = vpn(
        customer={"mood": {"patience": 70, "trust": 50, "decay_per_turn": 1}},
        facts={"on_leave": {"trust_min": 54, "instead": "nothing special really"}},
    )

    def test_a_fact_is_held_back_until_there_is_trust(self):
        talk = Talk(self.SHY)

        assert talk.says("f_changes") == ["dodge"]
        assert talk.last.moves[0].text == "nothing special really"
        assert "on_leave" not in talk.state.earned

        talk.says("empathise")
        talk.says("thank", "apologise")
        assert talk.says("f_changes") == ["answer"]
        assert "on_leave" in talk.state.earned

    def test_a_turn_that_costs_patience_only_by_its_length_costs_no_trust(self):
        talk = Talk(self.SHY)
        for _ in range(5):
            talk.says("f_scope")
            talk.state.asked.clear()

        assert talk.state.trust == 50 and talk.state.patience == 65

    def test_blame_costs_trust(self):
        talk = Talk(self.SHY)
        talk.says("abusive")

        assert talk.state.trust == 40

    def test_the_shortest_way_earns_it(self):
        shy = {"trust_min": 53, "instead": "no", "ask": ["f_changes"]}
        needed = {name: {"critical": name == "on_leave"} for name in VPN.critical_facts()}
        path = shortest_path(
            vpn(
                customer={"mood": {"patience": 70, "trust": 50}},
                facts=needed | {"on_leave": {"critical": True, **shy}},
                goals={"resolved": {"facts_min": 1}},
            )
        )

        assert path and path.moves.index("ask empathise") < path.moves.index("ask f_changes")


class TestBeliefs:
    WORLD = vpn(
        beliefs={
            "router": {"ask": ["f_tried"], "say": "its my router i bet"},
            "weather": {"ask": ["f_ghost"], "say": "the storm did that"},
        }
    )

    def test_a_wrong_opinion_comes_with_the_answer_once_and_is_no_evidence(self):
        talk = Talk(self.WORLD)

        assert talk.says("f_tried")[-1] == "belief"
        assert talk.logged("belief") == [{"belief": "router"}]
        assert "router" not in talk.state.earned
        assert "belief" not in talk.says("f_tried")

    def test_where_nothing_else_is_known_it_is_all_that_is_said(self):
        talk = Talk(self.WORLD)

        assert talk.says("f_ghost") == ["belief"]
        assert talk.says("f_ghost") == ["belief"]


class TestTryingAgain:
    @pytest.fixture
    def ready(self) -> Talk:
        talk = Talk(VPN)
        talk.uses("reissue_cert")
        return talk

    def test_the_customer_offers_to_try_when_their_own_step_completes_the_repair(self, ready):
        assert ready.says("a_renew_cert", steps=True)[-1] == "shall_i_try"
        assert ready.state.asking == ["a_reconnect"]

    def test_the_offer_is_gone_after_the_next_message(self, ready):
        ready.says("a_renew_cert", steps=True)
        ready.says("f_scope")

        assert ready.state.asking == []

    def test_being_told_of_a_change_is_answered_with_the_same_offer(self, ready):
        ready.says("inform_done")

        assert ready.kinds == ["shall_i_try"] and ready.state.asking == ["a_reconnect"]

    def test_a_step_that_completes_nothing_brings_no_offer(self, ready):
        assert "shall_i_try" not in ready.says("a_restart")


class TestWaiting:
    def test_who_hears_nothing_for_twice_the_usual_time_asks_once(self):
        talk = Talk(VPN)
        talk.says("greet")
        silence = talk.at + 2 * VPN.time.reply_s

        assert next_event(VPN, talk.state) == silence
        assert wait(VPN, talk.state, Still(), silence - 1).moves == ()
        nudged = wait(VPN, talk.state, Still(), silence)
        assert [move.kind for move in nudged.moves] == ["still_there"]
        assert next_event(VPN, nudged.state) is None
        assert wait(VPN, nudged.state, Still(), silence * 3).moves == ()

    def test_who_was_told_how_long_waits_so_long(self):
        talk = Talk(VPN)
        talk.says("hold:5")

        assert next_event(VPN, talk.state) == talk.at + 300 + 2 * VPN.time.reply_s

    def test_who_is_happy_or_gone_does_not_ask(self):
        talk = Talk(VPN)
        talk.state.confirmed = True
        assert next_event(VPN, talk.state) is None

        talk.state.left = "hangup"
        assert wait(VPN, talk.state, Still(), 9999).moves == ()


class TestFeelingsThatReturn:
    def test_a_bad_mood_is_voiced_again_when_it_comes_back(self):
        talk = Talk(VPN)
        talk.state.patience = 41
        assert "push" in talk.says("f_scope")
        assert "push" not in talk.says("f_when")

        talk.state.patience = 60
        talk.says("f_network")
        talk.state.patience = 41
        assert "push" in talk.says("f_impact")

    def test_it_names_what_hurt_last(self):
        talk = Talk(VPN)
        talk.says("f_scope")
        talk.state.patience = 46
        talk.says("f_scope")

        assert talk.last.moves[-1].kind == "push" and talk.last.moves[-1].ref == "repeat_question"
