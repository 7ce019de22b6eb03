"""One document, several worlds: variants, drawn values, dates."""

from datetime import date

import pytest

from scenarios.reading import DocumentError, read_document
from scenarios.world import variants
from tests.scenarios.playing import PACK

SOURCE = (PACK / "prints-vanish.yaml").read_text("utf-8").partition("\nvariants:")[0]
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


def faults(addition: str) -> str:
    with pytest.raises(DocumentError) as error:
        read_document(SOURCE + addition)
    return str(error.value)


def test_a_mistake_in_a_variant_is_told_at_its_own_line():
    addition = "\nvariants:\n  other:\n    facts:\n      moved:\n        holder: nobody\n"
    line = (SOURCE + addition).split("\n").index("        holder: nobody") + 1

    assert f"line {line}, facts.moved.holder: in the variant 'other'" in faults(addition)


def test_a_variant_that_cannot_be_solved_is_refused():
    broken = '\nvariants:\n  stuck:\n    actions:\n      print_again:\n        effects: [{else: true, say: "no"}]\n'

    assert "in the variant 'stuck'" in faults(broken)


def test_a_blank_without_values_is_told_to_the_author():
    assert "'{floor}' has no values" in faults('\nvariants:\n  other:\n    title: "On {floor}"\n')


def test_columns_of_values_have_the_same_length():
    assert "the same number of entries" in faults('\nvalues: {a: ["1", "2"], b: ["3"]}\n')


def test_variants_are_named_changes():
    assert "named changes" in faults("\nvariants: [one, two]\n")


def test_a_persona_that_nobody_wrote_is_named_with_those_there_are():
    source = SOURCE.replace("  persona:\n", '  persona:\n    like: "sleepy-cat"\n', 1)

    with pytest.raises(DocumentError, match=r"no persona named 'sleepy-cat'; there are .*hurried-novice"):
        read_document(source)
