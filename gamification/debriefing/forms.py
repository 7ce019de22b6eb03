"""What a learner expects of their score: five sliders that work without script."""

from django import forms


def _slider(label: str, question: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=question,
        min_value=0,
        max_value=100,
        step_size=5,
        initial=50,
        widget=forms.NumberInput(attrs={"type": "range", "list": "steps"}),
    )


class SelfAssessmentForm(forms.Form):
    verification = _slider("Verification", "Did you know who was calling before you changed anything?")
    technical = _slider("Technical", "Did you find the cause by evidence, and remove it without harm?")
    communication = _slider("Communication", "Did the customer feel heard, and know what happens and why?")
    documentation = _slider("Documentation", "Could a colleague go on from your notes alone?")
    response_time = _slider("Response time", "Did the customer get answers soon, and an end in good time?")
