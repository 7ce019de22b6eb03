"""The proof of a scenario: every check that can run does, and says what it finds at its line."""

import pytest

from scenarios import proving
from scenarios.proving import Case, Checked, Figure, Finding, prove, register


@pytest.fixture
def registry(monkeypatch):
    """A test's own checks are gone after it."""
    monkeypatch.setattr(proving, "_stages", dict(proving._stages))


def test_a_check_of_another_app_is_run_and_placed_at_its_line(registry, source):
    @register("players", after=("solver",))
    def players(case: Case) -> Checked:
        yield Figure("usual", "expert", 41)
        yield Finding("usual", "time.target_min", f"{case.worlds['usual'].time.target_min} is too short")

    report = prove(source)

    [finding] = report.of("players")
    line = next(n for n, text in enumerate(source.splitlines(), 1) if "target_min" in text)
    assert (finding.slug, finding.line, finding.message) == ("dark-lamp", line, "10 is too short")
    assert report.figures["usual"]["players"] == {"expert": 41}


def test_a_check_does_not_run_on_what_another_found_wrong(registry, source):
    @register("before")
    def before(case: Case) -> Checked:
        yield Finding("usual", "title", "is too plain")

    @register("later", after=("before",))
    def later(case: Case) -> Checked:
        yield Finding("usual", "title", "would stumble")

    report = prove(source)
    assert report.of("before")
    assert not report.of("later")


def test_a_check_that_breaks_off_is_a_finding(registry, source):
    @register("players")
    def players(case: Case) -> Checked:
        raise KeyError("expert")
        yield

    assert "broke off: KeyError: 'expert'" in prove(source).of("players")[0].message


def test_what_cannot_be_read_is_found_by_the_schema():
    [finding] = prove("a: [").findings

    assert (finding.check, finding.line) == ("schema", 1)


def test_the_engine_is_known_by_the_sources_of_its_checks(registry, tmp_path, monkeypatch):
    monkeypatch.setattr(proving, "ROOT", tmp_path)
    monkeypatch.setattr(proving, "_stages", {})
    proving.engine.cache_clear()
    words = tmp_path / "words.txt"
    words.write_text("one")
    register("players", sources=(tmp_path,))(lambda case: iter(()))
    before = proving.engine()
    proving.engine.cache_clear()
    words.write_text("two")

    assert proving.engine() != before
    proving.engine.cache_clear()


def test_conversations_are_part_of_the_proof(source):
    report = prove(source)

    assert report.holds
    assert report.figures["usual"]["walks"] == {"leaks": 0, "contradictions": 0}
    assert report.figures["usual"]["solver"]["way"][-1] == "end resolved"
