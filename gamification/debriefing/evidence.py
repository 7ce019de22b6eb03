"""Evidence as a person can check it: a quote, and a link to its line."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chat.models import Event, Message
from gamification.debriefing.log import Log

# Kinds of events that are the customer's doing; the rest is what the learner wrote.
ANSWERS = {
    "identity",
    "level",
    "fact",
    "withheld",
    "belief",
    "claim",
    "fixed",
    "confirmed",
    "feeling",
    "mood",
}


@dataclass(frozen=True)
class Proof:
    """`anchor` is the line of the transcript on the page, `place` names it; `quoted`: somebody's own words."""

    text: str
    anchor: str
    place: str
    quoted: bool = False

    @property
    def seq(self) -> int | None:
        """Number of the message, where it is one."""
        kind, _, number = self.anchor.partition("-")
        return int(number) if kind == "m" else None


def proofs(log: Log, evidence: list[dict[str, Any]], *, quotes_notes: bool = False) -> list[Proof]:
    """What a criterion or cap cites (`{seq}`, `{event}` or `{range}`), each line once.

    `quotes_notes`: the end of the ticket is cited for what was written then.
    """
    found = [proof for cited in evidence if (proof := _proof(log, cited, quotes_notes))]
    return list(dict.fromkeys(found))


def _proof(log: Log, cited: dict[str, Any], quotes_notes: bool) -> Proof | None:
    if "range" in cited:
        first, last = cited["range"]
        return Proof(
            _("Lines %(first)d to %(last)d were looked through.") % {"first": first, "last": last},
            f"m-{first}",
            _line(first),
        )
    if "seq" in cited:
        return _quote(log.by_seq.get(cited["seq"]))
    event = log.by_number.get(cited["event"])
    if event and quotes_notes and event.kind == "resolved":
        written = "\n".join(f"{heading}: {text}" for heading, text in log.notes.items())
        return Proof(written, "notes", _("the notes"), quoted=True)
    return _happened(log, event) if event else None


def _line(number: int) -> str:
    return _("line %(number)d") % {"number": number}


def _quote(message: Message | None) -> Proof | None:
    if message is None:
        return None
    return Proof(message.text, f"m-{message.seq}", _line(message.seq), quoted=True)


def _happened(log: Log, event: Event) -> Proof | None:
    """An event is shown where the learner brought it about, or in the answer where the customer told something."""
    shown = log.console_uses.get(event.data.get("run", ""), event)
    if words := log.told(shown):
        return Proof(words, f"e-{shown.number}", _("the action"))
    return _quote(log.by_seq.get(event.data.get("reply" if event.kind in ANSWERS else "seq", 0)))
