"""Who acts, when, and whether at all: what a clause's build allows its words to mean."""

from dataclasses import dataclass

from chat.customer.library import acts
from chat.customer.signs import SIGNS

_FEELING = frozenset(["empathise", "apologise", "thank", "abusive", "greet", "offtopic", "injection", "none"])
_DENIABLE = frozenset(
    ["empathise", "apologise", "refuse_policy", "abusive", "set_expectation", "explain_cause", "paraphrase"]
)
_OF_OTHERS = frozenset(["explain_cause", "set_expectation", "paraphrase"])
_SAID_ABOUT_SELF = frozenset(["close", "escalate", "inform_done", "give_ticket", "refuse_policy"])


@dataclass(frozen=True)
class Build:
    """The signs a clause shows. `denied`: it is the denied part of its sentence."""

    signs: frozenset[str]
    denied: bool = False

    @classmethod
    def of(cls, text: str, *, denied: bool = False, led: "Build | None" = None) -> "Build":
        """`led`: the build of the clause that "and" continues."""
        found = {name for name, pattern in SIGNS.items() if pattern.search(text)}
        if led and not found & {"asks", "agent", "offer"}:
            found |= led.signs & {"past_question", "agent", "offer", "third", "question", "signs_out"}
        if "wants" in found and "own_plan" not in found:
            found -= {"agent", "did", "will"}
        if "asks_tag" in found:
            found.add("question")
        if found & {"question", "yes_or_no"}:
            found -= {"third", "stated"}
        return cls(frozenset(found), denied)

    def reads(self, act: str, *, looks: bool = False) -> str:
        """What `act` becomes in such a clause: itself, another act, or "" where it cannot be meant.

        `looks`: an instruction that only has the customer look, so that a question asks for it as well.
        """
        has = self.signs.__contains__
        if self.denied:
            return act if act in _DENIABLE or act == "none" else ""
        if has("to_self"):
            return act if act == "none" else ""
        act = self._instead(act) or act
        if act in _FEELING:
            return "" if self._unfelt(act) else act
        if has("third") and act not in _OF_OTHERS:
            return ""
        return "" if self._barred(act, looks=looks) else act

    def proves(self, act: str) -> str:
        """ "" where a call or code is made now, "leave" where it is asked for, "past" where it is said to be over."""
        has = self.signs.__contains__
        if act == "id_callback" and has("rang"):
            return "past"
        if act == "id_code" and has("came") and not has("sends"):
            return "past"
        asks = has("asks_leave") or has("offer")
        return "leave" if act == "id_callback" and asks and not has("rings_now") else ""

    def _instead(self, act: str) -> str:
        """Another act that such a clause makes of this one, or ""."""
        has = self.signs.__contains__
        asked = act.startswith(("f_", "a_")) or act in ("hold", "id_code")
        becomes = {
            "empathise": (act in ("apologise", "offtopic", "thank") and has("hears"))
            or (asked and has("must_feel"))
            or (act in ("close", "set_expectation", "offtopic") and has("wishes_health")),
            "paraphrase": act == "hold" and has("sums_up"),
            "f_impact": act == "f_when" and has("when_needed"),
            "f_screen": (act.startswith("a_") or act == "id_code") and has("what_happens"),
            "f_tried": act.startswith("a_") and has("past_question"),
            "a_reconnect": act == "a_sign_out_in" and has("signs_in") and not has("signs_out"),
            "confirm_fix": act.startswith("f_") and act not in acts() and has("now_can_you"),
            "f_frequency": act == "f_network" and has("some_or_all"),
            "f_error": act == "id_code" and has("about_error"),
            "id_phone": act == "id_callback" and has("asks_which"),
            "id_callback": act in ("f_tried", "inform_done", "hold") and has("rang"),
            "set_expectation": act == "id_callback" and has("others_ring"),
            "inform_done": has("did")
            and not has("question")
            and (
                (act.startswith("a_") and act != "a_selfservice")
                or (act == "paraphrase" and not has("took_in"))
                or (act == "close" and not has("says_bye"))
            ),
        }
        return next((name for name, due in becomes.items() if due), "")

    def _unfelt(self, act: str) -> bool:
        has = self.signs.__contains__
        return (
            (act == "abusive" and has("kind"))
            or (act == "injection" and (has("mail_or_page") or not has("meta")))
            or (act == "thank" and has("no_thanks"))
            or (act == "apologise" and has("question") and not has("so_sorry"))
        )

    def _barred(self, act: str, *, looks: bool) -> bool:
        any_sign = self.signs.intersection
        if act.startswith("a_") or act in ("id_code", "ask_password"):
            if act == "a_send_evidence" and "past_of_others" in self.signs:
                return True
            if act == "a_selfservice" and "no_use" in self.signs:
                return True
            if act == "ask_password":
                return bool(any_sign({"asks", "past_question", "past_of_others", "agent", "into_a_form"}))
            if act == "id_code":
                if "question" in self.signs and "of_our_code" not in self.signs:
                    return True
                if "asks_state" in self.signs and not any_sign({"sends", "came"}):
                    return True
                return bool(
                    any_sign({"later", "stated", "who_or_when"})
                    or ("denies" in self.signs and "question" not in self.signs)
                )
            if "who_or_when" in self.signs:
                return True
            looks = looks or act in ("a_check_cable", "a_selfservice")
            if (self.signs >= {"asks", "question"} or "asks_plainly" in self.signs) and not looks:
                return True
            return bool(
                any_sign(
                    {"agent", "our_side", "later", "should_it", "offer", "stated", "when_i", "nothing_of"}
                )
            )
        if act == "id_callback":
            return bool(any_sign({"you_ring", "denies"}))
        if act.startswith(("f_", "id_")):
            about_boss = act == "id_manager" and "their_boss_does" in self.signs
            return (
                about_boss
                or (act == "f_tried" and "leaving" in self.signs)
                or (act == "f_device" and "which_target" in self.signs)
                or "stated" in self.signs
                or (
                    "denies" in self.signs
                    and not any_sign({"question", "asks"})
                    # What a scenario asks of its own may be put as a doubt: "you are not at home".
                    and (act in acts() or "agent" in self.signs)
                )
            )
        return self._barred_of_self(act)

    def _barred_of_self(self, act: str) -> bool:
        any_sign = self.signs.intersection
        if act == "confirm_fix" and "should_it" in self.signs:
            return True
        if act == "close" and "stated" in self.signs and "of_ticket" not in self.signs:
            return True
        if act in ("close", "escalate") and any_sign(
            {"closes_thing", "offer"} if act == "close" else {"depends", "offer"}
        ):
            return "question" in self.signs or bool(any_sign({"closes_thing", "depends"}))
        if act == "inform_done" and ("when_i" in self.signs or self.signs & {"will", "did"} == {"will"}):
            return True
        if act in _SAID_ABOUT_SELF and any_sign({"asks", "past_question", "past_of_others"}):
            return bool(any_sign({"question", "past_question", "asks_plainly"}))
        if act == "refuse_policy" and any_sign({"allows", "unable"}):
            return True
        if act == "ask_permission":
            return "about_a_person" in self.signs or ("denies" in self.signs and "question" not in self.signs)
        if act == "explain_cause":
            return "cause_denied" in self.signs
        return act in ("close", "escalate", "inform_done", "give_ticket") and "denies" in self.signs
