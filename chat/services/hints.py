"""Hints: for practice alone, each a step up a ladder of three and told to the learner alone."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict
from chat.hint_words import texts
from chat.hints import COST, LEVELS, is_discreet, next_move
from chat.models import Mode, Session
from chat.proving.guard import Guard
from chat.selectors import required_level
from chat.services.log import append, changed, lock
from chat.times import rfc3339

Hint = dict[str, Any]


@transaction.atomic
def take_hint(*, session_id: UUID, now: datetime) -> Hint:
    """The next hint: {level, text, at, cost}. Asked again on the same move it says more; the third stays, for nothing.

    Raises Conflict in an exam.
    """
    session = lock(session_id)
    if session.mode != Mode.PRACTICE:
        raise Conflict(
            _("Hints are for practice. In an exam you work as you would at the desk: on your own.")
        )
    taken: list[Hint] = session.desk.setdefault("hints", [])
    move = _next_move(session)
    last = taken[-1] if taken and taken[-1]["move"] == move else None
    if last and last["level"] == LEVELS:
        return last | {"cost": 0}
    level = last["level"] + 1 if last else 1
    hint = {"move": move, "level": level, "text": _text(session, move, level), "at": rfc3339(now)}
    taken.append(hint)
    append(session, [("hint", {"move": move, "level": level})], at=now)
    session.last_activity_at = now
    changed(session)
    return hint | {"cost": COST}


def _next_move(session: Session) -> str:
    tried = session.events.filter(kind="identity").values_list("data__field", flat=True)
    world = session.document
    needed = required_level(world)
    return next_move(world, session.state, session.shortest_path, needed=needed, tried=set(tried))


def _text(session: Session, move: str, level: int) -> str:
    world, state = session.document, session.state
    return texts(world, move, partial(is_discreet, Guard(world), state))[level - 1]
