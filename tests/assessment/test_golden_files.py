"""Golden attempts as files: what can be played, and what is said of what cannot."""

import pytest

from assessment.players.golden_file import GoldenError, read_golden
from assessment.players.golden_rows import play_all

HEAD = """scenario: "vpn-will-not-connect"
quality: "gaming"
style: "plain"
moves:
"""
END = '  - resolve: {type: "resolved", documentation: {problem: "VPN.", steps: "Done by {analyst}, {ticket}."}}\n'


@pytest.fixture
def folder(tmp_path):
    """`folder(move, ...)`: a folder with one attempt of these moves and an end."""

    def write(*moves: str, head: str = HEAD, end: str = END):
        lines = "".join(f"  - {move}\n" for move in moves)
        (tmp_path / "one.yaml").write_text(head + lines + end)
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("move", "says"),
    [
        ('{say: "Hello"}', "line 5, moves.0: a reply has two wordings"),
        ('{use: "vpn_status", look: "Maria"}', "line 5, moves.0: a move is exactly one of"),
        ('{use: "crystal_ball"}', "line 5, moves.0.use: the console has no crystal_ball; there are callback"),
        ('{say: "a", or: "b", means: ["f_nothing"]}', "line 5, moves.0.means: there is no act f_nothing"),
        ('{use: "vpn_status", when: "unknown weather"}', "moves.0.when: there is no weather here"),
        ('{use: "vpn_status", when: "raining"}', "line 5, moves.0.when"),
        ('{mark: {shoe_size: "match"}}', "there is no factor shoe_size"),
        ('{use: "vpn_status", after: -1}', "moves.0.after: is at least 0, not -1"),
        ("{dance: 1}", "moves.0.dance: is not a field here"),
        ('{use:"vpn_status"}', "line 5"),
    ],
)
def test_what_cannot_be_played_is_said_with_its_line(folder, move, says):
    with pytest.raises(GoldenError, match=r"one\.yaml") as error:
        play_all(folder(move))

    assert says in str(error.value)


@pytest.mark.parametrize(
    ("head", "end", "says"),
    [
        (HEAD, "  - {use: 'vpn_status'}\n", "the last move, and only that, is resolve"),
        (HEAD.replace("gaming", "fine"), END, "line 2, quality: is one of"),
        (HEAD.replace("vpn-will", "vpn-wont"), END, "line 1, scenario: the pack has no such scenario"),
        ('variant: "dream"\n' + HEAD, END, "line 1, variant: there is no variant dream"),
        (HEAD, END.replace("resolved", "declined"), "a ticket that is declined gives a reason"),
        ("", "[", "line 1"),
        ("", "words", "line 1: takes a mapping"),
    ],
)
def test_a_file_that_is_no_attempt_is_refused(folder, head, end, says):
    with pytest.raises(GoldenError) as error:
        play_all(folder(head=head, end=end))

    assert says in str(error.value)


def test_all_that_is_wrong_is_said_at_once(folder):
    path = folder('{say: "Hello"}', "{dance: 1}") / "one.yaml"

    with pytest.raises(GoldenError) as error:
        read_golden(path)
    assert len(str(error.value).splitlines()) >= 2


def test_a_customer_who_asks_back_gets_the_second_wording_once(folder):
    unclear = '{say: "Blorf the quux.", or: "What does the error message say?", means: ["f_error"]}'
    row = play_all(folder(unclear))[0]

    assert row.heard[0].texts == ("Blorf the quux.", "What does the error message say?")
    assert row.heard[0].understood
    assert len(row.heard_reworded[0].texts) == 1


def test_times_are_those_of_the_file(folder):
    row = play_all(
        folder(
            '{say: "Hello Maria.", or: "Hi Maria.", after: 50}',
            '{use: "vpn_gateway_log", after: 10}',
            "{wait: 30}",
        )
    )[0]
    mine = [line.at for line in row.attempt.lines if line.sender == "user"]
    used = next(e.at for e in row.attempt.events if e.kind == "console")

    assert mine == [50]
    assert used == 63  # three seconds to find it in the console
    assert row.attempt.finished == 63 + 4 + 30 + 25


def test_a_move_with_a_condition_is_made_only_when_it_holds(folder):
    asked = '{say: "What does the error say?", or: "Read me the error please.", means: ["f_error"]}'
    again = asked.replace("}", ', when: "unknown error_code"}')

    assert len(play_all(folder(asked, again))[0].heard) == 1
    assert len(play_all(folder(again))[0].heard) == 1


def test_notes_know_the_ticket_and_who_wrote_them(folder):
    steps = play_all(folder('{note: "Rang {customer}."}'))[0].attempt

    assert steps.resolution["documentation"]["steps"] == "Done by Robin, TKT-20260316-00001."
    assert [x.text for x in steps.lines if x.kind == "note"] == ["Rang Maria."]
