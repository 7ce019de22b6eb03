"""What a learner expects of their score: five scales, none of them set beforehand."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS = [(str(points), str(points)) for points in range(0, 101, 10)]


def _scale(label: Promise, question: Promise) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=question,
        choices=STEPS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Not rated yet. Choose a number, or skip all five.")},
    )


class SelfAssessmentForm(forms.Form):
    verification = _scale(_("Verification"), _("Did you know who was calling before you changed anything?"))
    technical = _scale(_("Technical"), _("Did you find the cause by evidence, and remove it without harm?"))
    communication = _scale(
        _("Communication"), _("Did the customer feel heard, and know what happens and why?")
    )
    documentation = _scale(_("Documentation"), _("Could a colleague go on from your notes alone?"))
    response_time = _scale(
        _("Response time"), _("Did the customer get answers soon, and an end in good time?")
    )
