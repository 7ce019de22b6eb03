"""The catalogue's filters, the same in the page's address and in the API."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.models import Category
from scenarios.models import Difficulty


class CatalogueFilter(django_filters.FilterSet):
    difficulty = django_filters.ChoiceFilter(choices=Difficulty.choices, empty_label=_("Any"))
    category = django_filters.ChoiceFilter(choices=Category.choices, empty_label=_("Any"))
    completed = django_filters.BooleanFilter(field_name="is_completed", help_text="Brought to a right end.")
    q = django_filters.CharFilter(
        method="with_words", max_length=200, help_text="Words of the title or the summary; all must occur."
    )

    def with_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return rows
