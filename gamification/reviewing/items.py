"""A row of a scorecard that somebody questions, as the one who looks at it may see it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from accounts.models import User
from assessment.models import Assessment, Contest
from assessment.models.review import title_of
from assessment.scoring.revising import bounds_in
from assessment.services.cards import card_of
from chat.models import Session
from gamification.debriefing.evidence import Proof, proofs
from gamification.debriefing.log import Line, Log

AROUND = 2  # lines of the transcript before and after what is cited


@dataclass
class Item:
    """`row` is a criterion or a cap; `is_known`: who did it, and the conversation around it, may be seen."""

    assessment: Assessment
    row: dict[str, Any]
    is_known: bool
    is_mine: bool = False
    contest: Contest | None = None

    @property
    def session(self) -> Session:
        return self.assessment.session

    @property
    def session_id(self) -> UUID | None:
        return self.session.pk if self.is_known else None

    @property
    def learner(self) -> str | None:
        return self.session.learner.display_name if self.is_known else None

    @property
    def earned(self) -> float | None:
        return self.row.get("earned")

    @property
    def points(self) -> float | None:
        return self.row.get("points")

    @property
    def title(self) -> str:
        return title_of(self.row)

    @property
    def is_cap(self) -> bool:
        return "limit" in self.row

    @property
    def stands(self) -> bool:
        """Whether it is still part of the score: a cap may have been lifted meanwhile."""
        return self.assessment.point(self.row["id"]) is not None

    @property
    def bounds(self) -> tuple[float, float]:
        """Fewest and most points that may be given."""
        return bounds_in(card_of(self.assessment), self.row["id"])

    @property
    def tied_cap(self) -> dict[str, Any] | None:
        return self.assessment.cap_tied_to(self.row["id"])

    @property
    def reason(self) -> str:
        """The learner's."""
        return self._shown(self.contest.reason) if self.contest else ""

    @cached_property
    def proofs(self) -> list[Proof]:
        written = self.row.get("dimension") == "documentation"
        found = proofs(self._log, self.row["evidence"], quotes_notes=written)
        return [replace(proof, text=self._shown(proof.text)) for proof in found]

    @cached_property
    def cited(self) -> set[str]:
        return {proof.anchor for proof in self.proofs}

    @cached_property
    def context(self) -> list[Line]:
        """The lines around what is cited, for those who may read the conversation."""
        if not self.is_known:
            return []
        lines = self._log.lines
        places = [place for place, line in enumerate(lines) if line.anchor in self.cited]
        shown = {near for place in places for near in range(place - AROUND, place + AROUND + 1)}
        return [line for place, line in enumerate(lines) if place in shown]

    @cached_property
    def _log(self) -> Log:
        return Log(self.session)

    def _shown(self, text: str) -> str:
        return text if self.is_known else nameless(text, self.session.learner)


def contested_item(contest: Contest, viewer: User) -> Item:
    return contested_items([contest], viewer)[0]


def contested_items(contests: Iterable[Contest], viewer: User) -> list[Item]:
    """Rows as they were contested, whatever became of them since. One query."""
    contests = list(contests)
    whole = Assessment.objects.reviewable_by(viewer).filter(pk__in=[c.assessment_id for c in contests])
    known = set(whole.values_list("pk", flat=True))
    return [
        Item(
            contest.assessment,
            contest.point,
            is_mine=(is_mine := contest.assessment.session.belongs_to(viewer)),
            is_known=is_mine or contest.assessment_id in known,
            contest=contest,
        )
        for contest in contests
    ]


def nameless(text: str, person: User) -> str:
    """The text without the names of the person who wrote it."""
    names = [re.escape(name) for name in (person.first_name, person.last_name) if len(name) > 1]
    return re.sub(rf"\b(?:{'|'.join(names)})\b", "…", text, flags=re.IGNORECASE) if names else text
