"""What a reader may ask for."""

from django import forms

from knowledge.models import Category, Credibility


class SearchForm(forms.Form):
    """Everything may be left out; `q` may be anything at all."""

    q = forms.CharField(
        label="Search",
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": "What is going wrong?", "maxlength": 1000}
        ),
    )
    category = forms.ChoiceField(choices=[("", "All categories"), *Category.choices], required=False)
    credibility = forms.ChoiceField(choices=[("", "Any source"), *Credibility.choices], required=False)

    @property
    def asked(self) -> dict[str, str]:
        """The words as typed, whatever they are, and the filters; one that does not exist is left out."""
        self.is_valid()
        filters = {name: self.cleaned_data.get(name, "") for name in ("category", "credibility")}
        return {"q": self.data.get("q", "").replace("\0", " ").strip()} | filters


class RatingForm(forms.Form):
    helpful = forms.TypedChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], coerce=lambda word: word == "yes"
    )
