"""How pages and static files go over the wire."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from helpdesk_sim.static_files import BuiltStaticFiles


@pytest.fixture
def built(tmp_path) -> BuiltStaticFiles:
    """Two of our modules, built as for production: the one imports the other."""
    storage = BuiltStaticFiles(location=tmp_path, base_url="/static/")
    paths = {}
    for name in ("js/me.js", "js/toast.js"):
        with open(finders.find(name)) as file:
            storage.save(name, ContentFile(file.read()))
        paths[name] = (storage, name)
    assert all(done is not None for *_, done in storage.post_process(paths))
    return storage


def test_a_built_module_imports_others_by_their_hashed_names(built: BuiltStaticFiles) -> None:
    with built.open(built.stored_name("js/me.js")) as file:
        imported = re.findall(r'from "\./(.+?)"', file.read().decode())
    assert imported == [built.stored_name("js/toast.js").removeprefix("js/")]


def test_a_built_file_lies_there_compressed(built: BuiltStaticFiles, tmp_path) -> None:
    name = built.stored_name("js/me.js")
    assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("address", ["/accounts/login/", "/static/css/tokens.css"])
@pytest.mark.django_db
def test_what_a_browser_gets_is_compressed_unless_it_says_it_cannot(client, address) -> None:
    plain = client.get(address)
    assert "Content-Encoding" not in plain
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    whole = len(b"".join(plain))
    assert len(b"".join(packed)) < whole / 2
