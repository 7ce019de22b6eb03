"""One document, several worlds: variants, drawn values, dates."""

from datetime import date

import pytest

from scenarios.proving import prove
from scenarios.reading import DocumentError, read_document
from scenarios.world import variants

DATA = {
    "title": "Old {room}",
    "state": {"door": "shut", "light": "on"},
    "facts": {"key": {"say": "it hangs in {room} since {today-14d}"}, "lamp": {"say": "bright"}},
    "list": ["a", "b"],
    "values": {"room": ["3.14", "2.07"]},
    "variants": {"dark": {"state": {"light": "off"}, "facts": {"lamp": None}, "list": ["{room}"]}},
}


def test_the_usual_variant_is_the_document_as_it_stands():
    assert variants.names(DATA) == ["usual", "dark"]
    assert variants.varied(DATA, "usual") == {k: v for k, v in DATA.items() if k != "variants"}


def test_a_variant_merges_mappings_takes_away_what_is_null_and_replaces_the_rest():
    dark = variants.varied(DATA, "dark")

    assert dark["state"] == {"door": "shut", "light": "off"}
    assert list(dark["facts"]) == ["key"]
    assert dark["list"] == ["{room}"]


def test_a_variant_leaves_the_document_as_it_was():
    variants.varied(DATA, "dark")

    assert DATA["state"]["light"] == "on" and "lamp" in DATA["facts"]


@pytest.mark.parametrize(("row", "room"), [(0, "3.14"), (1, "2.07"), (2, "3.14")])
def test_a_session_draws_one_row_of_values_for_all_texts(row, room):
    filled = variants.filled(variants.varied(DATA, "dark"), row=row, today=date(2026, 3, 16))

    assert filled["title"] == f"Old {room}" and filled["list"] == [room]


def test_dates_are_counted_from_the_day_of_the_session():
    filled = variants.filled(DATA, row=0, today=date(2026, 3, 16))

    assert filled["facts"]["key"]["say"] == "it hangs in 3.14 since 2 March 2026"


@pytest.fixture
def faults(source):
    """What is said of the small sound document with an addition."""

    def read(addition: str) -> str:
        return "\n".join(map(str, prove(source + addition).faults))

    return read


def test_a_mistake_in_a_variant_is_told_at_its_own_line(faults, source):
    addition = "variants:\n  other:\n    facts:\n      cleaner:\n        holder: nobody\n"
    line = (source + addition).split("\n").index("        holder: nobody") + 1

    assert f"line {line}, facts.cleaner.holder: in the variant 'other'" in faults(addition)


def test_a_variant_that_cannot_be_solved_is_refused(faults):
    stuck = (
        'variants:\n  stuck:\n    actions:\n      switch_on:\n        effects: [{else: true, say: "no"}]\n'
    )

    assert "in the variant 'stuck'" in faults(stuck)


def test_a_blank_without_values_is_told_to_the_author(faults):
    assert "'{floor}' has no values" in faults('variants:\n  other:\n    title: "On {floor}"\n')


def test_columns_of_values_have_the_same_length(faults):
    assert "the same number of entries" in faults('values: {a: ["1", "2"], b: ["3"]}\n')


def test_variants_are_named_changes(faults):
    assert "named changes" in faults("variants: [one, two]\n")


def test_a_persona_that_nobody_wrote_is_named_with_those_there_are(source):
    unknown = source.replace("customer:\n", 'customer:\n  persona: "sleepy-cat"\n', 1)

    with pytest.raises(DocumentError, match=r"no persona named 'sleepy-cat'; there are .*hurried-novice"):
        read_document(unknown)
