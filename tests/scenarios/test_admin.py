"""Trainers in the admin: fields that are lines of the document, the author's view, versions as facts."""

import pytest

from scenarios.models import Scenario, ScenarioVersion
from tests.assessment.many import twins

ADMIN = "/admin/scenarios/scenario/"
NO_ROWS = {"versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0}


@pytest.fixture
def browser(as_, trainer):
    return as_(trainer)


@pytest.fixture
def fields(lamp) -> dict:
    return NO_ROWS | {
        "summary": lamp.summary,
        "difficulty": lamp.difficulty,
        "estimated_time": lamp.estimated_time,
        "xp_reward": lamp.xp_reward,
        "prerequisites": [],
        "is_active": "on",
    }


def text(page) -> str:
    return page.content.decode()


@pytest.mark.parametrize("who", ["learner", "coach", "manager"])
def test_only_trainers_and_administrators_come_in(request, as_, lamp, who):
    browser = as_(request.getfixturevalue(who))

    for address in (
        ADMIN,
        f"{ADMIN}{lamp.pk}/change/",
        f"{ADMIN}{lamp.pk}/document/",
        f"{ADMIN}{lamp.pk}/download/",
    ):
        assert browser.get(address).status_code in (302, 403)


def test_the_list_is_searched_and_filtered(browser, lamp):
    assert "The dark lamp" in text(browser.get(f"{ADMIN}?q=sits&difficulty=starter&is_active__exact=1"))
    assert "The dark lamp" not in text(browser.get(f"{ADMIN}?category__exact=network"))


def test_fields_are_saved_into_the_document(browser, lamp, fields, trainer):
    answer = browser.post(f"{ADMIN}{lamp.pk}/change/", fields | {"xp_reward": 80, "estimated_time": 15})

    assert answer.status_code == 302
    lamp.refresh_from_db()
    assert (lamp.xp_reward, lamp.estimated_time) == (80, 15)
    version = lamp.current_version
    assert (version.number, version.author) == (2, trainer)
    assert (version.world().xp_reward, version.world().time.target_min) == (80, 15)
    assert "# Written at night." in version.source


def test_prerequisites_are_saved_into_the_document(scenarios, browser, lamp, fields):
    first = scenarios["prints-vanish"]
    browser.post(f"{ADMIN}{lamp.pk}/change/", fields | {"prerequisites": [str(first.pk)]})

    lamp.refresh_from_db()
    assert lamp.current_version.world().prerequisites == ["prints-vanish"]
    assert list(lamp.prerequisites.all()) == [first]


def test_withdrawing_makes_no_version(browser, lamp, fields):
    del fields["is_active"]
    browser.post(f"{ADMIN}{lamp.pk}/change/", fields)

    lamp.refresh_from_db()
    assert (lamp.is_active, lamp.current_version.number) == (False, 1)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("xp_reward", 5000, "is at most 300, not 5000"),
        ("estimated_time", 0, "is at least 1, not 0"),
        ("summary", "x" * 700, "600 are the most"),
    ],
)
def test_what_the_document_would_not_bear_is_said_at_its_field(browser, lamp, fields, field, value, told):
    page = browser.post(f"{ADMIN}{lamp.pk}/change/", fields | {field: value})

    assert told in page.context["adminform"].form.errors[field][0]
    lamp.refresh_from_db()
    assert lamp.current_version.number == 1


def test_a_scenario_is_withdrawn_not_deleted(browser, admin, as_, lamp):
    assert as_(admin).post(f"{ADMIN}{lamp.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Scenario.objects.exists()


# --- The author's view


def test_the_editor_holds_the_document(browser, lamp, source):
    page = text(browser.get(f"{ADMIN}{lamp.pk}/document/"))

    assert "# Written at night." in page
    assert page.count('<li id="line-') == source.count("\n") + 1


def test_check_shows_each_fault_at_its_line_and_changes_nothing(browser, lamp, source):
    broken = source.replace("xp_reward: 60", "xp_reward: much").replace("difficulty:", "dificulty:")
    page = text(browser.post(f"{ADMIN}{lamp.pk}/document/", {"source": broken, "check": ""}))

    lines = broken.splitlines()
    for start in ("xp_reward", "dificulty"):
        number = next(n for n, line in enumerate(lines, 1) if line.startswith(start))
        assert f'<li id="line-{number}" class="is-wrong">' in page
        assert f'<a href="#line-{number}">' in page
    assert "xp_reward: much" in page
    assert ScenarioVersion.objects.count() == 1


def test_a_sound_document_is_said_to_be_in_order(browser, lamp, source):
    page = text(
        browser.post(f"{ADMIN}{lamp.pk}/document/", {"source": source.replace("60", "70"), "check": ""})
    )

    assert "In order" in page
    assert ScenarioVersion.objects.count() == 1


def test_publish_makes_a_version(browser, lamp, source, trainer):
    changed = source.replace("xp_reward: 60", "xp_reward: 70").replace("\n", "\r\n")  # as browsers send it
    answer = browser.post(f"{ADMIN}{lamp.pk}/document/", {"source": changed, "publish": ""})

    assert answer["Location"] == f"{ADMIN}{lamp.pk}/change/"
    lamp.refresh_from_db()
    assert (lamp.xp_reward, lamp.current_version.number, lamp.current_version.author) == (70, 2, trainer)
    assert "\r" not in lamp.current_version.source


def test_a_broken_document_is_not_published(browser, lamp):
    page = text(browser.post(f"{ADMIN}{lamp.pk}/document/", {"source": "a: [", "publish": ""}))

    assert "nothing is published" in page
    assert ScenarioVersion.objects.count() == 1


def test_the_id_stays(browser, lamp, source):
    other = source.replace("id: dark-lamp", "id: other-lamp")
    page = text(browser.post(f"{ADMIN}{lamp.pk}/document/", {"source": other, "publish": ""}))

    assert "stays dark-lamp" in page
    assert Scenario.objects.count() == 1


def test_a_new_scenario_begins_with_its_document(browser, source):
    assert "New scenario" in text(browser.get(f"{ADMIN}add/"))
    browser.post(f"{ADMIN}add/", {"source": source, "publish": ""})

    assert Scenario.objects.get().slug == "dark-lamp"


@pytest.mark.parametrize("typed", ["", "\0", "<script>alert(1)</script>", "[" * 60, "</textarea><b>"])
def test_any_text_is_answered(browser, lamp, typed):
    page = browser.post(f"{ADMIN}{lamp.pk}/document/", {"source": typed, "check": ""})

    assert page.status_code == 200
    assert "<script>alert(1)" not in text(page)
    assert "</textarea><b>" not in text(page)


def test_the_document_is_downloaded_as_it_was_written(browser, lamp, source):
    file = browser.get(f"{ADMIN}{lamp.pk}/download/")

    assert file["Content-Disposition"] == 'attachment; filename="dark-lamp.yaml"'
    assert file.content.decode() == source


# --- Versions


def test_versions_are_facts(browser, lamp):
    version = lamp.current_version
    address = f"/admin/scenarios/scenarioversion/{version.pk}/change/"

    page = browser.get(address)
    assert "# Written at night." in text(page)
    assert browser.post(address, {"source": "x"}).status_code == 403
    assert browser.get("/admin/scenarios/scenarioversion/add/").status_code == 403
    assert f"/admin/scenarios/scenarioversion/{version.pk}/change/" in text(
        browser.get(f"{ADMIN}{lamp.pk}/change/")
    )


def test_the_admin_has_a_policy_of_its_own(browser, lamp):
    policy = browser.get(ADMIN)["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_list_costs_the_same_for_few_and_many(browser, scenarios, django_assert_max_num_queries):
    costs = []
    for numbers in (range(4), range(4, 34)):
        twins(scenarios["prints-vanish"], numbers)
        browser.get(ADMIN)
        with django_assert_max_num_queries(100) as queries:
            assert browser.get(ADMIN).context["cl"].result_count == len(scenarios) + numbers.stop
        costs.append(len(queries))

    assert costs[0] == costs[1]
