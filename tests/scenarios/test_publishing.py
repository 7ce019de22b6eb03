"""Documents become versions: loaded, edited, exported; what was played stays as it was."""

from difflib import unified_diff
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chat.services import start_session
from scenarios import proofs, services
from scenarios.models import Proof, Scenario, ScenarioVersion
from scenarios.proving import engine
from scenarios.reading import DocumentError, read_document
from scenarios.services import (
    check_document,
    edit_scenario,
    edited_document,
    export_document,
    load_pack,
    proof_of,
    publish_document,
)
from tests.conftest import NOW
from tests.scenarios.conftest import proved

PACK = sorted((Path(__file__).parents[2] / "scenarios" / "pack").glob("*.yaml"))


@pytest.fixture
def edit(lamp, trainer):
    """`edit(xp_reward=80)`: the version that comes of it."""

    def edit(**changes) -> ScenarioVersion:
        lamp.refresh_from_db()
        return edit_scenario(scenario=lamp, changes=changes, author=trainer, now=NOW)

    return edit


def faults_of(source: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        check_document(source=source)
    return [str(fault) for fault in caught.value.faults]


def line_of(source: str, beginning: str) -> int:
    return next(n for n, line in enumerate(source.splitlines(), 1) if line.startswith(beginning))


# --- Loading


def test_loading_is_safe_to_repeat(db, folder, capsys):
    call_command("load_scenarios", folder)
    call_command("load_scenarios", folder)

    assert "1 scenarios, 0 new or changed" in capsys.readouterr().out
    assert ScenarioVersion.objects.count() == 1
    scenario = Scenario.objects.get()
    assert (scenario.slug, scenario.xp_reward, scenario.estimated_time) == ("dark-lamp", 60, 10)


def test_loading_again_leaves_what_a_trainer_made_of_it(folder, trainer):
    load_pack(folder=folder, now=NOW)
    edit_scenario(scenario=Scenario.objects.get(), changes={"xp_reward": 80}, author=trainer, now=NOW)

    assert load_pack(folder=folder, now=NOW) == (1, 0)
    assert Scenario.objects.get().xp_reward == 80


def test_a_changed_document_is_a_new_version(db, folder, source):
    load_pack(folder=folder, now=NOW)
    (folder / "dark-lamp.yaml").write_text(source.replace("xp_reward: 60", "xp_reward: 70"), "utf-8")

    assert load_pack(folder=folder, now=NOW) == (1, 1)
    scenario = Scenario.objects.get()
    assert (scenario.xp_reward, scenario.current_version.number) == (70, 2)


def test_an_error_names_file_line_field_and_what_to_do(db, folder, source):
    file = folder / "dark-lamp.yaml"
    file.write_text(source.replace("xp_reward: 60", "xp_rewrad: 60"), "utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("load_scenarios", folder)
    line = line_of(source, "xp_reward")
    assert f"line {line}, {file}: xp_rewrad: is not a field that a scenario has here" in str(caught.value)
    assert "xp_reward: is missing: add it" in str(caught.value)
    assert not Scenario.objects.exists()


def test_one_broken_file_loads_nothing_of_its_folder(db, folder):
    (folder / "zebra.yaml").write_text("schema: helpdesk-scenario/1\n", "utf-8")

    with pytest.raises(CommandError, match=r"zebra\.yaml"):
        call_command("load_scenarios", folder)
    assert not Scenario.objects.exists()


def test_a_file_that_is_no_text_is_named_with_its_line(db, folder):
    (folder / "latin.yaml").write_bytes("schema: x\ntitle: Gr\u00fc\u00dfe\n".encode("latin-1"))

    with pytest.raises(CommandError, match=r"line 2, .*latin\.yaml: is not UTF-8"):
        call_command("load_scenarios", folder)


def test_a_path_that_is_not_there_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="does not exist"):
        call_command("load_scenarios", tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "line 1: a scenario is a mapping"),
        ("- a\n- b", "line 1: a scenario is a mapping"),
        ("a: 1\nb: it's: so", "line 2: put text with a colon in it between double quotes"),
        ("a: 1\nb:\n\t- c", "line 3: begins with a tab"),
        ("a: 1\na: 2", "line 2: this name stands here twice"),
        ("a: 1\nb:2\nc: 3", "line 2: a space is missing after the colon: b: 2"),
        ("a:1\nb: 2", "line 1: a space is missing after the colon: a: 1"),
        ("a: 1\n  b: 2", "line 2: stands further to the right than the line above"),
        ("a: {b: 1\nc: 2", "line 2: a comma or the closing } is missing"),
        ("a: @b", "line 1: text cannot begin with @"),
        ("a: 1\nb: \x01", "line 2: a character that text cannot have"),
        ("a: \ud800", "line 1: a character that text cannot have"),
        ("? [a, b]\n: c", "line 1: fields are named by words"),
        ("a: " + "9" * 5000, "line 1: cannot be read as YAML"),
        ("a: *b", "line 1: a * begins an alias"),
        ("a: &a [*a]", "line 1, schema: is missing"),
    ],
)
def test_what_is_no_scenario_is_refused_at_its_line(source, told):
    assert faults_of(source)[0].startswith(told)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("xp_reward: 60", "xp_reward: much", "xp_reward: takes a whole number without quotes, not 'much'"),
        ("xp_reward: 60", "xp_reward: 5000", "xp_reward: is at most 300, not 5000"),
        (
            "difficulty: starter",
            "difficulty: easy",
            "difficulty: is one of 'starter', 'intermediate', 'advanced'",
        ),
        ("id: dark-lamp", "id: Dark Lamp", "id: takes lower-case words joined by hyphens"),
        ("title: The dark lamp", "title: ''", "title: is empty: write something"),
        ("title: The dark lamp", "title: 12", "title: takes text, not 12"),
        ("skills:\n- probe_history", "skills: probe_history", "skills: takes a list"),
        ("time:\n  target_min: 10", "time: 10", "time: takes a mapping"),
        ("confirmed: true", "confirmed: maybe", "goals.resolved.customer_confirmed: takes true or false"),
    ],
)
def test_what_the_schema_wants_is_said_in_an_authors_words(source, written, instead, told):
    assert written in source
    assert told in faults_of(source.replace(written, instead))[0]


def test_all_stages_are_told_together(db, source):
    """A variant that cannot be read does not hide what is wrong with the usual one, nor its prerequisites."""
    wrong = source.replace("difficulty: starter\n", "difficulty: starter\nprerequisites: [bright-lamp]\n")
    wrong = wrong.replace("title: The dark lamp", "title: The dark lamp of E11111")
    told = "\n".join(faults_of(f"{wrong}variants:\n  dim:\n    xp_reward: 5\n"))

    assert "there is no such scenario" in told
    assert "title: gives the customer's employee_id away" in told
    assert "in the variant 'dim': is at least 10, not 5" in told


def test_an_unknown_prerequisite_is_said_at_its_line(db, source):
    wants = source.replace("difficulty: starter\n", "difficulty: starter\nprerequisites: [bright-lamp]\n")
    line = line_of(wants, "prerequisites")

    assert faults_of(wants) == [
        f"line {line}, prerequisites: bright-lamp: there is no such scenario; publish it first or take it out"
    ]


def test_scenarios_do_not_wait_for_each_other(lamp, source):
    other = source.replace("id: dark-lamp", "id: dim-lamp").replace(
        "difficulty: starter\n", "difficulty: starter\nprerequisites: [dark-lamp]\n"
    )
    publish_document(source=other, now=NOW)
    circle = source.replace("difficulty: starter\n", "difficulty: starter\nprerequisites: [dim-lamp]\n")

    assert "dark-lamp would wait for itself" in faults_of(circle)[0]
    itself = circle.replace("[dim-lamp]", "[dark-lamp]")
    assert "dark-lamp would wait for itself" in faults_of(itself)[0]


def test_checking_keeps_nothing_but_the_proof(db, source):
    document = check_document(source=source)

    assert not Scenario.objects.exists()
    assert proof_of(document).ways()["usual"][-1] == "end resolved"


# --- Proofs


def test_nothing_is_published_without_a_proof(db, source):
    cheap = source.replace("facts_min: 2", "facts_min: 0")
    assert cheap != source

    with pytest.raises(DocumentError, match="a lucky guess gets there with as much evidence"):
        publish_document(source=cheap, now=NOW)
    assert not (Scenario.objects.exists() or Proof.objects.exists())


def test_what_is_proved_is_not_proved_again(lamp, source, monkeypatch):
    monkeypatch.setattr(services, "prove", None)

    assert publish_document(source=source, now=NOW) == (lamp.current_version, False)
    assert publish_document(source=source.replace("xp_reward: 60", "xp_reward: 70"), now=NOW)[1]


def test_a_proof_by_another_engine_is_none(lamp, source):
    Proof.objects.update(engine="before")
    check_document(source=source)

    assert Proof.objects.get().engine == engine()


def test_proofs_that_come_with_a_folder_are_taken_as_they_are(db, folder, source, monkeypatch):
    proofs.write(folder, [proved(source)])
    monkeypatch.setattr(services, "prove", None)

    assert load_pack(folder=folder, now=NOW) == (1, 1)
    assert Proof.objects.get().report == proved(source).figures


def test_proofs_of_another_engine_or_content_are_left(db, folder, source):
    file = folder / proofs.FILE
    proofs.write(folder, [proved(source)])
    file.write_text(file.read_text("utf-8").replace(engine(), "before"), "utf-8")

    assert proofs.read(folder).of(proved(source).proof_hash) is None
    assert load_pack(folder=folder, now=NOW) == (1, 1)


def test_the_same_proofs_are_the_same_file(folder, source):
    proofs.write(folder, [proved(source)])
    before = (folder / proofs.FILE).read_bytes()
    proofs.write(folder, [proved(source)])

    assert (folder / proofs.FILE).read_bytes() == before


# --- Editing


def test_an_edit_keeps_the_comments_and_every_other_line(lamp, source, edit):
    version = edit(xp_reward=80, estimated_time=12, summary="It is: dark.")

    before, after = source.splitlines(), version.source.splitlines()
    changed = [line for line in unified_diff(before, after, n=0, lineterm="") if line.startswith("+")][1:]
    assert len(changed) == 3
    assert "# Written at night." in after
    assert "xp_reward: 80 # little" in [" ".join(line.split()) for line in after]
    world = version.world()
    assert (world.xp_reward, world.time.target_min, world.summary) == (80, 12, "It is: dark.")


def test_the_columns_follow_the_document(lamp, edit, trainer):
    version = edit(xp_reward=80, estimated_time=12, difficulty="advanced")

    lamp.refresh_from_db()
    assert (lamp.xp_reward, lamp.estimated_time, lamp.difficulty) == (80, 12, "advanced")
    assert (lamp.current_version, version.number, version.author) == (version, 2, trainer)


def test_an_edit_back_is_the_version_it_was(lamp, edit):
    first = lamp.current_version
    edit(xp_reward=80)

    assert edit(xp_reward=60) == first
    assert ScenarioVersion.objects.count() == 2


def test_a_summary_that_gives_the_cause_away_is_refused(lamp, edit):
    cause = lamp.current_version.world().root_cause.say_any[0]

    with pytest.raises(DocumentError, match="summary"):
        edit(summary=f"A lamp is dark. {cause}.")
    lamp.refresh_from_db()
    assert lamp.current_version.number == 1


@pytest.mark.parametrize("file", PACK, ids=[file.stem for file in PACK])
def test_a_shipped_document_changes_only_where_it_is_edited(file):
    source = file.read_text("utf-8")
    version = ScenarioVersion(source=source)
    edited = edited_document(
        version=version,
        changes={"summary": "Something else.", "xp_reward": 77, "prerequisites": ["a", "b"]},
    )

    diff = list(unified_diff(source.splitlines(), edited.splitlines(), n=0, lineterm=""))
    added = [line[1:] for line in diff if line.startswith("+")][1:]
    assert added[:2] == ['summary: "Something else."', "xp_reward: 77"]
    unquoted = [line.replace('"', "") for line in added[2:]]
    assert unquoted in (["prerequisites: [a, b]"], ["prerequisites:", "  - a", "  - b"])
    removed = [line for line in diff if line.startswith("-")][1:]
    assert len(removed) == (3 if "prerequisites:" in source else 2)


# --- Versions


def test_export_gives_back_what_was_written(lamp, source):
    exported = export_document(version=lamp.current_version)

    assert exported == source
    assert publish_document(source=exported, now=NOW) == (lamp.current_version, False)


def test_comments_and_spelling_make_no_version(lamp, source):
    again = source.replace("# Written at night.\n", "# Read by day.\n\n").replace(
        "xp_reward: 60", "xp_reward:  60"
    )

    assert publish_document(source=again, now=NOW) == (lamp.current_version, False)


def test_a_version_never_changes(lamp):
    version = lamp.current_version
    version.source = "something else"

    with pytest.raises(ValueError, match="never changes"):
        version.save()


def test_a_session_stays_on_its_version(lamp, learner, edit):
    session = start_session(learner=learner, scenario=lamp, mode="exam", now=NOW)
    edit(summary="It is dark here.", xp_reward=90)

    session.refresh_from_db()
    assert (session.version.number, session.document.xp_reward) == (1, 60)
    lamp.refresh_from_db()
    assert lamp.current_version.number == 2


def test_the_hash_is_of_the_content(source):
    one, two = read_document(source), read_document(source + "\n# the end\n")

    assert one.content_hash == two.content_hash
    assert one.content_hash != read_document(source.replace("xp_reward: 60", "xp_reward: 61")).content_hash
