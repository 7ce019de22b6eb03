"""What we may have misread is not held against the learner, and gibberish earns nothing by it."""

from assessment.scoring import score
from assessment.scoring.record import Record
from tests.assessment.attempts import Play
from tests.assessment.scores import caps_of, finding

NOTES = ("VPN connection failed", "certificate expired", "certificate renewed", "connected")
EVERYTHING = "hello sorry to hear one moment does it work bye reference manager employee number"


def misread(attempt) -> list[str]:
    return [row.id for row in score(attempt).criteria if row.misread]


def test_a_question_for_identity_that_we_only_guessed_at_counts_half():
    attempt = (
        Play("vpn-will-not-connect")
        .say("Could I have that number on your badge?", options=("id_employee", "id_phone"))
        .ends("resolved", *NOTES)
    )

    assert finding(attempt, "level_before_action").earned == 25


def test_a_line_that_we_may_have_misread_meant_one_thing_only():
    attempt = Play("vpn-will-not-connect").say(EVERYTHING, unclear=True).ends("resolved", *NOTES)

    assert misread(attempt) == ["closing"]


def test_words_that_were_understood_as_something_else_prove_no_verification():
    attempt = Play("vpn-will-not-connect").say("Your manager will be glad.", "thank").ends("resolved", *NOTES)

    assert finding(attempt, "level_before_action").earned == 0


def test_gibberish_earns_no_benefit_of_the_doubt():
    play = Play("vpn-will-not-connect")
    for _ in range(5):
        play.say(EVERYTHING, options=("id_employee", "greet"))

    assert misread(play.ends("resolved", *NOTES)) == []


def test_finding_out_what_was_only_claimed_is_no_detour():
    for seed in range(40):
        play = Play("vpn-will-not-connect", seed=seed)
        play.say("Employee number, manager?", "id_employee", "id_manager").use("reissue_cert")
        play.say("Click Renew.", "a_renew_cert", steps=True)
        if play.state.claimed:
            plain = play.ends("resolved", *NOTES)
            play.events.pop()
            asked = play.say("What do you see?", "f_screen").ends("resolved", *NOTES)
            assert Record(asked).moves == Record(plain).moves
            return
    raise AssertionError("no seed makes this customer claim anything")


def test_a_question_is_asked_twice_only_where_both_lines_ask_it():
    twice = (("Who is your manager?", "id_manager"), ("And your manager is?", "id_manager"))
    misheard = (("Who is your manager?", "id_manager"), ("Did somebody send you?", "id_manager@0.4"))

    assert "twice" not in finding(talk(*misheard), "questions").why.replace("none twice", "")
    row = finding(talk(*twice), "questions")
    assert "the same question twice" in row.why
    assert row.evidence == ({"seq": 2}, {"seq": 4})


def test_questions_are_counted_as_they_were_written():
    misheard = ("Who are you, and what is your number?", "id_name", "id_employee", "id_manager")
    four = ("Number, manager, tag, error?", "id_employee", "id_manager", "id_asset", "f_error")

    assert finding(talk(misheard), "questions").status == "met"
    assert finding(talk(four), "questions").status == "part"


def test_a_firm_no_is_neither_abuse_nor_small_talk():
    attempt = talk(
        ("No key. Final.", "refuse_policy", "offtopic@0.75"), ("You are not proved.", "abusive@0.5")
    )

    assert [finding(attempt, name).earned for name in ("off_topic", "abuse")] == [0, 0]
    assert "abuse" not in caps_of(attempt)


def test_a_cause_in_learnt_english_is_not_called_wrong():
    attempt = talk(("The certificate from you, it is since two weeks expired.", "explain_cause:wrong"))

    assert finding(attempt, "cause_explained").misread


def test_an_instruction_with_the_same_words_explains_nothing():
    attempt = talk(("Expired or not: look at the certificate, please.", "a_check_cert"))

    assert finding(attempt, "cause_explained").status == "not"


def test_help_for_a_customer_who_asks_how_is_no_detour():
    asked = Play("vpn-will-not-connect").say("Look at the certificate.", "a_check_cert")
    helped = Play("vpn-will-not-connect").say("Look at the certificate.", "a_check_cert")
    helped.say("In the globe: Settings, Certificate.", "a_check_cert", steps=True)
    attempts = (play.ends("resolved", *NOTES) for play in (asked, helped))

    assert [len(Record(attempt).detours) for attempt in attempts] == [0, 0]


def test_an_apology_that_understands_is_empathy():
    attempt = talk(("Sorry, I understand that no VPN makes you angry.", "apologise"))

    assert finding(attempt, "empathy_when_needed").status == "met"


def talk(*lines):
    play = Play("vpn-will-not-connect")
    for text, *acts in lines:
        play.say(text, *acts)
    return play.ends("resolved", *NOTES)
