"""Review as pages and as API: who sees how much, and that every refusal is said and changes nothing."""

import pytest

from accounts.models import AuditEvent, Role
from accounts.services.audit import key_of
from assessment.models import Assessment, Contest, Override, Review, Revision
from assessment.services import contest, score_session
from gamification.reviewing.items import nameless
from tests.conftest import NOW
from tests.gamification.contests import BECAUSE, WHY, at, queries, text


class TestTheQueue:
    def test_a_coach_sees_their_people_by_name_and_why_each_is_there(
        self, as_, coach, made, assessment, play, other_learner
    ):
        strange = play(other_learner, "careless")
        score_session(session_id=strange.pk, now=NOW)
        Assessment.objects.update(is_misread=True, is_at_edge=True, is_sampled=True)

        page = text(as_(coach).get("/reviews/"))

        assert "Lena Learner" in page and "Otto Other" not in page
        assert f"Contested: {made.title}" in page
        for words in ("Perhaps misread", "At the edge", "Random share"):
            assert page.count(words) == 2, "the tab and the row"

    def test_a_trainer_sees_contested_ones_without_a_name(self, as_, trainer, made, assessment):
        Assessment.objects.update(is_misread=True)
        page = text(as_(trainer).get("/reviews/"))
        assert "A learner" in page and made.title in page
        assert "Lena" not in page and "Perhaps misread" not in page
        assert assessment.session.ticket.number not in page
        Contest.objects.update(outcome="rejected")
        assert "Nothing waits for you" in text(as_(trainer).get("/reviews/"))

    @pytest.mark.parametrize("who", ["learner", "manager"])
    def test_for_others_there_is_none(self, as_, request, made, who):
        person = request.getfixturevalue(who)
        assert as_(person).get("/reviews/").status_code == 404
        assert "Reviews" not in text(as_(person).get("/dashboard/"))

    def test_the_address_says_what_is_shown(self, as_, coach, assessment):
        Assessment.objects.update(is_misread=False, is_at_edge=True, is_sampled=False)
        shown = {
            query: "Lena Learner" in text(as_(coach).get(f"/reviews/?{query}"))
            for query in (
                "kind=edge",
                "kind=misread",
                "kind=contested",
                "kind=nonsense",
                "scenario=vpn-will-not-connect",
                "scenario=prints-vanish",
                "page=99",
            )
        }
        assert shown == {
            "kind=edge": True,
            "kind=misread": False,
            "kind=contested": False,
            "kind=nonsense": True,
            "scenario=vpn-will-not-connect": True,
            "scenario=prints-vanish": False,
            "page=99": True,
        }

    def test_it_costs_the_same_for_one_row_as_for_many(self, as_, coach, learner, score, made, trainer):
        for person in (coach, trainer):
            client = as_(person)
            client.get("/reviews/")
            few = queries(lambda client=client: client.get("/reviews/"))
            for _ in range(12):
                other = score(learner, 61, criteria=Assessment.objects.get(pk=made.assessment_id).criteria)
                Assessment.objects.filter(pk=other.pk).update(is_at_edge=True)
                Contest.objects.create(
                    assessment=other, criterion_id="greeting", point=made.point, reason=WHY, created_at=NOW
                )
            assert queries(lambda client=client: client.get("/reviews/")) == few


class TestDeciding:
    def test_a_coach_reads_the_lines_around_and_decides(self, as_, coach, made, assessment, lost, learner):
        here = f"/reviews/contests/{made.pk}/"
        page = text(as_(coach).get(here))
        assert "Contested by Lena Learner" in page and WHY in page and "The lines around it" in page

        answer = as_(coach).post(here, {"outcome": "upheld", "points": lost["points"], "reason": BECAUSE})

        assert answer.status_code == 302 and answer["Location"] == "/reviews/"
        assert Revision.objects.get().reason == BECAUSE
        assert BECAUSE in text(as_(learner).get(at(assessment, lost["id"])))
        assert BECAUSE in text(as_(coach).get(here)), "it can be read again"

    def test_a_trainer_reads_the_evidence_and_no_name(self, as_, trainer, made, assessment, learner, lost):
        for cited in lost["evidence"]:
            if "seq" in cited:
                assessment.session.messages.filter(seq=cited["seq"]).update(
                    text="Hi, LENA from IT. Which error?"
                )
        page = text(as_(trainer).get(f"/reviews/contests/{made.pk}/"))
        assert "Contested by a learner" in page and "as … always does" in page
        assert "“Hi, … from IT. Which error?”" in page
        assert "Lena" not in page and "LENA" not in page and "Learner" not in page
        assert "The lines around it" not in page
        assert str(assessment.session_id) not in page
        assert assessment.session.ticket.number not in page

        answer = as_(trainer).post(
            f"/reviews/contests/{made.pk}/", {"outcome": "rejected", "reason": "The name is not in it."}
        )
        assert answer.status_code == 302
        assert Contest.objects.get().outcome == "rejected" and not Revision.objects.exists()

    def test_what_is_missing_is_said_at_its_field(self, as_, coach, made, lost):
        here = f"/reviews/contests/{made.pk}/"
        for wrong in (
            {"outcome": "upheld", "points": "", "reason": BECAUSE},
            {"outcome": "upheld", "points": 500, "reason": BECAUSE},
            {"outcome": "upheld", "points": lost["points"], "reason": ""},
            {"points": lost["points"], "reason": BECAUSE},
        ):
            answer = as_(coach).post(here, wrong)
            assert answer.status_code == 422 and "errorlist" in text(answer), wrong
        assert Contest.objects.get().is_open and not Override.objects.exists()

    def test_the_second_decision_is_told_of_the_first(self, as_, coach, trainer, made, lost):
        here = f"/reviews/contests/{made.pk}/"
        body = {"outcome": "rejected", "reason": BECAUSE}
        as_(coach).post(here, body)
        answer = as_(trainer).post(here, body | {"outcome": "upheld", "points": lost["points"]}, follow=True)
        assert "Somebody has decided this already." in text(answer)
        assert Contest.objects.get().outcome == "rejected"

    def test_a_cap_that_was_lifted_meanwhile_can_still_be_answered(self, as_, coach, play, learner, cohort):
        session = play(learner, "careless")
        score_session(session_id=session.pk, now=session.finished_at)
        assessment = Assessment.objects.get(session=session)
        cap = assessment.caps[0]
        made = contest(session_id=session.pk, learner=learner, criterion_id=cap["id"], reason=WHY, now=NOW)
        as_(coach).post(f"/reviews/scores/{session.pk}/{cap['id']}/", {"reason": BECAUSE})
        page = text(as_(coach).get(f"/reviews/contests/{made.pk}/"))
        assert "no longer part of the score" in page and "Uphold it" not in page
        as_(coach).post(f"/reviews/contests/{made.pk}/", {"outcome": "rejected", "reason": BECAUSE})
        assert Contest.objects.get().outcome == "rejected"

    def test_who_may_not_finds_nothing(self, as_, made, learner, other_learner, manager, make_person):
        stranger = make_person("Stan", "Stranger", Role.COACH)
        for person in (learner, other_learner, manager, stranger):
            assert as_(person).get(f"/reviews/contests/{made.pk}/").status_code == 404
            answer = as_(person).post(
                f"/reviews/contests/{made.pk}/", {"outcome": "rejected", "reason": BECAUSE}
            )
            assert answer.status_code == 404
        assert Contest.objects.get().is_open

    def test_an_administrator_leaves_a_trace(self, as_, admin, made):
        as_(admin).get(f"/reviews/contests/{made.pk}/")
        assert AuditEvent.objects.filter(action="session.read", actor=key_of(admin)).count() == 1


class TestWholeScores:
    def test_a_coach_gives_other_points(self, as_, coach, assessment, lost):
        page = text(as_(coach).get(f"/reviews/scores/{assessment.session_id}/"))
        assert "Lena Learner" in page and lost["title"] in page and "Looks right" in page

        here = f"/reviews/scores/{assessment.session_id}/{lost['id']}/"
        assert "Give other points" in text(as_(coach).get(here))
        assert as_(coach).post(here, {"points": 99, "reason": BECAUSE}).status_code == 422
        assert as_(coach).post(here, {"points": lost["points"], "reason": BECAUSE}).status_code == 302

        after = text(as_(coach).get(f"/reviews/scores/{assessment.session_id}/"))
        assert (
            Revision.objects.get().change in after
            and BECAUSE in after
            and "Carla Coach looked at it" in after
        )

    def test_or_says_that_it_looks_right(self, as_, coach, assessment):
        Assessment.objects.update(is_misread=True)
        answer = as_(coach).post(f"/reviews/scores/{assessment.session_id}/", follow=True)
        assert "it looks right" in text(answer) and "Nothing waits for you" in text(answer)
        assert Review.objects.get().reviewed_by == coach

    def test_for_all_others_there_is_none(
        self, as_, assessment, lost, trainer, manager, learner, other_learner
    ):
        for person in (trainer, manager, learner, other_learner):
            for here in ("", f"{lost['id']}/"):
                assert as_(person).get(f"/reviews/scores/{assessment.session_id}/{here}").status_code == 404
                assert as_(person).post(f"/reviews/scores/{assessment.session_id}/{here}").status_code == 404


class TestByApi:
    def test_a_trainer_gets_them_without_a_name_and_decides(self, api_as, trainer, made, lost):
        client = api_as(trainer)
        listed = client.get("/api/v1/contests?outcome=open").json()
        assert listed["meta"]["total"] == 1
        row = listed["data"][0]
        assert (row["learner"], row["sessionId"], row["isMine"]) == (None, None, False)
        assert "Lena" not in client.get(f"/api/v1/contests/{made.pk}").content.decode()

        answer = client.post(
            f"/api/v1/contests/{made.pk}/decide",
            {"outcome": "upheld", "points": lost["points"], "reason": BECAUSE},
        )
        assert answer.status_code == 200
        assert (answer.json()["outcome"], answer.json()["decision"]) == ("upheld", BECAUSE)
        assert client.get("/api/v1/contests?outcome=open").json()["data"] == []
        again = {"outcome": "rejected", "reason": BECAUSE}
        assert client.post(f"/api/v1/contests/{made.pk}/decide", again).status_code == 409

    def test_the_learner_sees_their_own_and_what_was_decided(
        self, api_as, learner, other_learner, coach, made
    ):
        answer = api_as(coach).post(
            f"/api/v1/contests/{made.pk}/decide", {"outcome": "rejected", "reason": BECAUSE}
        )
        assert answer.json()["learner"] == "Lena Learner"
        row = api_as(learner).get("/api/v1/contests").json()["data"][0]
        assert (row["outcome"], row["decision"], row["isMine"]) == ("rejected", BECAUSE, True)
        assert api_as(other_learner).get("/api/v1/contests").json()["data"] == []
        assert api_as(other_learner).get(f"/api/v1/contests/{made.pk}").status_code == 404

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({}, 400),
            ({"outcome": "open", "reason": BECAUSE}, 400),
            ({"outcome": "upheld", "reason": BECAUSE}, 422),
            ({"outcome": "upheld", "points": 1000, "reason": BECAUSE}, 422),
            ({"outcome": "upheld", "points": "many", "reason": BECAUSE}, 400),
            ({"outcome": "upheld", "points": "nan", "reason": BECAUSE}, 400),
            ({"outcome": "rejected"}, 400),
        ],
    )
    def test_a_bad_decision_is_refused(self, api_as, coach, made, body, status):
        answer = api_as(coach).post(f"/api/v1/contests/{made.pk}/decide", body)
        assert answer.status_code == status
        assert Contest.objects.get().is_open and not Override.objects.exists()

    def test_nobody_decides_on_their_own(self, api_as, learner, other_learner, made):
        body = {"outcome": "upheld", "points": 1, "reason": BECAUSE}
        assert api_as(learner).post(f"/api/v1/contests/{made.pk}/decide", body).status_code == 403
        assert api_as(other_learner).post(f"/api/v1/contests/{made.pk}/decide", body).status_code == 404
        assert Contest.objects.get().is_open

    def test_a_page_costs_the_same_for_one_as_for_many(self, api_as, trainer, learner, score, made):
        client = api_as(trainer)
        few = queries(lambda: client.get("/api/v1/contests"))
        for _ in range(5):
            Contest.objects.create(
                assessment=score(learner, 61), criterion_id="a", point=made.point, reason=WHY, created_at=NOW
            )
        assert queries(lambda: client.get("/api/v1/contests")) == few


def test_names_are_taken_out_whole_and_in_any_case(learner):
    assert nameless("Lena, lena's and LEARNER; lenard learns.", learner) == "…, …'s and …; lenard learns."
