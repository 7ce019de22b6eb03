"""What a reader may ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.models import Category, Credibility


class SearchForm(forms.Form):
    """Everything may be left out; `q` may be anything at all."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("What is going wrong?"), "maxlength": 1000}
        ),
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All categories")), *Category.choices], required=False
    )
    credibility = forms.ChoiceField(
        label=_("Credibility"), choices=[("", _("Any source")), *Credibility.choices], required=False
    )


class RatingForm(forms.Form):
    helpful = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda word: word == "yes"
    )
