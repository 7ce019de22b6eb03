"""`manage.py check_scenarios`: what machines read, what people read, what is shipped."""

import json

import pytest
from django.core.management import CommandError, call_command

from scenarios import apart, proofs
from scenarios.management.commands import check_scenarios
from scenarios.proving import engine
from tests.scenarios.conftest import proved


@pytest.fixture
def pack(folder, monkeypatch):
    """A pack of one scenario, proved in this process."""
    monkeypatch.setattr(check_scenarios, "PACK", folder)
    monkeypatch.setattr(check_scenarios, "prove", proved)
    monkeypatch.setattr(apart, "each", map)
    (folder / "dark-lamp.yaml").write_text(_shining(folder), "utf-8")
    return folder


def _shining(folder) -> str:
    """Its article is one that there is."""
    text = (folder / "dark-lamp.yaml").read_text("utf-8")
    return text.replace("right: lamps", "right: verify-a-caller")


def spoil(pack, written: str, instead: str) -> None:
    file = pack / "dark-lamp.yaml"
    text = file.read_text("utf-8")
    assert written in text
    file.write_text(text.replace(written, instead), "utf-8")


def checked(capsys, *arguments: str) -> dict:
    """The one JSON object on standard output, and whether the command succeeded."""
    try:
        call_command("check_scenarios", *arguments, "--json")
        code = 0
    except SystemExit as error:
        code = error.code
    return json.loads(capsys.readouterr().out) | {"exit": code}


def test_a_pack_that_holds(db, pack, capsys):
    told = checked(capsys)

    assert told.pop("seconds") >= 0
    assert told == {
        "scenarios": 1,
        "variants": 1,
        "failed": [],
        "leaks": 0,
        "contradictions": 0,
        "unmet_players": [],
        "exit": 0,
    }


def test_all_that_does_not_hold_is_told(db, pack, capsys):
    spoil(pack, "title: The dark lamp", "title: The dark lamp of E11111")
    spoil(pack, "right: verify-a-caller", "right: no-such-article")
    spoil(
        pack,
        "xp_reward: 60 # little\n",
        "xp_reward: 60\nplayers: {expert: [0, 1]}\nprerequisites: [bright-lamp]\n",
    )
    told = checked(capsys)

    assert (told["exit"], told["leaks"]) == (1, 1)
    assert [player["player"] for player in told["unmet_players"]] == ["expert"]
    messages = {(failed["check"], failed["message"].partition(", ")[2]) for failed in told["failed"]}
    assert ("references", "knowledge.right: there is no article 'no-such-article'") in messages
    assert ("references", "prerequisites: there is no scenario 'bright-lamp'") in messages
    assert all(failed["slug"] == "dark-lamp" for failed in told["failed"])


def test_what_cannot_be_read_does_not_hold(db, pack, capsys):
    spoil(pack, "title: The dark lamp", "title: [")
    told = checked(capsys)

    assert told["exit"] == 1
    assert [(failed["slug"], failed["check"]) for failed in told["failed"]] == [("dark-lamp", "schema")]


def test_people_read_what_to_do(db, pack, capsys):
    call_command("check_scenarios", "dark-lamp")
    assert "All hold" in capsys.readouterr().out

    spoil(pack, "facts_min: 2", "facts_min: 0")
    with pytest.raises(SystemExit):
        call_command("check_scenarios")
    told = capsys.readouterr().out
    assert "a lucky guess gets there with as much evidence" in told
    assert told.strip().endswith("then: manage.py check_scenarios dark-lamp")


def test_proofs_are_written_and_make_the_next_check_short(db, pack, capsys, monkeypatch):
    assert checked(capsys, "--write-proofs")["exit"] == 0
    kept = json.loads((pack / proofs.FILE).read_text("utf-8"))
    assert (kept["engine"], list(kept["proofs"])) == (engine(), ["dark-lamp"])

    monkeypatch.setattr(check_scenarios, "prove", None)
    assert checked(capsys, "--changed")["variants"] == 1


def test_what_changed_is_proved_again(db, pack, capsys):
    checked(capsys, "--write-proofs")
    spoil(pack, "facts_min: 2", "facts_min: 0")

    assert checked(capsys, "--changed", "--write-proofs")["exit"] == 1
    assert json.loads((pack / proofs.FILE).read_text("utf-8"))["proofs"] == {}


def test_a_scenario_of_the_database_is_proved_too(lamp, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(check_scenarios, "PACK", tmp_path / "empty")
    monkeypatch.setattr(check_scenarios, "prove", proved)
    monkeypatch.setattr(apart, "each", map)

    assert checked(capsys)["scenarios"] == 1


def test_an_unknown_name_is_said(db, pack):
    with pytest.raises(CommandError, match="no scenario named bright-lamp"):
        call_command("check_scenarios", "bright-lamp")


def test_work_in_processes_of_its_own_comes_back_in_order():
    assert list(apart.each(str.upper, ["a", "b", "c"])) == ["A", "B", "C"]
    assert list(apart.each(str.upper, [])) == []
