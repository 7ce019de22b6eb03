"""The moments that decided a ticket, by what the learner did to bring them about."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import Assessment
from chat.models import Event
from chat.selectors import FACTOR_WORDS
from gamification.debriefing.log import Log, Source, source_of
from scenarios.world.state import at_least


@dataclass(frozen=True)
class Moment:
    words: str
    is_good: bool


def moments(log: Log, assessment: Assessment) -> dict[Source, list[Moment]]:
    """What an event decided, and which cap it led to."""
    found: dict[Source, list[Moment]] = defaultdict(list)
    for event in log.events:
        rule = RULES.get(event.kind)
        if rule and (moment := rule(log, event)) and moment not in found[source_of(event)]:
            found[source_of(event)].append(moment)
    for source, limit in _limits(log, assessment).items():
        found[source].append(
            Moment(_("From here at most %(points)g points.") % {"points": limit}, is_good=False)
        )
    if end := next((e for e in reversed(log.events) if e.kind == "resolved"), None):
        is_right = any(c["id"] == "goal_reached" and c["status"] == "met" for c in assessment.criteria)
        words = _("Settled as it should be.") if is_right else _("Not settled as it should be.")
        found[source_of(end)].append(Moment(words, is_right))
    return {source: each for source, each in found.items() if each}


def _limits(log: Log, assessment: Assessment) -> dict[Source, float]:
    """The lowest cap by what first led to it."""
    limits: dict[Source, float] = {}
    for cap in assessment.caps:
        for evidence in cap["evidence"][:1]:
            if source := _cited(log, evidence):
                limits[source] = min(cap["limit"], limits.get(source, 100.0))
    return limits


def _cited(log: Log, evidence: dict) -> Source | None:
    if "seq" in evidence:
        return "seq", evidence["seq"]
    event = log.by_number.get(evidence.get("event", 0))
    return source_of(event) if event else None


def _level(log: Log, event: Event) -> Moment | None:
    level = event.data["level"]
    if level == "none":
        return Moment(_("What was proved counts no longer: the value was given away."), is_good=False)
    reached = _("Verified: level %(level)s reached.") % {"level": level}
    if at_least(log.marked, level):
        return Moment(reached, is_good=True)
    unmarked = _("You never marked what proved it, so the ticket said level %(marked)s.")
    if log.marked == "none":
        unmarked = _("You never marked what proved it, so the ticket said “Not verified”.")
    return Moment(f"{reached} {unmarked % {'marked': log.marked}}", is_good=True)


def _action(log: Log, event: Event) -> Moment | None:
    data = event.data
    if data.get("harmful") == "major":
        return Moment(_("This did lasting harm."), is_good=False)
    if data.get("who") == "learner" and data.get("gate") in ("low", "high"):
        if at_least(data["level"], data["gate"]):
            return Moment(_("Protected action, for a caller who had proved it."), is_good=True)
        return Moment(_("Protected action, for a caller who had not proved it."), is_good=False)
    return Moment(_("This did some harm."), is_good=False) if data.get("harmful") else None


def _fact(log: Log, event: Event) -> Moment | None:
    if not event.data["critical"]:
        return None
    return Moment(
        _("Deciding evidence: %(what)s.") % {"what": event.data["fact"].replace("_", " ")}, is_good=True
    )


def _left(log: Log, event: Event) -> Moment | None:
    return Moment(_("The customer had enough."), is_good=False) if event.data["why"] == "hangup" else None


def _refused(log: Log, event: Event) -> Moment | None:
    if not log.session.document.customer.impostor:
        return None
    return Moment(_("The impostor was turned down."), is_good=True)


def _disclosed(log: Log, event: Event) -> Moment | None:
    name = FACTOR_WORDS.get(event.data["field"], event.data["field"].replace("_", " ")).lower()
    return Moment(_("Gave away from the record: %(what)s.") % {"what": name}, is_good=False)


def _said(words: Promise, *, is_good: bool) -> Callable[[Log, Event], Moment | None]:
    return lambda log, event: Moment(str(words), is_good)


RULES: dict[str, Callable[[Log, Event], Moment | None]] = {
    "level": _level,
    "action": _action,
    "fact": _fact,
    "left": _left,
    "refused": _refused,
    "disclosed": _disclosed,
    "fixed": _said(gettext_lazy("The trouble was over."), is_good=True),
    "confirmed": _said(gettext_lazy("The customer tried it, and it worked."), is_good=True),
    "asked_secret": _said(gettext_lazy("Asked for a secret."), is_good=False),
    "abusive": _said(gettext_lazy("Insulted or blamed the customer."), is_good=False),
    "injection": _said(gettext_lazy("Written to the grader instead of the customer."), is_good=False),
}
