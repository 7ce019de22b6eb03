"""Theme and density: chosen in the menu of any page, kept for the person or for the browser."""

import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_visitor_without_script_keeps_the_theme(client):
    answer = client.post("/look/", {"theme": "dark", "next": "/accounts/login/"})
    assert answer.url == "/accounts/login/"
    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_a_person_takes_the_theme_to_every_browser(as_, learner):
    as_(learner).post("/look/", {"theme": "light", "next": "/dashboard/"})
    assert User.objects.get(pk=learner.pk).preferences["theme"] == "light"


def test_what_a_person_chose_comes_before_what_the_browser_keeps(as_, learner):
    browser = as_(learner)
    browser.cookies["theme"] = "dark"
    assert "data-theme" not in browser.get("/settings/").content.decode().split("<head>")[0]


def test_system_takes_the_choice_back(client):
    client.post("/look/", {"theme": "dark"})
    client.post("/look/", {"theme": "system"})
    assert "data-theme=" not in client.get("/").content.decode()


def test_density_belongs_to_the_browser(as_, learner):
    browser = as_(learner)
    browser.post("/look/", {"density": "compact", "next": "/settings/"})
    assert 'data-density="compact"' in browser.get("/settings/").content.decode()
    assert "density" not in User.objects.get(pk=learner.pk).preferences


def test_single_keys_stay_switched_off(as_, open_session):
    browser, page = as_(open_session.learner), f"/sessions/{open_session.pk}/"
    off = 'name="shortcuts" value="off" aria-pressed="%s"'
    assert off % "false" in browser.get(page).content.decode()
    browser.post("/look/", {"shortcuts": "off", "next": page})
    assert off % "true" in browser.get(page).content.decode()


@pytest.mark.parametrize("wrong", ["pink", '"><script>', ""])
def test_what_is_no_choice_is_left_out(client, wrong):
    client.post("/look/", {"theme": wrong})
    client.cookies["density"] = wrong
    assert "theme" not in client.cookies
    assert "data-density" not in client.get("/").content.decode()


def test_the_way_back_stays_on_this_site(client):
    assert client.post("/look/", {"theme": "dark", "next": "https://elsewhere.example/"}).url == "/"
