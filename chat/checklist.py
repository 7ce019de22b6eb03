"""What a ticket wants before it is closed, and how far it is: beside the resolution, live."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chat.forms import ResolutionForm
from chat.models import Session
from chat.selectors import TRIAGE, triaged, verification_view
from scenarios.world.state import at_least

NOTED = {
    "type": _("Outcome chosen"),
    "problem": _("Problem written"),
    "cause": _("Cause written"),
    "steps": _("Steps written"),
    "test": _("Test written"),
}


@dataclass(frozen=True)
class Item:
    """`field`: of the form, so that the page ticks it while one types; `only`: the outcome that wants it.

    `have` of `need`: how far it is, where it names several things.
    """

    words: str | Promise
    done: bool
    field: str = ""
    only: str = ""
    have: int = 0
    need: int = 1


def checklist(session: Session, form: ResolutionForm) -> list[Item]:
    """In the order in which the work is usually done."""
    have, need = len(triaged(session)), len(TRIAGE)
    return [
        Item(_("Category, impact and urgency set"), have == need, have=have, need=need),
        *_verification(session),
        *[Item(words, form.is_written(name), name) for name, words in NOTED.items()],
        Item(_("Team that takes over"), form.is_written("team"), "team", "escalated"),
        Item(_("Reason for handing over"), form.is_written("reason"), "reason", "escalated"),
        Item(_("Reason for declining"), form.is_written("reason"), "reason", "declined"),
    ]


def _verification(session: Session) -> list[Item]:
    """A recorded mismatch settles the question as well: who declines has verified enough."""
    seen = verification_view(session)
    if seen["required"] == "none":
        return []
    settled = at_least(seen["marked"], seen["required"]) or "mismatch" in session.desk["marks"].values()
    return [Item(_("Caller verified, or a mismatch recorded"), settled)]
