"""Contesting a row of one's own score, as page and as API; what the debrief shows of it."""

from uuid import uuid4

import pytest

from assessment.models import Assessment, Contest, Revision
from tests.gamification.contests import BECAUSE, WHY, at, text


def rest(assessment):
    return f"/api/v1/sessions/{assessment.session_id}/contests"


class TestContesting:
    def test_the_page_shows_what_it_rests_on_and_takes_a_reason(self, as_, learner, assessment, lost):
        page = text(as_(learner).get(at(assessment, lost["id"])))
        assert lost["title"] in page and "What it rests on" in page and "line " in page.lower()

        answer = as_(learner).post(at(assessment, lost["id"]), {"reason": WHY})
        assert answer.status_code == 302
        assert Contest.objects.get().reason == WHY
        after = text(as_(learner).get(answer["Location"]))
        assert WHY in after and "until then the score stays" in after

    def test_without_a_reason_the_page_says_so(self, as_, learner, assessment, lost):
        for reason in ("", "too short", "x" * 1001):
            answer = as_(learner).post(at(assessment, lost["id"]), {"reason": reason})
            assert answer.status_code == 422 and "errorlist" in text(answer)
        assert not Contest.objects.exists()

    def test_twice_is_said_on_the_page(self, as_, learner, made, assessment, lost):
        answer = as_(learner).post(at(assessment, lost["id"]), {"reason": WHY})
        assert answer.status_code == 422 and "You contested this" in text(answer)
        assert Contest.objects.count() == 1

    def test_nobody_elses_and_nothing_unknown(
        self, as_, learner, other_learner, coach, admin, assessment, lost
    ):
        for person in (other_learner, coach, admin):
            assert as_(person).get(at(assessment, lost["id"])).status_code == 404
            assert as_(person).post(at(assessment, lost["id"]), {"reason": WHY}).status_code == 404
        assert as_(learner).get(at(assessment, "nonsense")).status_code == 404
        assert not Contest.objects.exists()

    def test_what_was_met_leaves_nothing_to_contest(self, as_, learner, assessment):
        met = next(row for row in assessment.criteria if row["status"] == "met")
        assert "nothing to contest" in text(as_(learner).get(at(assessment, met["id"])))

    def test_by_api(self, api_as, learner, assessment, lost):
        answer = api_as(learner).post(rest(assessment), {"criterionId": lost["id"], "reason": WHY})
        assert answer.status_code == 201
        body = answer.json()
        assert (body["criterionId"], body["outcome"], body["reason"]) == (lost["id"], "open", WHY)
        assert body["isMine"] and body["learner"] == "Lena Learner" and body["evidence"]

    @pytest.mark.parametrize(
        ("body", "status", "field"),
        [
            ({"criterionId": "greeting"}, 400, "reason"),
            ({"criterionId": "greeting", "reason": ""}, 400, "reason"),
            ({"criterionId": "greeting", "reason": "short"}, 400, "reason"),
            ({"criterionId": "greeting", "reason": "x" * 1001}, 400, "reason"),
            ({"reason": WHY}, 400, "criterionId"),
            ({"criterionId": "nonsense", "reason": WHY}, 422, "criterionId"),
        ],
    )
    def test_by_api_a_bad_one_is_refused_in_the_usual_shape(
        self, api_as, learner, assessment, body, status, field
    ):
        answer = api_as(learner).post(rest(assessment), body)
        assert answer.status_code == status
        assert list(answer.json()["details"]) == [field] and answer.json()["message"]
        assert not Contest.objects.exists()

    def test_by_api_twice_too_early_and_anothers(
        self, api_as, learner, other_learner, made, assessment, lost
    ):
        body = {"criterionId": lost["id"], "reason": WHY}
        assert api_as(learner).post(rest(assessment), body).status_code == 409
        assert api_as(other_learner).post(rest(assessment), body).status_code == 404
        assert api_as(learner).post(f"/api/v1/sessions/{uuid4()}/contests", body).status_code == 404
        Assessment.objects.update(status="pending")
        assert api_as(learner).post(rest(assessment), body).status_code == 409
        assert Contest.objects.count() == 1


class TestOnTheDebrief:
    def test_the_learner_may_contest_what_fell_short_and_sees_what_became_of_it(
        self, as_, learner, coach, assessment, lost
    ):
        here = f"/sessions/{assessment.session_id}/debrief/"
        as_(learner).post(f"{here}skip/")
        page = text(as_(learner).get(here))
        assert f'<a href="{at(assessment, lost["id"])}">Contest this</a>' in page
        assert f'<a href="{at(assessment, assessment.caps[0]["id"])}">Contest this</a>' in page
        met = next(row for row in assessment.criteria if row["status"] == "met")
        assert at(assessment, met["id"]) not in page

        as_(learner).post(at(assessment, lost["id"]), {"reason": WHY})
        assert "it waits for a decision" in text(as_(learner).get(here))
        made = Contest.objects.get()
        assert f'href="/reviews/contests/{made.pk}/"' in text(as_(coach).get(here))

        body = {"outcome": "upheld", "points": lost["points"], "reason": BECAUSE}
        as_(coach).post(f"/reviews/contests/{made.pk}/", body)
        page = text(as_(learner).get(here))
        assert "Your contest was upheld" in page
        assert Revision.objects.get().change in page and BECAUSE in page

    def test_a_manager_sees_nothing_of_it(self, as_, manager, assessment, made):
        page = text(as_(manager).get(f"/sessions/{assessment.session_id}/debrief/"))
        assert "ontest" not in page and "Give other points" not in page
