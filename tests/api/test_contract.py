"""The generated schema says what the contract promises, without a warning."""

import re

import jsonschema
import pytest
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from accounts.api.base import KEY, Endpoint
from tests.api.contract import NOT_ONCE, rows

ERRORS = {"401", "403", "429", "500", "503"}


@pytest.fixture(scope="module")
def schema() -> dict:
    GENERATOR_STATS.reset()
    made = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, "manage.py spectacular says what is wrong"
    return made


@pytest.fixture(scope="module")
def operations(schema) -> dict:
    """By method and path in the words of the contract."""
    return {
        (method.upper(), re.sub(r"\{\w+\}", "{id}", path).removeprefix("/api/v1/")): operation
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    }


def parameters(operation: dict, where: str) -> set[str]:
    return {p["name"] for p in operation.get("parameters", []) if p["in"] == where}


def test_it_is_valid(schema):
    validate_schema(schema)
    jsonschema.Draft202012Validator.check_schema(schema["components"]["schemas"]["Error"])


def test_every_row_of_the_contract_is_there(operations):
    missing = [(method, path) for method, path, _ in rows() if (method, path) not in operations]
    assert missing == []


def test_and_takes_the_parameters_that_it_names(operations):
    wanting = {
        (method, path): lacking
        for method, path, queries in rows()
        if (lacking := queries - parameters(operations[method, path], "query"))
    }
    assert wanting == {}


def test_what_the_contract_does_not_name_is_one_contest(operations):
    assert set(operations) - {(method, path) for method, path, _ in rows()} == {("GET", "contests/{id}")}


def test_every_operation_is_described(operations):
    summaries = [operation["summary"] for operation in operations.values()]
    for (method, path), operation in operations.items():
        assert 3 < len(operation["summary"]) < 110 and operation["tags"], (method, path)
        expected = ERRORS if "security" in operation else ERRORS - {"401", "403"}
        assert expected <= set(operation["responses"]), (method, path)
    assert len(set(summaries)) == len(summaries)
    assert not [summary for summary in summaries if KEY in summary]


def test_every_post_of_somebody_known_is_done_once(operations):
    without = {
        path
        for (method, path), o in operations.items()
        if method == "POST" and KEY not in parameters(o, "header")
    }
    assert without == NOT_ONCE


def test_every_endpoint_stands_on_the_base_that_reads_the_key():
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    found = generator._get_paths_and_endpoints()
    views = [view for path, _regex, _method, view in found if path.startswith("/api/v1/")]
    assert views and [view for view in views if not isinstance(view, Endpoint)] == []


def test_names_are_in_camel_case(schema):
    names = {name for part in schema["components"]["schemas"].values() for name in part.get("properties", {})}
    assert {name for name in names if "_" in name} == set()


def test_nobody_writes_what_the_server_counts(schema):
    """Mass assignment: no body has a place for it. A role is given in one body alone."""
    counted = {
        "xp",
        "level",
        "score",
        "overall",
        "role",
        "learner",
        "isStaff",
        "isSuperuser",
        "seq",
        "senderType",
    }
    bodies = {
        name: set(part.get("properties", {})) & counted
        for name, part in schema["components"]["schemas"].items()
        if name.endswith("Request") and name != "NotifyRequest"  # its `level` is a kind of news
    }
    assert {name: held for name, held in bodies.items() if held} == {}


def test_the_command_agrees(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
