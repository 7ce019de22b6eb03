"""The design system's tags and filters: chips, meters, rings, charts, avatars, scores.

A builtin library (see settings), so templates need no `{% load %}`. Nothing here writes inline style:
the content security policy forbids it, so lengths are SVG attributes and looks are classes.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()


class Look(NamedTuple):
    """How one value of a vocabulary is shown: a word, a tone and an icon."""

    word: str | Promise
    tone: str = ""
    icon: str = ""


LOOKS: dict[str, dict[str, Look]] = {
    "difficulty": {
        "starter": Look(_("Starter"), "success", "signal"),
        "intermediate": Look(_("Intermediate"), "info", "chart-bar"),
        "advanced": Look(_("Advanced"), "danger", "fire"),
    },
    "category": {
        "hardware": Look(_("Hardware"), icon="printer"),
        "software": Look(_("Software"), icon="window"),
        "network": Look(_("Network"), icon="server-stack"),
        "internet": Look(_("Internet"), icon="globe-alt"),
        "access": Look(_("Access"), icon="key"),
        "security": Look(_("Security"), icon="shield-exclamation"),
    },
    "credibility": {
        "official": Look(_("Official"), "success", "check-badge"),
        "vendor": Look(_("Vendor"), "info", "building-office"),
        "community": Look(_("Community"), "warning", "users"),
        "outdated": Look(_("Outdated"), "danger", "exclamation-triangle"),
    },
    "priority": {
        "P1": Look("P1", "danger", "fire"),
        "P2": Look("P2", "warning", "chevron-double-up"),
        "P3": Look("P3", "info", "chevron-up"),
        "P4": Look("P4", "", "minus"),
    },
    "level": {
        "high": Look(_("High"), "danger"),
        "medium": Look(_("Medium"), "warning"),
        "low": Look(_("Low"), ""),
    },
    "ticket": {
        "open": Look(_("Open"), "info", "ticket"),
        "pending": Look(_("Waiting for customer"), "warning", "pause-circle"),
        "resolved": Look(_("Resolved"), "success", "check-circle"),
        "escalated": Look(_("Escalated"), "info", "arrow-up-right"),
        "declined": Look(_("Declined"), "danger", "no-symbol"),
    },
    "session": {
        "active": Look(_("Running"), "info", "play-circle"),
        "completed": Look(_("Completed"), "success", "check-circle"),
        "abandoned": Look(_("Abandoned"), "", "x-circle"),
    },
    "mode": {
        "practice": Look(_("Practice"), "", "academic-cap"),
        "exam": Look(_("Exam"), "info", "clipboard-document-check"),
    },
    "verification": {
        "none": Look(_("Not verified"), "warning", "finger-print"),
        "low": Look(_("Verified: low"), "info", "shield-check"),
        "high": Look(_("Verified: high"), "success", "shield-check"),
    },
    "tier": {
        "bronze": Look(_("Bronze"), "", "trophy"),
        "silver": Look(_("Silver"), "", "trophy"),
        "gold": Look(_("Gold"), "", "trophy"),
        "platinum": Look(_("Platinum"), "", "trophy"),
    },
}
NOTICE_ICONS = {
    "score_ready": "clipboard-document-check",
    "level": "sparkles",
    "achievement": "trophy",
    "contest_decided": "scale",
}


@register.inclusion_tag("ui/_chip.html")
def chip(kind: str, value: object) -> dict[str, Any]:
    """A value of a known vocabulary as icon and word; an unknown value is shown as it is."""
    text = str(value or "")
    return {
        "look": LOOKS[kind].get(text, Look(text.replace("_", " ").capitalize())),
        "kind": kind,
        "value": text,
    }


@register.simple_tag
def chip_word(kind: str, value: object) -> str:
    """What the chip of this value says, for a sentence."""
    return str(chip(kind, value)["look"].word)


@register.filter
def plain(field: BoundField) -> SafeString:
    """A form field without the placeholder that libraries give it: the label above says the same."""
    return field.as_widget(attrs={"placeholder": False})


@register.filter
def notice_icon(kind: object) -> str:
    return NOTICE_ICONS.get(str(kind), "bell")


@register.filter
def score(value: float | None) -> str:
    """`82`, `82.5`, or `n/a` where the dimension does not apply; at most two decimals."""
    return gettext("n/a") if value is None or value == "" else f"{float(value):.2f}".rstrip("0").rstrip(".")


@register.filter
def band(value: float | None) -> str:
    """The colour band of a score from 0 to 100: good from 80, fair from 60, poor below, or none."""
    if value is None or value == "":
        return "none"
    return "good" if value >= 80 else "fair" if value >= 60 else "poor"


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds as `45 s`, `4 min 10 s` or `2 h 5 min`."""
    if seconds is None or seconds == "":
        return gettext("n/a")
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        hours and gettext("%(n)s h") % {"n": hours},
        minutes and gettext("%(n)s min") % {"n": minutes},
        rest and not hours and gettext("%(n)s s") % {"n": rest},
    ]
    return " ".join(part for part in parts if part) or gettext("%(n)s s") % {"n": 0}


@register.inclusion_tag("ui/_avatar.html")
def avatar(person: Any, size: str = "") -> dict[str, str]:
    """A disc with the initials of a user or of a name."""
    name = person if isinstance(person, str) else person.display_name
    words = name.split() or ["?"]
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return {"letters": letters.upper(), "size": size}


@register.inclusion_tag("ui/_meter.html")
def meter(value: float | None, label: str) -> dict[str, Any]:
    """A labelled bar from 0 to 100; None is said in words."""
    return {"label": label, "value": value, "exact": None if value is None else f"{float(value):.2f}"}


@register.inclusion_tag("ui/_ring.html")
def ring(value: float, maximum: float, label: str, centre: str = "", size: str = "") -> dict[str, Any]:
    """A progress ring; `label` says in words what it shows, `centre` stands in the middle."""
    share = min(max(value / maximum, 0), 1) * 100 if maximum else 0
    return {"share": f"{share:.1f}", "label": label, "centre": centre, "size": size}


class ChartPoint(NamedTuple):
    """`url` leads to what is behind the value, and `note` says what that is; a gap has neither."""

    label: str
    value: float | None
    url: str = ""
    note: str = ""


@register.inclusion_tag("ui/_line_chart.html")
def line_chart(points: Sequence[ChartPoint], label: str, maximum: float = 100) -> dict[str, Any]:
    """A line over labelled points, from 0 to `maximum`; each point is a link, and a table says the same."""
    points = list(points)
    names = [point.label for point in points]
    values = [point.value for point in points]
    places = _place(values, 0, maximum)
    return {
        "label": label,
        "points": points,
        "has_data": any(value is not None for value in values),
        "scale": [score(maximum * step / 4) for step in (4, 3, 2, 1, 0)],
        "ticks": names if len(names) < 4 else [names[0], names[len(names) // 2], names[-1]],
        "way": "M" + " L".join(f"{x} {y}" for x, y in filter(None, places)),
        "paths": _lines(places),
        # Lines of no length: with round caps they stay round in a stretched drawing.
        "dots": [
            (f"M{place[0]} {place[1]}h0", point) for place, point in zip(places, points, strict=True) if place
        ],
    }


@register.inclusion_tag("ui/_nav_link.html", takes_context=True)
def nav_link(context: template.Context, name: str, text: str, icon: str) -> dict[str, Any]:
    """A link of the main navigation, marked when the page is that one or below it."""
    url = reverse(name)
    request = context.get("request")
    path = request.path if request else ""
    return {"url": url, "text": text, "icon": icon, "here": "page" if path == url else path.startswith(url)}


def _place(values: Sequence[float | None], low: float, high: float) -> list[tuple[str, str] | None]:
    """Each value as a point in a 100 by 100 box, y downwards; None stays None."""
    step = 100 / max(len(values) - 1, 1)
    start = 0 if len(values) > 1 else 100
    span = (high - low) or 1
    return [
        None if value is None else (f"{start + index * step:.2f}", f"{100 - (value - low) / span * 100:.2f}")
        for index, value in enumerate(values)
    ]


def _lines(places: Sequence[tuple[str, str] | None]) -> list[str]:
    """SVG paths, one for each stretch without a gap."""
    stretches: list[list[tuple[str, str]]] = [[]]
    for point in places:
        if point:
            stretches[-1].append(point)
        else:
            stretches.append([])
    return ["M" + " L".join(f"{x} {y}" for x, y in stretch) for stretch in stretches if len(stretch) > 1]
