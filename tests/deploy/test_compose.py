"""compose.yaml and its example of an environment: true to the code that they start."""

import re

from tests.deploy.files import ROOT, documents, parts, variables

TEXT = (ROOT / "compose.yaml").read_text()
(COMPOSE,) = documents(ROOT / "compose.yaml")
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "helpdesk-simulator"}
EXAMPLE = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / "docs/deploy/env.example").read_text(), re.M))


def test_it_starts_every_part_by_its_name_in_the_script():
    assert {name: service["command"] for name, service in OURS.items()} == {
        name: name for name in parts() - {"health", "manage"}
    }


def test_what_it_tells_our_parts_is_known_to_the_settings():
    for service in OURS.values():
        assert set(service["environment"]) <= variables()


def test_what_must_be_said_is_in_the_example():
    must = set(re.findall(r"\$\{([A-Z_]+):\?", TEXT))
    may = set(re.findall(r"\$\{([A-Z_]+):-", TEXT))
    assert must <= set(EXAMPLE) <= must | may


def test_what_others_wait_for_says_when_it_is_well():
    waited = {
        name
        for service in SERVICES.values()
        for name, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_healthy"
    }
    assert waited == {name for name, service in SERVICES.items() if "healthcheck" in service}
    ports = set(
        re.findall(r"(\d{4})", (ROOT / "Dockerfile").read_text().partition("EXPOSE")[2].split("\n")[0])
    )
    for name in ("web", "chat"):
        *command, port = SERVICES[name]["healthcheck"]["test"]
        assert command == ["CMD", "script/run", "health"] and port in ports


def test_nginx_is_given_the_whole_configuration():
    (volume,) = SERVICES["nginx"]["volumes"]
    source, target, _ = volume.split(":")
    assert target == "/etc/nginx/nginx.conf" and "http {" in (ROOT / source).read_text()


def test_only_nginx_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
