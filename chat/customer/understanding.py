"""What the customer makes of a message: normalise, cut, rules, classifier, context, in that order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chat.customer import clauses, details, library, safety
from chat.customer.causes import begins_with_order, names_cause, orders, states, states_cause
from chat.customer.classifier import Classifier, fit
from chat.customer.context import likeliest, pointed, referred
from chat.customer.normalise import clean, plain, unreadable, words
from chat.customer.rules import Build
from chat.customer.weighing import (
    FILLER,
    HAND_OVER,
    SURE,
    Clause,
    asks_kind_of_lock,
    can_mean,
    guesses,
    merged,
    one_proof,
    stand_alone,
    strength,
    weaker,
)
from scenarios.world.document import World
from scenarios.world.state import State
from scenarios.world.turn import Act

__all__ = ["Classifier", "Listener", "Reading", "fit"]


SURELY = 0.95  # by rule
SILENCED = 0.4  # likelihood of acts that cannot be meant, from which on nothing was
CONSIDERED = 6
# Heard where they cannot be meant, they tell nothing of what is.
SAFETY = {"injection", "abusive", "ask_password"}


@dataclass(frozen=True)
class Reading:
    """What was understood. `options` are the best guesses when nothing was sure; `ranked` is for measuring."""

    acts: tuple[Act, ...] = ()
    options: tuple[str, ...] = ()
    unclear: bool = False
    jargon: bool = False
    steps: bool = False
    ranked: tuple[Act, ...] = field(default=(), compare=False)


class Listener:
    """Understands learners in one scenario. Holds nothing of a conversation."""

    def __init__(self, world: World, classifier: Classifier) -> None:
        self._world = world
        self._classifier = classifier
        self._looks = frozenset(_looks(world))

    def understand(self, text: str, state: State) -> Reading:
        """Acts in the order said, or options to ask back, or `unclear`, or (noise) nothing of these."""
        whole = plain(clean(text))
        said = self._classifier.repair.text(whole)
        if not re.search(r"\w", said):
            return Reading()
        if unreadable(whole) and not safety.INJECTION.search(said):
            return Reading(unclear=True)
        found = [clause for sentence in clauses.sentences(said) for clause in self._clauses(sentence, state)]
        found = [clause for i, clause in enumerate(found) if not asks_kind_of_lock(found[:i], clause)]
        found = self._in_context(said, found, state)
        asked = [clause for clause in found if not HAND_OVER.search(clause.text)]
        found = asked if any(clause.act for clause in asked) else found
        found = [clause for clause in found if clause.text == said or not FILLER.search(clause.text)]
        acts = one_proof(
            merged(self._argument(clause.act, clause.text, said, state) for clause in found if clause.act)
        )
        ranked = merged(act for clause in found for act in clause.ranked[:5])
        by_confidence = tuple(sorted(ranked, key=lambda act: -act.confidence))
        options = () if acts else guesses(found, state)
        return Reading(
            acts=acts,
            options=options,
            unclear=not (acts or options) and (_puzzling(found) or _asking(said)),
            jargon=details.has_jargon(said),
            steps=details.has_steps(said),
            ranked=by_confidence,
        )

    def _clauses(self, sentence: str, state: State) -> Iterator[Clause]:
        """The clauses of one sentence, safety first."""
        if safety.INJECTION.search(sentence):
            yield Clause(sentence, (Act("injection", SURELY),), sure=True)
            return
        fields = safety.disclosed(self._world, sentence, state.answered)
        for name in fields:
            yield Clause(sentence, (Act("disclose", SURELY, name),), sure=True)
        if tells := states_cause(self._world, sentence):
            yield Clause(sentence, (Act("explain_cause", SURELY),), sure=True)
        said, denied = clauses.denied(sentence)
        for part in denied:
            yield self._read(part, denied=True)
        for part in said:
            for clause in self._segments(clauses.pieces(part), {}):
                given_away = fields and (
                    clause.best.name.startswith(("id_", "f_")) or clause.best.confidence < SURE
                )
                if not given_away and not (tells and _is_part_of_telling(clause)):
                    yield clause

    def _segments(
        self, pieces: list[str], known: dict[str, Clause], led: Build | None = None
    ) -> list[Clause]:
        """Cuts where both sides are surely different acts; otherwise reads the stretch as one."""

        def read(start: int, stop: int) -> Clause:
            text = ", ".join(pieces[start:stop])
            if text not in known:
                follows = pieces[start].startswith(("and ", "& ")) or carried
                known[text] = self._read(text, led=(first if start and follows else led))
            return known[text]

        first = Build.of(pieces[0], led=led)
        if pieces[-1].endswith("?"):
            first = replace(first, signs=first.signs | {"question"})
        # "I shall end the sessions, reset your password and delete the rule": all of it is the speaker's.
        listed = first.signs >= {"agent", "will"} and pieces[-1].startswith(("and ", "& "))
        carried = listed or first.signs >= {"past_question", "question"}
        if first.signs & {"when_i", "should_it"}:
            pieces = [", ".join(pieces)]
        end = len(pieces)
        whole = read(0, end)
        cuts = [(read(0, i), read(i, end), i) for i in range(1, end)]
        good = [(weaker(a, b), i) for a, b, i in cuts if stand_alone(a, b, whole)]
        if good:
            cut = max(good)[1]
            follows = listed or pieces[cut].startswith(("and ", "& "))
            return self._segments(pieces[:cut], known, led) + self._segments(
                pieces[cut:], known, first if follows else None
            )
        strongest = max((side for a, b, _ in cuts for side in (a, b)), key=strength, default=whole)
        return [strongest if strength(strongest) > SURE > strength(whole) else whole]

    def _read(self, text: str, *, denied: bool = False, led: Build | None = None) -> Clause:
        """One clause: what its words say, within what its build allows."""
        build = Build.of(text, denied=denied, led=led)
        if not denied and safety.asks_secret(text):
            return Clause(text, (Act("ask_password", SURELY),), sure=True)
        confidence = self._classifier.confidence(text)
        if not confidence.any():
            return Clause(text, ())
        order = confidence.argsort()[::-1][:CONSIDERED]
        likely = [(self._classifier.acts[i], float(confidence[i])) for i in order]
        becomes = {
            name: build.reads(name, looks=name in self._looks) if can_mean(name, p, text, build) else ""
            for name, p in likely
        }
        ranked = [Act(becomes[name], p) for name, p in likely if becomes[name]]
        barred = sum(p for name, p in likely if name not in SAFETY and not becomes[name])
        if barred >= SILENCED:
            return Clause(text, ())
        return Clause(text, merged(replace(act, confidence=act.confidence / (1 - barred)) for act in ranked))

    def _in_context(self, said: str, found: list[Clause], state: State) -> list[Clause]:
        """An answer to what the customer asked, "do that again", "and now?", or what was found."""
        picked = self._picked(said, found, state.asking) if state.asking else None
        if picked is None and (meant := referred(said, state.last, changed=bool(state.done))):
            picked = [meant]
        if picked is None:
            return found
        return [Clause(said, (Act(name, SURELY),), sure=True) for name in picked]

    def _picked(self, said: str, found: list[Clause], options: list[str]) -> list[str] | None:
        """The options chosen, unless something else is surely meant."""
        if (picked := pointed(said, options)) is not None:
            return picked
        best = max(found, key=strength, default=Clause(said, ()))
        if strength(best) >= SURE and best.best.name not in options:
            return None
        confidence = self._classifier.confidence(said).tolist()
        return likeliest(said, options, dict(zip(self._classifier.acts, confidence, strict=True)))

    def _argument(self, act: Act, clause: str, said: str, state: State) -> Act:
        if act.name == "hold":
            return replace(act, arg=details.minutes(clause) or details.minutes(said))
        if act.name == "explain_cause":
            return replace(act, arg="right" if names_cause(self._world, said) else "wrong")
        if act.name in ("id_callback", "id_code"):
            return replace(act, arg=Build.of(clause).proves(act.name))
        if act.name == "paraphrase":
            known = [self._world.facts[fact].say for fact in state.earned if fact in self._world.facts]
            return replace(act, arg=details.retold(clause, known))
        return act


def _looks(world: World) -> Iterator[str]:
    """Instructions that change nothing and show something."""
    shown = {fact.observe for fact in world.facts.values()}
    for name, action in world.actions.items():
        if name in shown and action.intent and not action.harmful and not any(e.set for e in action.effects):
            yield action.intent


def _is_part_of_telling(clause: Clause) -> bool:
    """Beside a cause that was told: words of it that sound like a question or an instruction."""
    asks = clause.best.name.startswith(("a_", "f_", "id_"))
    return states(clause.text) or (asks and not orders(clause.text))


def _asking(said: str) -> bool:
    """A whole question or order, even where none of its readings can be meant."""
    signs = Build.of(said).signs
    wants = bool(signs & {"question", "asks", "asks_tag"}) or begins_with_order(said)
    return len(words(said)) > 2 and wants and "to_self" not in signs


def _puzzling(found: list[Clause]) -> bool:
    """Something was meant, by the look of it, but not what."""
    return any(c.ranked and c.best.name != library.NONE and len(words(c.text)) > 1 for c in found)
