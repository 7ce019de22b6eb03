"""The page that shows the design system, and the contrast of its colours, reckoned from the style sheet."""

import re
from functools import cache
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.templatetags.ui import LOOKS, ChartPoint

THEMES = ("light", "dark")
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2: least contrast of words, and of edges and marks
GROUNDS = ("sunken", "paper", "sheet", "raised")
MEANINGS = ("success", "warning", "danger", "info")
METALS = ("bronze", "silver", "gold", "platinum")
TYPE = ("xs", "s", "m", "l", "xl", "2xl", "3xl")
COLOUR = re.compile(r"--([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));")


class Pair(NamedTuple):
    """A colour that is read on a ground, and the least contrast it must have there."""

    colour: str
    ground: str
    least: float


PAIRS = [
    *(Pair(ink, ground, TEXT) for ink in ("ink", "ink-soft") for ground in GROUNDS),
    *(
        Pair(ink, ground, TEXT)
        for ink in ("signal", "signal-strong")
        for ground in (*GROUNDS[1:], "signal-soft")
    ),
    Pair("on-signal", "signal", TEXT),
    Pair("on-signal", "signal-strong", TEXT),
    Pair("ink", "signal-soft", TEXT),
    Pair("on-mine", "mine", TEXT),
    *(Pair(each, ground, TEXT) for each in MEANINGS for ground in (*GROUNDS[1:], f"{each}-soft")),
    *(Pair("ink", f"{each}-soft", TEXT) for each in MEANINGS),
    *(Pair(metal, ground, TEXT) for metal in METALS for ground in GROUNDS[1:]),
    *(Pair("on-metal", f"metal-{metal}", TEXT) for metal in METALS),
    *(Pair(edge, ground, SHAPE) for edge in ("edge", "focus") for ground in GROUNDS[1:]),
]


@cache
def colours() -> dict[str, tuple[str, str]]:
    """Each colour token with its value in the light and in the dark."""
    source = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    return {name: (light or both, dark or both) for name, light, dark, both in COLOUR.findall(source)}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG between two colours like `#16211f`, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrasts() -> list[dict[str, Any]]:
    """Every pair with its ratio in both themes."""
    values = colours()
    return [
        pair._asdict()
        | {
            theme: contrast(values[pair.colour][at], values[pair.ground][at])
            for at, theme in enumerate(THEMES)
        }
        for pair in PAIRS
    ]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As on the badge."))
    secret = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    team = forms.ChoiceField(
        label=gettext_lazy("Team"),
        choices=[("1", gettext_lazy("First line")), ("2", gettext_lazy("Network"))],
    )
    weight = forms.ChoiceField(
        label=gettext_lazy("Impact"),
        widget=forms.RadioSelect,
        choices=[("low", gettext_lazy("Low")), ("high", gettext_lazy("High"))],
    )
    told = forms.BooleanField(label=gettext_lazy("The caller was told"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "data-counter": True}),
    )
    number = forms.CharField(label=gettext_lazy("Number"), disabled=True, initial="TKT-20260302-00042")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """For those who build and write here; everyone else learns nothing of it."""
    if not request.user.is_staff:
        raise Http404
    context = {
        "themes": [_specimens(theme) for theme in THEMES],
        "colours": [(name, *values) for name, values in colours().items()],
        "contrasts": contrasts(),
        "type": TYPE,
        "space": range(1, 8),
        "tones": ("", *MEANINGS),
        "chips": [(kind, value) for kind, looks in LOOKS.items() for value in looks],
    }
    return render(request, "ui/styleguide.html", context)


def _specimens(theme: str) -> dict[str, Any]:
    """What a column needs of its own, so that no two elements share an id or a name."""
    title = {"light": _("Light"), "dark": _("Dark")}[theme]
    wrong = SampleForm({"weight": "low", "team": "1", "note": _("A draft.")}, auto_id=f"{theme}_wrong_%s")
    return {
        "theme": theme,
        "title": title,
        "form": SampleForm(auto_id=f"{theme}_%s", initial={"weight": "low"}),
        "wrong": wrong,
        "chart": _("Overall score, %(theme)s") % {"theme": title},
        "points": [
            ChartPoint(
                str(number), value, "#figures" if value else "", _("Ticket %(number)s") % {"number": number}
            )
            for number, value in enumerate((52, 61, None, 70, 84), start=1)
        ],
    }
