"""What clients saw against what is stored. Plain data in, broken promises out; no database, no clock.

Times are seconds of one monotonic clock. A conversation is `over` once it was resolved and its clients caught up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

LOST, DOUBLED, REORDERED, UNSCORED, DOUBLE_XP = "lost", "doubled", "reordered", "unscored", "double_xp"
HOLES, PHANTOM, UNHEALED, UNANSWERED, UNPAID = "holes", "phantom", "unhealed", "unanswered", "unpaid"
REUSED, CLOSED = "reused", "closed"
PROMISES = (
    *(LOST, DOUBLED, REORDERED, UNSCORED, DOUBLE_XP),
    *(HOLES, PHANTOM, UNHEALED, UNANSWERED, UNPAID, REUSED, CLOSED),
)


@dataclass(frozen=True, slots=True)
class Finding:
    promise: str
    session: str
    told: str


@dataclass(frozen=True, slots=True)
class Ack:
    id: str
    seq: int
    duplicate: bool
    connection: int
    at: float


@dataclass(slots=True)
class Sending:
    """One message of a client under one client id; `sent` is (connection, when) of each time it went out."""

    client_id: str
    text: str
    kind: str = "reply"
    sent: list[tuple[int, float]] = field(default_factory=list)
    acks: list[Ack] = field(default_factory=list)


@dataclass(slots=True)
class View:
    """What one tab holds: (id, text) by seq; `conflicts` are frames that said otherwise of a seq it had."""

    held: dict[int, tuple[str, str]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)

    def take(self, seq: int, id: str, text: str) -> bool:
        """True where it is new."""
        if seq not in self.held:
            self.held[seq] = (id, text)
            return True
        if self.held[seq] != (id, text):
            self.conflicts.append(f"seq {seq} was {self.held[seq]}, then {(id, text)}")
        return False

    @property
    def whole_to(self) -> int:
        """The highest seq below which nothing is missing."""
        seq = len(self.held)
        return seq if seq in self.held and max(self.held) == seq else _first_hole(self.held) - 1


@dataclass(slots=True)
class Conversation:
    session: str
    sendings: dict[str, Sending] = field(default_factory=dict)
    views: list[View] = field(default_factory=list)
    over: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A stored message."""

    id: str
    seq: int
    sender: str
    kind: str
    text: str
    turn: str | None
    in_reply_to: str | None
    client_id: str | None

    @property
    def asks(self) -> bool:
        return self.sender == "user" and self.kind == "reply"


@dataclass(slots=True)
class Books:
    """The database of some sessions, at one moment. `scores` and `pays` count rows; `xp` is (column, ledger)."""

    rows: dict[str, list[Row]]
    last_seq: dict[str, int]
    resolved: set[str] = field(default_factory=set)
    scores: Counter[str] = field(default_factory=Counter)
    rewards: Counter[str] = field(default_factory=Counter)
    pays: Counter[tuple[str, str]] = field(default_factory=Counter)
    xp: dict[str, tuple[int, int]] = field(default_factory=dict)


def check(conversations: Iterable[Conversation], books: Books) -> list[Finding]:
    """Every broken promise of messages, turns and views."""
    return [finding for talk in conversations for finding in _check(talk, books)]


def check_work(books: Books) -> list[Finding]:
    """Every broken promise of scores and XP, once the time for them is over."""
    return list(_check_work(books))


def _check(talk: Conversation, books: Books) -> Iterator[Finding]:
    rows = sorted(books.rows.get(talk.session, ()), key=attrgetter("seq"))
    said = [
        *_numbering(rows, books.last_seq.get(talk.session, 0)),
        *_storing(talk, rows),
        *_order(talk, rows),
        *_turns(rows, over=talk.over),
        *_views(talk, rows),
    ]
    for promise, told in said:
        yield Finding(promise, talk.session, told)


def _numbering(rows: list[Row], last_seq: int) -> Iterator[tuple[str, str]]:
    seqs = [row.seq for row in rows]
    if seqs != list(range(1, last_seq + 1)):
        yield HOLES, f"stored {seqs}, the session counts {last_seq}"


def _storing(talk: Conversation, rows: list[Row]) -> Iterator[tuple[str, str]]:
    stored: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.sender == "user":
            stored[str(row.client_id)].append(row)
    for sending in talk.sendings.values():
        found = stored.pop(sending.client_id, [])
        if len(found) > 1:
            yield DOUBLED, f"{sending.client_id} is stored as {[row.seq for row in found]}"
        if sending.acks and not found:
            yield LOST, f"{sending.client_id} was acked as {sending.acks[0].seq} and is not stored"
        for row in found:
            if (row.text, row.kind) != (sending.text, sending.kind):
                yield LOST, f"{row.id} holds another text than was sent"
            for ack in sending.acks:
                if (ack.id, ack.seq) != (row.id, row.seq):
                    yield DOUBLED, f"{sending.client_id} was acked as {ack.seq}, stored as {row.seq}"
        if sum(not ack.duplicate for ack in sending.acks) > 1:
            yield DOUBLED, f"{sending.client_id} was acked twice as new"
    for client_id, extra in stored.items():
        yield PHANTOM, f"{client_id} is stored as {[row.seq for row in extra]} and nobody sent it"


def _order(talk: Conversation, rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Acked before the other was first sent, or both sent once on one connection and acked on it."""
    seqs = {row.client_id: row.seq for row in rows}
    known = [s for s in talk.sendings.values() if s.client_id in seqs and s.sent]
    moments = [(s.sent[0][1], 1, seqs[s.client_id]) for s in known]
    moments += [(s.acks[0].at, 0, seqs[s.client_id]) for s in known if s.acks]
    highest = 0
    for _, is_sending, seq in sorted(moments):
        if not is_sending:
            highest = max(highest, seq)
        elif seq < highest:
            yield REORDERED, f"{seq} was sent after {highest} was acked"
    lines: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for s in known:
        if len(s.sent) == 1 and s.acks and s.acks[0].connection == s.sent[0][0]:
            lines[s.sent[0][0]].append((s.sent[0][1], seqs[s.client_id]))
    for line in lines.values():
        for (_, first), (_, then) in pairwise(sorted(line)):
            if then < first:
                yield REORDERED, f"{then} was sent after {first} on one connection"


def _turns(rows: list[Row], *, over: bool) -> Iterator[tuple[str, str]]:
    asked = {row.id: row for row in rows if row.asks}
    answers: dict[str, set[str]] = defaultdict(set)
    spoken: Counter[str] = Counter()
    for row in rows:
        if row.sender != "user" and row.turn:
            spoken[row.turn] += 1
            if row.in_reply_to:
                answers[row.in_reply_to].add(row.turn)
    for message, turns in answers.items():
        if len(turns) > 1:
            yield DOUBLED, f"{_place(asked, message)} has {len(turns)} turns"
        if message not in asked or asked[message].turn not in turns:
            yield DOUBLED, f"a turn answers {_place(asked, message)}, which another turn answered, or none"
    for turn, count in spoken.items():
        if count > 2:
            yield DOUBLED, f"turn {turn} has {count} messages"
    for row in asked.values():
        if row.turn and not spoken[row.turn]:
            yield UNANSWERED, f"{row.seq} names a turn that said nothing"
        elif over and not row.turn:
            yield UNANSWERED, f"{row.seq} has no turn"


def _views(talk: Conversation, rows: list[Row]) -> Iterator[tuple[str, str]]:
    stored = {row.seq: (row.id, row.text) for row in rows}
    for view in talk.views:
        for conflict in view.conflicts:
            yield PHANTOM, conflict
        for seq, held in view.held.items():
            if stored.get(seq) != held:
                yield PHANTOM, f"a client was shown {held} as {seq}; stored is {stored.get(seq)}"
        if talk.over and (missing := sorted(stored.keys() - view.held.keys())):
            yield UNHEALED, f"a client never got {missing}"


def _check_work(books: Books) -> Iterator[Finding]:
    for session in sorted(books.resolved):
        if books.scores[session] == 0:
            yield Finding(UNSCORED, session, "resolved, and without a score")
        elif books.rewards[session] == 0:
            yield Finding(UNPAID, session, "scored, and without its reward")
        for counted, promise in ((books.scores, DOUBLED), (books.rewards, DOUBLE_XP)):
            if counted[session] > 1:
                yield Finding(promise, session, f"{counted[session]} assessments or rewards")
    for (session, kind), count in books.pays.items():
        if count > 1:
            yield Finding(DOUBLE_XP, session, f"{count} ledger lines of kind {kind}")
    for person, (column, ledger) in books.xp.items():
        if column != ledger:
            yield Finding(DOUBLE_XP, "", f"{person} has {column} XP, the ledger says {ledger}")


def _first_hole(held: dict[int, tuple[str, str]]) -> int:
    return next(seq for seq in range(1, len(held) + 2) if seq not in held)


def _place(asked: dict[str, Row], message: str) -> str:
    return f"message {asked[message].seq}" if message in asked else f"unknown message {message}"
