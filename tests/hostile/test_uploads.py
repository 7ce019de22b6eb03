"""Nothing takes a file, so no archive and no document of a stranger is ever unpacked."""

import ast
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from rest_framework import serializers

OURS = ("accounts", "assessment", "chat", "gamification", "helpdesk_sim", "knowledge", "scenarios")
PARSERS = {"zipfile", "tarfile", "xml", "lxml", "pickle", "marshal", "shelve", "yaml", "PIL"}


def subclasses(kind: type) -> set[type]:
    return {found for each in kind.__subclasses__() for found in {each, *subclasses(each)}}


def test_no_form_serializer_or_model_of_ours_has_a_file() -> None:
    takers = (forms.FileField, serializers.FileField, models.FileField)
    declared = {
        (made, name)
        for kind, attribute in ((forms.BaseForm, "base_fields"), (serializers.Serializer, "_declared_fields"))
        for made in subclasses(kind)
        if made.__module__.split(".")[0] in OURS
        for name, field in getattr(made, attribute, {}).items()
        if isinstance(field, takers)
    }
    kept = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, takers)
    }
    assert declared == kept == set()


def test_none_of_our_code_looks_at_files_or_unpacks_what_was_sent() -> None:
    for room in OURS:
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                assert not (isinstance(node, ast.Attribute) and node.attr == "FILES"), path
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not {name.split(".")[0] for name in names} & PARSERS, path


@pytest.mark.parametrize("name", ["a.zip", "a.xml", "a.svg", "../../a.py", "a\0.png", "x" * 300])
def test_a_file_that_is_sent_all_the_same_is_left_alone(as_, learner, name) -> None:
    form = {
        "first_name": "Lena",
        "last_name": "L",
        "timezone": "UTC",
        "photo": SimpleUploadedFile("a", b"PK\3\4"),
    }
    form["photo"].name = name
    assert as_(learner).post("/settings/", form).status_code in (200, 302)
    assert not list(Path(settings.BASE_DIR).glob("a.*"))
