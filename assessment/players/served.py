"""A desk of the real services: sessions, messages and events as a learner's browser would make them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from assessment.players.desk import Answer, Desk, Resolution, done_in
from chat import services
from chat.errors import ConfirmFirst
from chat.models import MessageType, Session
from knowledge.models import Article
from scenarios.world.state import State
from scenarios.world.turn import Act


@dataclass
class Served(Desk):
    session: Session = field(kw_only=True)

    @property
    def state(self) -> State:
        return self.session.state

    @property
    def ticket(self) -> str:
        return self.session.ticket.number

    def _said(self, text: str) -> Answer:
        seen = self.session.last_event
        services.receive_message(**self._here, text=text, message_type=MessageType.REPLY, client_id=uuid4())
        written = services.take_turn(**self._here)
        self.session.refresh_from_db()
        events = list(self.session.events.filter(number__gt=seen).values_list("kind", "data"))
        heard, turn = (next(data for kind, data in events if kind == wanted) for wanted in ("heard", "turn"))
        return Answer(
            acts=tuple(Act(act["name"], act["confidence"], act["arg"]) for act in heard["acts"]),
            options=tuple(heard["options"]),
            moves=tuple(kind for kind, _ in turn["moves"]),
            done=done_in(events),
            texts=tuple(message.text for message in written),
        )

    def _used(self, name: str) -> str:
        try:
            run = services.perform_action(**self._here, action=name)
        except ConfirmFirst:
            run = services.perform_action(**self._here, action=name)
        self.session.refresh_from_db()
        return str(run["result"])

    def _looked(self, query: str) -> None:
        services.look_up_directory(**self._here, query=query)

    def _marked(self, factor: str, outcome: str) -> None:
        services.verify(**self._here, factor=factor, outcome=outcome)

    def _searched(self, query: str, found: tuple[str, ...]) -> None:
        services.search_articles(**self._here, query=query)

    def _opened(self, slug: str) -> None:
        if article := Article.objects.published().filter(slug=slug).first():
            services.open_article(**self._here, article_id=article.pk)

    def _noted(self, text: str) -> None:
        services.receive_message(**self._here, text=text, message_type=MessageType.NOTE, client_id=uuid4())
        self.session.refresh_from_db()

    def _triaged(self, fields: dict[str, str]) -> None:
        services.change_ticket(session_id=self.session.pk, now=self._now, **fields)

    def _resolved(self, resolution: Resolution) -> None:
        services.resolve(**self._here, resolution=resolution)
        self.session.refresh_from_db()

    @property
    def _here(self) -> dict[str, Any]:
        return {"session_id": self.session.pk, "now": self._now}

    @property
    def _now(self) -> datetime:
        return self.session.started_at + timedelta(seconds=self.at)
