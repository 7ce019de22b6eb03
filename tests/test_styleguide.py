"""The design system's page, and the promise of its colours."""

import re

import pytest

from helpdesk_sim.styleguide import contrast, contrasts


@pytest.mark.parametrize(
    "one, other, ratio",
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_reckoned_as_wcag_does(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("pair", contrasts(), ids=lambda pair: f"{pair['colour']} on {pair['ground']}")
def test_every_colour_can_be_read_where_it_stands(pair):
    assert pair["light"] >= pair["least"] and pair["dark"] >= pair["least"]


@pytest.mark.django_db
def test_who_builds_here_sees_every_component_in_both_themes(as_, trainer):
    page = as_(trainer).get("/styleguide/").content.decode()
    assert 'data-theme="light"' in page and 'data-theme="dark"' in page
    assert 'data-density="comfortable"' in page and 'data-density="compact"' in page
    assert 'aria-invalid="true"' in page and "disabled" in page


@pytest.mark.django_db
def test_no_two_elements_of_it_share_an_id(as_, trainer):
    page = as_(trainer).get("/styleguide/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
def test_to_others_it_does_not_exist(client, as_, learner, coach):
    assert client.get("/styleguide/").status_code == 404
    assert as_(learner).get("/styleguide/").status_code == 404
    assert as_(coach).get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_staff_find_it_at_the_foot_of_every_page(as_, trainer, learner):
    link = 'href="/styleguide/"'
    assert link in as_(trainer).get("/dashboard/").content.decode()
    assert link not in as_(learner).get("/dashboard/").content.decode()
