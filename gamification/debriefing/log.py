"""A finished session's transcript and event log, read once, as everything in a debrief cites them."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chat.models import Event, Message, Session
from gamification.debriefing.wording import TOLD
from scenarios.world.state import level_by

NOTES = {"problem": _("Problem"), "cause": _("Cause"), "steps": _("Steps"), "test": _("Test")}
Source = tuple[str, object]


@dataclass(frozen=True)
class Line:
    """A line of the transcript as it is shown: said (a message) or done (an event). `clock`: as in the timeline."""

    anchor: str
    at: datetime
    clock: str
    text: str
    message: Message | None = None


def clock(seconds: float) -> str:
    """Minutes and seconds, as 04:10."""
    return "{:02d}:{:02d}".format(*divmod(int(seconds), 60))


def source_of(event: Event) -> Source:
    """What the learner did that an event comes from: a use of the console, a message, or the event itself."""
    for kind in ("run", "seq"):
        if kind in event.data:
            return kind, event.data[kind]
    return "event", event.number


@dataclass
class Log:
    session: Session
    messages: list[Message] = field(init=False)
    events: list[Event] = field(init=False)

    def __post_init__(self) -> None:
        self.messages = list(self.session.messages.order_by("seq"))
        self.events = list(self.session.events.order_by("number"))

    @cached_property
    def by_seq(self) -> dict[int, Message]:
        return {message.seq: message for message in self.messages}

    @cached_property
    def by_number(self) -> dict[int, Event]:
        return {event.number: event for event in self.events}

    @cached_property
    def runs(self) -> dict[str, dict[str, Any]]:
        return {run["id"]: run for run in self.session.desk.get("runs", [])}

    @cached_property
    def console_uses(self) -> dict[str, Event]:
        """The event of each use of the console, by its run."""
        return {event.data["run"]: event for event in self.events if event.kind == "console"}

    @cached_property
    def notes(self) -> dict[str, str]:
        """What was written on closing, by heading."""
        resolution = self.session.resolution or {}
        documented = resolution.get("documentation", {})
        written = {str(heading): documented.get(name) for name, heading in NOTES.items()}
        written |= {
            gettext("Handed over to"): resolution.get("team"),
            gettext("Reason"): resolution.get("reason"),
        }
        return {heading: text for heading, text in written.items() if text}

    def told(self, event: Event) -> str:
        """What the learner did, in words; "" for an event that is not told by itself."""
        if event.kind == "console":
            run = self.runs.get(event.data["run"])
            return f"{run['label']}: {run['result']}" if run else ""
        words = TOLD.get(event.kind)
        return words(event.data) if words else ""

    @cached_property
    def lines(self) -> list[Line]:
        """All that was said and done, in order."""
        said = [Line(f"m-{m.seq}", m.created_at, self._clock(m.created_at), m.text, m) for m in self.messages]
        done = [
            Line(f"e-{e.number}", e.at, self._clock(e.at), words)
            for e in self.events
            if (words := self.told(e))
        ]
        return sorted([*said, *done], key=lambda line: line.at)

    def _clock(self, moment: datetime) -> str:
        return clock(self.session.seconds_at(moment))

    @cached_property
    def marked(self) -> str:
        """The level that the learner's own marks amount to, as the ticket showed it at the end."""
        marks = {e.data["factor"]: e.data["outcome"] for e in self.events if e.kind == "verification"}
        return level_by(self.session.document, {factor for factor, m in marks.items() if m == "match"})
