"""My tickets, and the workbench with its panels."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from chat.models import Session
from chat.services import abandon, resolve, start_session
from tests.chat.talking import GOOD_NOTES, happened, resolution

NOTES = GOOD_NOTES | {"type": "resolved"}


@pytest.fixture
def session(learner, scenarios):
    scenario = scenarios["vpn-will-not-connect"]
    scenario.prerequisites.clear()
    return start_session(learner=learner, scenario=scenario, mode="exam", now=timezone.now(), seed=7)


@pytest.fixture
def browser(as_, learner):
    return as_(learner)


def page(browser, name, *args, **query):
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def again(session, **fields):
    """The same scenario once more, a minute later; the one before is abandoned."""
    abandon(session_id=session.pk, now=session.started_at)
    later = session.started_at + timedelta(minutes=1)
    return start_session(
        learner=session.learner, scenario=session.scenario, now=later, **({"mode": "exam"} | fields)
    )


class TestTickets:
    def test_nothing_yet(self, browser):
        assert "No tickets yet" in page(browser, "tickets")

    def test_running_goes_on_and_finished_is_looked_back_on(self, browser, session):
        assert reverse("workbench", args=[session.pk]) in page(browser, "tickets")

        resolve(session_id=session.pk, resolution=resolution(), now=timezone.now())

        assert reverse("debrief", args=[session.pk]) in page(browser, "tickets")

    def test_only_mine(self, as_, other_learner, session):
        assert session.ticket.number not in page(as_(other_learner), "tickets")

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ({"status": "active"}, {"new"}),
            ({"status": "abandoned"}, {"old"}),
            ({"status": "completed"}, set()),
            ({"status": "lost"}, {"old", "new"}),
            ({"mode": "practice"}, {"new"}),
            ({"mode": "exam"}, {"old"}),
            ({"q": "vpn"}, {"old", "new"}),
            ({"q": "printer"}, set()),
            ({"q": "\0"}, {"old", "new"}),
        ],
    )
    def test_filters(self, browser, session, query, shown):
        tickets = {"old": session, "new": again(session, mode="practice")}
        text = page(browser, "tickets", **query)

        assert {name for name, one in tickets.items() if one.ticket.number in text} == shown

    def test_sorting(self, browser, session):
        old, new = session.ticket.number, again(session).ticket.number

        newest, oldest = page(browser, "tickets"), page(browser, "tickets", sort="started_at")

        assert newest.index(new) < newest.index(old)
        assert oldest.index(old) < oldest.index(new)
        unknown = page(browser, "tickets", sort="learner__password")
        assert unknown.index(new) < unknown.index(old)

    @pytest.mark.parametrize("name", ["status", "mode", "sort"])
    def test_a_choice_that_does_not_exist_is_left_out_and_said(self, browser, session, name):
        text = page(browser, "tickets", **{name: "lost"})

        assert session.ticket.number in text
        assert "“lost” is not a choice here, so it was left out." in text

    def test_tabs_count_what_the_filters_leave_and_keep_them(self, browser, session):
        again(session, mode="practice")
        text = page(browser, "tickets", mode="practice")

        assert 'href="?mode=practice&amp;status=active">Running <span class="count">1</span>' in text
        assert 'Abandoned <span class="count">0</span>' in text
        assert "1 ticket " in text and 'href="/tickets/">Clear filters' in text

    def test_nothing_fits(self, browser, session):
        assert "No ticket fits" in page(browser, "tickets", q="printer")

    @pytest.mark.parametrize("number", ["0", "x", "99"])
    def test_any_page_number_shows_a_page(self, browser, session, number):
        assert session.ticket.number in page(browser, "tickets", page=number)

    def test_it_costs_the_same_for_few_and_many(self, browser, session, django_assert_max_num_queries):
        last, counts = session, []
        for target in (10, 40):
            while Session.objects.count() < target:
                last = again(last)
            with django_assert_max_num_queries(50) as queries:
                page(browser, "tickets")
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_not_signed_in(self, client, db):
        assert client.get(reverse("tickets")).status_code == 302


# (name of the fragment, a part of it)
READS = [
    ("session_ticket", "ticket-panel"),
    ("verification", "verification-panel"),
    ("session_directory", "E20417"),
    ("session_assets", "LT-7731"),
    ("session_runs", "runs"),
    ("session_search", "hits"),
]
# (name, what is posted, a part of the answer)
WRITES = [
    ("change_ticket", {"impact": "high"}, "P3"),
    ("verify", {"factor": "name", "outcome": "match"}, "match"),
    ("perform_action", {"action": "vpn_status"}, "VPN service status"),
    ("save_draft", NOTES, "Saved "),
]


class TestWorkbench:
    def test_it_shows_ticket_conversation_and_desk(self, browser, session):
        text = page(browser, "workbench", session.pk)

        assert session.ticket.number in text
        assert session.document.ticket.opening in text
        assert "Re-issue certificate" in text

    def test_somebody_elses_is_not_there(self, as_, other_learner, coach, cohort, session):
        for person in (other_learner, coach):
            assert as_(person).get(reverse("workbench", args=[session.pk])).status_code == 404

    def test_a_finished_one_leads_to_the_debrief(self, browser, session):
        abandon(session_id=session.pk, now=timezone.now())

        answer = browser.get(reverse("workbench", args=[session.pk]))

        assert (answer.status_code, answer["Location"]) == (302, reverse("debrief", args=[session.pk]))

    @pytest.mark.parametrize(("name", "part"), READS)
    def test_panels(self, browser, session, articles, name, part):
        assert part in page(browser, name, session.pk, q="")

    @pytest.mark.parametrize(("name", "posted", "part"), WRITES)
    def test_work(self, browser, session, name, posted, part):
        answer = browser.post(reverse(name, args=[session.pk]), posted)

        assert answer.status_code == 200
        assert part in answer.content.decode()

    def test_a_hit_is_opened_and_may_be_cited(self, browser, session, articles):
        article = articles["vpn-certificate-renewal"]
        address = reverse("session_article", args=[session.pk, article.pk])

        assert address in page(browser, "session_search", session.pk, q="vpn certificate")
        opened = page(browser, "session_article", session.pk, article.pk)
        assert article.title in opened
        assert re.findall(r"<h(\d)", opened)[:2] == ["3", "4"]
        assert f'value="{article.slug}"' in page(browser, "workbench", session.pk)

    def test_a_gated_action_is_asked_about_once(self, browser, session):
        address, action = reverse("perform_action", args=[session.pk]), {"action": "reissue_cert"}

        assert "Do it all the same" in browser.post(address, action).content.decode()
        assert "Do it all the same" not in browser.post(address, action).content.decode()
        session.refresh_from_db()
        assert [run["action"] for run in session.desk["runs"]] == ["reissue_cert"]

    @pytest.mark.parametrize(
        ("name", "posted", "status"),
        [
            ("perform_action", {"action": "make_coffee"}, 404),
            ("perform_action", {}, 404),
            ("verify", {"factor": "shoe", "outcome": "match"}, 422),
            ("change_ticket", {"impact": "huge"}, 422),
            ("change_ticket", {"status": "\0"}, 422),
        ],
    )
    def test_a_refusal_is_said_in_the_panel(self, browser, session, name, posted, status):
        answer = browser.post(reverse(name, args=[session.pk]), posted)

        assert answer.status_code == status
        assert 'role="alert"' in answer.content.decode()

    @pytest.mark.parametrize("name", ["session_directory", "session_assets", "session_search"])
    def test_no_question_breaks_a_look_up(self, browser, session, name):
        for query in ("a\0b", "<script>", "x" * 5000):
            assert "<script" not in page(browser, name, session.pk, q=query)

    def test_a_draft_is_kept_as_typed_without_what_cannot_be_stored(self, browser, session):
        browser.post(reverse("save_draft", args=[session.pk]), {"problem": "No\0tunnel " + "x" * 1200})

        session.refresh_from_db()
        assert session.draft["documentation"]["problem"].startswith("No tunnel")
        assert session.draft["type"] == ""

    def test_what_is_missing_is_said_at_its_field(self, browser, session):
        answer = browser.post(reverse("resolve_session", args=[session.pk]), {"type": "escalated"})

        text = answer.content.decode()
        assert "Name the team that takes over." in text
        assert Session.objects.get(pk=session.pk).is_active

    def test_resolving_leads_to_the_debrief(self, browser, session):
        answer = browser.post(
            reverse("resolve_session", args=[session.pk]), NOTES, headers={"HX-Request": "true"}
        )

        assert (answer.status_code, answer["HX-Redirect"]) == (204, reverse("debrief", args=[session.pk]))
        assert Session.objects.get(pk=session.pk).resolution["documentation"] == GOOD_NOTES

    def test_abandoning_leads_to_my_tickets(self, browser, session):
        answer = browser.post(reverse("abandon_session", args=[session.pk]))

        assert (answer.status_code, answer["Location"]) == (302, reverse("tickets"))

    def test_what_changes_something_wants_a_post_and_a_token(self, browser, session, learner):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
        for name in (
            "change_ticket",
            "verify",
            "perform_action",
            "save_draft",
            "resolve_session",
            "abandon_session",
        ):
            address = reverse(name, args=[session.pk])
            assert browser.get(address).status_code == 405
            assert strict.post(address).status_code == 403
        assert happened(session, "abandoned") == []

    @pytest.mark.parametrize("name", [name for name, _ in READS])
    def test_panels_are_the_owners(self, as_, other_learner, session, name):
        assert as_(other_learner).get(reverse(name, args=[session.pk])).status_code == 404


def test_nothing_hidden_is_in_the_html(browser, session):
    world = session.document
    text = page(browser, "workbench", session.pk).casefold()

    hidden = [fact.say for fact in world.facts.values() if fact.volunteer is None]
    hidden += [*world.root_cause.say_any, world.identity.directory.employee_id]
    hidden += ["patience", "impostor", "distractor", "harmful"]
    assert not [words for words in hidden if words.casefold() in text]


def test_there_is_no_inline_style_or_script(browser, session):
    for name, args in (("workbench", [session.pk]), ("tickets", [])):
        text = page(browser, name, *args)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
        assert [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag] == []


def test_the_guide_for_learners_names_keys_that_exist(browser, session):
    guide = (
        (settings.BASE_DIR / "docs" / "learners.md").read_text().partition("## Keys")[2].partition("##")[0]
    )
    sheet = set(re.findall(r'data-key="([^"]+)"', page(browser, "workbench", session.pk)))

    named = set(re.findall(r"\*\*((?:Ctrl|Alt)\+\w|\?)\*\*", guide))
    assert named == {"Ctrl+K", "Alt+1", "Alt+6", "?"}
    assert {key.lower().replace("ctrl", "mod") for key in named} <= sheet
