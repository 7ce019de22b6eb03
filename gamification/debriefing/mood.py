"""How the customer's patience went, and what moved it."""

from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gamification.debriefing.log import Log, Source, clock, source_of

FELT = 4  # points
CAUSES = {
    "empathy": gettext_lazy("empathy"),
    "courtesy": gettext_lazy("courtesy"),
    "fixed": gettext_lazy("it works again"),
    "decay": gettext_lazy("time goes by"),
    "effort": gettext_lazy("the effort you asked for"),
    "wrong_fix": gettext_lazy("a step that did not help"),
    "repeat_question": gettext_lazy("the same question again"),
    "jargon": gettext_lazy("technical terms"),
    "long_silence": gettext_lazy("a long silence"),
    "blame": gettext_lazy("blame"),
    "secret": gettext_lazy("being asked for a secret"),
    "offtopic": gettext_lazy("small talk"),
    "declined": gettext_lazy("being told no"),
    "premature_close": gettext_lazy("an end before it was solved"),
}


def signed(points: int) -> str:
    """With a sign, and a minus that is as wide as the plus."""
    return f"{points:+d}".replace("-", "−")


@dataclass(frozen=True)
class Cause:
    words: str
    points: int


@dataclass(frozen=True)
class Feeling:
    """Patience from 0 to 100 after something happened, `at` seconds from the start; the first is the opening."""

    at: float
    patience: int
    change: int = 0
    causes: tuple[Cause, ...] = ()

    @property
    def clock(self) -> str:
        return clock(self.at)

    @property
    def is_felt(self) -> bool:
        """More than the minutes that pass anyway."""
        return abs(self.change) >= FELT

    @property
    def signed_change(self) -> str:
        return signed(self.change)

    @property
    def in_words(self) -> str:
        return ", ".join(f"{cause.words} {signed(cause.points)}" for cause in self.causes)

    @property
    def reasons(self) -> str:
        """What moved it, beside the minutes that pass anyway."""
        told = [cause for cause in self.causes if cause.words != str(CAUSES["decay"])]
        return ", ".join(cause.words for cause in told)


def feelings(log: Log) -> dict[Source, Feeling]:
    """In order of time, by what each comes from."""
    opening = log.session.document.customer.mood.patience
    found: dict[Source, Feeling] = {("opening", 0): Feeling(0.0, opening)}
    moved = [event for event in log.events if event.kind == "mood"]
    before = opening
    for source, events in groupby(moved, key=source_of):
        each = list(events)
        after = each[-1].data["patience"]
        causes = tuple(Cause(str(CAUSES.get(e.data["why"], e.data["why"])), e.data["points"]) for e in each)
        found[source] = Feeling(log.session.seconds_at(each[-1].at), after, after - before, causes)
        before = after
    return found


@dataclass(frozen=True)
class Chart:
    """Paths in a box of 100 by 100, y downwards; `good` and `bad` are dots at the moments that decided."""

    line: str
    good: str
    bad: str
    limit: str
    summary: str


def chart(log: Log, known: list[Feeling], marks: list[tuple[float, bool]]) -> Chart:
    """`marks`: when something decided, and whether for the better. Patience stays as it is until something moves it."""
    session = log.session
    end = max(session.seconds_at(session.finished_at or session.last_activity_at), known[-1].at, 1.0)
    steps = "".join(f"H{_x(feeling.at, end)}V{100 - feeling.patience}" for feeling in known[1:])
    limit = session.document.customer.mood.hangup_at
    return Chart(
        line=f"M0 {100 - known[0].patience}{steps}H100",
        good=_dots([at for at, is_good in marks if is_good], known, end),
        bad=_dots([at for at, is_good in marks if not is_good], known, end),
        limit=f"M0 {100 - limit}h100" if limit else "",
        summary=_in_words(known),
    )


def _x(at: float, end: float) -> str:
    return f"{100 * min(at / end, 1):.2f}"


def _dots(moments: list[float], known: list[Feeling], end: float) -> str:
    """Lines of no length: with round caps they stay round in a stretched drawing."""
    then = [[feeling for feeling in known if feeling.at <= at][-1] for at in moments]
    return "".join(f"M{_x(at, end)} {100 - f.patience}h0" for at, f in zip(moments, then, strict=True))


def _in_words(line: list[Feeling]) -> str:
    lowest = min(line, key=lambda feeling: feeling.patience)
    steepest = min(pairwise(line), key=lambda pair: pair[1].patience - pair[0].patience, default=None)
    said = _("Patience began at %(first)d, was %(lowest)d at its lowest, and ended at %(last)d.") % {
        "first": line[0].patience,
        "lowest": lowest.patience,
        "last": line[-1].patience,
    }
    if steepest is None or steepest[1].change > -5:
        return said
    worst = min(steepest[1].causes, key=lambda cause: cause.points)
    drop = _("The sharpest drop was %(points)d points: %(why)s.") % {
        "points": -steepest[1].change,
        "why": worst.words,
    }
    return f"{said} {drop}"
