"""A scripted analyst: works a ticket through the services, as a person would at the desk, at moments in the past."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from ruamel.yaml import YAML

from chat import services
from chat.errors import ConfirmFirst
from chat.models import MessageType, Session
from knowledge.models import Article

SCRIPTS = Path(__file__).parent / "scripts"
# Seconds that a step at the desk takes, beside the replies, which go by the analyst's pace.
SECONDS = {"look": 5, "mark": 2, "search": 5, "open": 8, "use": 3, "triage": 4, "resolve": 25}
# What one leaves out on a bad day, and the ticket goes on all the same.
FORGETTABLE = ("mark", "search", "open", "triage", "kindly")
Step = dict[str, Any]


@cache
def scripts(slug: str) -> dict[str, list[Step]]:
    """By style (careful, average, careless): steps of one verb each, see the methods of `Analyst`."""
    return YAML(typ="safe").load((SCRIPTS / f"{slug}.yaml").read_text())


class Analyst:
    """Plays one session. `pace`: seconds that the customer waits for a reply, give or take a third.

    `lapses`: chance from 0 to 1 that a step which can be forgotten is.
    """

    def __init__(self, session: Session, *, pace: float, dice: Random, lapses: float = 0) -> None:
        self.session, self.pace, self.dice, self.lapses = session, pace, dice, lapses
        self.now: datetime = session.started_at

    def play(self, steps: Iterable[Step]) -> None:
        for step in steps:
            for verb, what in step.items():
                if verb in FORGETTABLE and self.dice.random() < self.lapses:
                    continue
                self.now += timedelta(seconds=SECONDS.get(verb, 0))
                do: Callable[[Any], object] = getattr(self, verb)
                do(what)

    def say(self, text: str) -> None:
        """A reply to the customer, and the customer's turn; nobody talks to one who hung up."""
        if self._fresh().world["left"] == "hangup":
            return
        self.now += timedelta(seconds=self.pace * self.dice.uniform(0.67, 1.33))
        filled = text.format(ticket=self.session.ticket.number, analyst=self.session.learner.first_name)
        services.receive_message(**self._at, text=filled, message_type=MessageType.REPLY, client_id=uuid4())
        services.take_turn(session_id=self.session.pk, now=self.now)

    def kindly(self, text: str) -> None:
        """A reply that one owes the customer, though the work would go on without it."""
        self.say(text)

    def sure(self, text: str) -> None:
        """Said where the customer only claims to have done what they were told."""
        state = self._fresh().state
        if set(state.claimed) - set(state.done):
            self.say(text)

    def look(self, query: str) -> None:
        services.look_up_directory(**self._at, query=query)

    def mark(self, outcomes: dict[str, str]) -> None:
        for factor, outcome in outcomes.items():
            services.verify(**self._at, factor=factor, outcome=outcome)

    def search(self, query: str) -> None:
        services.search_articles(**self._at, query=query)

    def open(self, slug: str) -> None:
        services.open_article(**self._at, article_id=Article.objects.published().get(slug=slug).pk)

    def use(self, action: str) -> None:
        """Uses the console and waits for what it finds; goes on where policy asks first."""
        try:
            run = services.perform_action(**self._at, action=action)
        except ConfirmFirst:
            run = services.perform_action(**self._at, action=action)
        self.now = max(self.now, datetime.fromisoformat(run["readyAt"]))

    def triage(self, fields: dict[str, str]) -> None:
        services.change_ticket(session_id=self.session.pk, now=self.now, **fields)

    def resolve(self, written: dict[str, Any]) -> None:
        documentation = {name: written.get(name, "") for name in ("problem", "cause", "steps", "test")}
        ending = {"cited": [], "team": "", "reason": "", "reported": False, "documentation": documentation}
        ending |= {name: written[name] for name in ("type", *ending) if name in written}
        services.resolve(**self._at, resolution=ending)

    def abandon(self) -> None:
        services.abandon(**self._at)

    @property
    def _at(self) -> dict[str, Any]:
        return {"session_id": self.session.pk, "now": self.now}

    def _fresh(self) -> Session:
        self.session.refresh_from_db(fields=["world"])
        return self.session
