"""The trail sealed in order: each seal's digest covers its event and the seal before it.

Whoever changes a row behind the program's back would have to write every later seal anew;
and a digest that was noted elsewhere (`verify_audit --head`) shows even that.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import AuditEvent, AuditSeal

BATCH = 500
LATE_COMMITS = (
    10_000  # events; one whose transaction was open while more than these passed is found by `verify`
)


def seal_audit(*, now: datetime) -> int:
    """Seal what is not sealed yet; the number of new seals. Two at once do no harm: one gives way."""
    sealed = 0
    while waiting := _unsealed(BATCH):
        try:
            with transaction.atomic():
                AuditSeal.objects.bulk_create(_links(waiting, now))
        except IntegrityError:  # another job took these positions
            return sealed
        sealed += len(waiting)
    return sealed


def _unsealed(most: int) -> list[AuditEvent]:
    last = AuditSeal.objects.aggregate(last=Max("event_id"))["last"] or 0
    recent = AuditEvent.objects.filter(pk__gt=last - LATE_COMMITS, seal=None)
    return list(recent.order_by("pk")[:most])


def _links(events: list[AuditEvent], now: datetime) -> Iterator[AuditSeal]:
    head = AuditSeal.objects.order_by("-position").first()
    position, digest = (head.position, head.digest) if head else (0, "")
    for event in events:
        position += 1
        digest = _digest(digest, event.pk, _content(event))
        yield AuditSeal(position=position, event=event, digest=digest, sealed_at=now)


def _digest(before: str, event_id: int, content: str) -> str:
    return sha256(f"{before}\n{event_id}\n{content}".encode()).hexdigest()


def _content(event: AuditEvent) -> str:
    return json.dumps(
        {
            "at": event.at.astimezone(UTC).isoformat(),
            "actor": str(event.actor or ""),
            "action": event.action,
            "object": [event.object_type, event.object_id],
            "result": event.result,
            "address": event.address,
            "data": event.data,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )


@dataclass(frozen=True)
class Verdict:
    """`head` is the newest digest, `unsealed` the events without a seal, `faults` sentences that name rows."""

    sealed: int
    unsealed: int
    head: str
    faults: list[str]


@dataclass(frozen=True)
class _Suspect:
    """A seal whose digest does not fit its event."""

    before: str
    digest: str
    event_id: int
    content: str


def verify_audit(*, head: str = "") -> Verdict:
    """Walk the chain from its beginning. `head`: a digest noted earlier, which must still be in it."""
    faults: list[str] = []
    suspects: list[_Suspect] = []
    before, expected, known = "", 1, not head
    for seal, content in _sealed():
        if seal.position != expected:
            faults.append(_missing_seals(expected, seal.position - 1))
            # What the missing one said is unknown: this seal cannot be checked, the next one can.
        elif content is None:
            faults.append(_("Event %(event)s is missing.") % {"event": seal.event_id})
        elif _digest(before, seal.event_id, content) != seal.digest:
            suspects.append(_Suspect(before, seal.digest, seal.event_id, content))
        before, expected, known = seal.digest, seal.position + 1, known or seal.digest == head
    if not known:
        faults.append(_("The noted digest is not in the chain: it was cut off or written anew."))
    return Verdict(
        sealed=expected - 1,
        unsealed=AuditEvent.objects.filter(seal=None).count(),
        head=before,
        faults=faults + list(_told(suspects)),
    )


def _sealed() -> Iterator[tuple[AuditSeal, str | None]]:
    """Seals in order with what their event says now; None where the event is gone."""
    position = 0
    while batch := list(AuditSeal.objects.filter(position__gt=position).order_by("position")[:BATCH]):
        events = AuditEvent.objects.in_bulk([seal.event_id for seal in batch])
        for seal in batch:
            event = events.get(seal.event_id)
            yield seal, _content(event) if event else None
        position = batch[-1].position


def _told(suspects: list[_Suspect]) -> Iterator[str]:
    for suspect in suspects:
        twin = next((other for other in suspects if _was_here(other, suspect)), None)
        if twin is None:
            yield _("Event %(event)s was altered.") % {"event": suspect.event_id}
        elif suspect.event_id < twin.event_id:
            yield _("Events %(one)s and %(other)s were swapped.") % {
                "one": suspect.event_id,
                "other": twin.event_id,
            }


def _was_here(other: _Suspect, suspect: _Suspect) -> bool:
    """Whether `other`'s row, or only its words, stood where `suspect` stands when that was sealed."""
    ids = (other.event_id, suspect.event_id)
    return other is not suspect and any(
        _digest(suspect.before, event_id, other.content) == suspect.digest for event_id in ids
    )


def _missing_seals(first: int, last: int) -> str:
    if first == last:
        return _("Seal %(first)s is missing.") % {"first": first}
    return _("Seals %(first)s to %(last)s are missing.") % {"first": first, "last": last}
