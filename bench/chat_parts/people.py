"""Learners with tokens and open tickets, in bulk: python -m bench.chat_parts.people COUNT [--spoken N]

Services open one ticket of each first scenario; the rest are copies of those. Prints one JSON line: seats as
[session, token]. `--spoken`: each conversation has so many messages already.
"""

import argparse
import json
import os
import secrets
import sys
from copy import copy
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import ApiToken, Role, User, digest  # noqa: E402
from accounts.services import create_person  # noqa: E402
from chat.models import Event, Message, Session, Ticket  # noqa: E402
from chat.services import start_session  # noqa: E402
from scenarios.models import Scenario  # noqa: E402

WORDS = "I can hear you. The light on the front is green, and nothing else has changed since we spoke."


class Pattern(NamedTuple):
    """A ticket that was just opened, with all its rows."""

    session: Session
    ticket: Ticket
    opening: Message
    started: Event


def patterns() -> list[Pattern]:
    """A ticket of each scenario that asks for no other first."""
    now = timezone.now()
    learner = create_person(
        email=f"{uuid4().hex}@example.com",
        password=None,
        first_name="Pat",
        last_name="Tern",
        roles=[Role.LEARNER],
        now=now,
    )
    first = Scenario.objects.published().filter(prerequisites=None).order_by("slug")
    opened = [start_session(learner=learner, scenario=one, mode="exam", now=now) for one in first]
    return [Pattern(one, one.ticket, one.messages.get(), one.events.get()) for one in opened]


@transaction.atomic
def seats(how_many: int, spoken: int) -> list[tuple[str, str]]:
    now, found = timezone.now(), patterns()
    people = [
        User(
            email=f"{uuid4().hex}@example.com", first_name="Sam", last_name=f"Learner {number}", password="!"
        )
        for number in range(how_many)
    ]
    User.objects.bulk_create(people, batch_size=1000)
    learners = Group.objects.get(name=Role.LEARNER)
    join = User.groups.through
    join.objects.bulk_create([join(user=one, group=learners) for one in people], batch_size=1000)
    tokens = [secrets.token_urlsafe(32) for _ in people]
    week = now + timedelta(days=7)
    times = {"created_at": now, "expires_at": week, "refresh_expires_at": week}
    ApiToken.objects.bulk_create(
        [
            ApiToken(user=person, token_hash=digest(token), refresh_hash=digest(token + "r"), **times)
            for person, token in zip(people, tokens, strict=True)
        ],
        batch_size=1000,
    )
    rows: list[list] = [[], [], [], []]
    for number, person in enumerate(people):
        for kind, row in zip(rows, _copied(found[number % len(found)], person, spoken), strict=True):
            kind += row
    for model, row in zip((Session, Ticket, Message, Event), rows, strict=True):
        model.objects.bulk_create(row, batch_size=1000)
    return [(str(row.pk), token) for row, token in zip(rows[0], tokens, strict=True)]


def _copied(pattern: Pattern, learner: User, spoken: int) -> tuple[list, list, list, list]:
    session, ticket, opening, started = map(copy, pattern)
    session.pk, session.learner, session.last_seq = uuid4(), learner, max(spoken, opening.seq)
    session.next_event_at = None  # nobody speaks up unasked: each message has one turn
    ticket.session, ticket.number = session, f"B-{uuid4().hex[:16]}"
    opening.pk, opening.session = uuid4(), session
    started.pk, started.session = None, session
    started.data = started.data | {"opening": str(opening.pk)}
    return [session], [ticket], [opening, *_spoken(session, spoken)], [started]


def _spoken(session: Session, until: int) -> list[Message]:
    turns, more = [uuid4() for _ in range(until)], {"session": session, "created_at": session.started_at}
    return [
        Message(**more, seq=seq, text=WORDS, turn_id=turns[seq // 2], sender_type="ai" if seq % 2 else "user")
        for seq in range(2, until + 1)
    ]


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("count", type=int)
    options.add_argument("--spoken", type=int, default=0)
    chosen = options.parse_args()
    json.dump(seats(chosen.count, chosen.spoken), sys.stdout)
