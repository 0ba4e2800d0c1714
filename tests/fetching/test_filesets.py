"""The pins are of real bytes: those of the shared data, and of one pointer of Git LFS."""

from __future__ import annotations

import gzip
import hashlib
import re
from typing import TYPE_CHECKING, Final

import pytest

from iatrograph.fetching import FILE_SETS, fetched, missing
from iatrograph.fetching.folder import downloads
from iatrograph.identity import read_mappings
from iatrograph.importers import IMPORTERS, Rejects
from iatrograph.importers.drugcentral import SOURCE as DRUGCENTRAL
from iatrograph.importers.hetionet.sources import HETIONET
from iatrograph.importers.pharmacotherapydb import SOURCE as PHARMACOTHERAPYDB
from iatrograph.importers.sider.contribution import SOURCE as SIDER

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.model import Source

FOLDERS: Final = {
    "sider": ("sider4",),
    "hetionet": ("hetionet",),
    "pharmacotherapydb": ("indications",),
    "drugcentral": ("drugs", "indications"),
    "mappings": ("terms",),
}
"""Where the shared data have the files of a set, as they are or compressed."""
POINTER: Final = """version https://git-lfs.github.com/spec/v1
oid sha256:611f0411ac666be4e0270e54bbca67407e14720bfc3099311f0f5eec25c5a947
size 12401407
"""
"""hetnet/tsv/hetionet-v1.0-edges.sif.gz of hetio/hetionet at the pinned commit."""
POINTED: Final = "hetionet-v1.0-edges.sif.gz"
FILES: Final = [(name, file) for name, one in FILE_SETS.items() for file in one.files]
IDS: Final = [f"{name}-{file.name}" for name, file in FILES]


def published(shared: Path, name: str, file_name: str) -> bytes | None:
    """Return the bytes of a file as its repository has it, None where they are not shared."""
    for folder in FOLDERS[name]:
        path = shared / "data" / folder / file_name
        if path.is_file():
            return path.read_bytes()
        packed = path.with_name(f"{file_name}.gz")
        if packed.is_file():
            return gzip.decompress(packed.read_bytes())
    return None


@pytest.mark.shared
@pytest.mark.parametrize(("name", "number"), [(n, i) for i, (n, _) in enumerate(FILES)], ids=IDS)
def test_a_pin_is_of_real_bytes(name: str, number: int, shared: Path) -> None:
    """Size and hash are computed anew."""
    file = FILES[number][1]
    content = published(shared, name, file.name)

    if content is None:
        assert file.name == POINTED
        assert f"oid sha256:{file.sha256}\nsize {file.size}\n" in POINTER
    else:
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)


@pytest.mark.shared
def test_the_addresses_name_the_commits_of_the_shared_data(shared: Path) -> None:
    """Whole commits, over https; the pointer alone was read at another commit."""
    origins = (shared / "data" / "README.md").read_text("utf-8")
    for _, file in FILES:
        found = re.match(
            r"https://(?:raw|media)\.githubusercontent\.com/(?:media/)?([^/]+/[^/]+)/([0-9a-f]{40})/",
            file.address,
        )
        assert found, file.address
        if file.name != POINTED:
            assert f"{found[1]} @{found[2]}" in origins


@pytest.mark.parametrize("source", [SIDER, HETIONET, PHARMACOTHERAPYDB, DRUGCENTRAL])
def test_a_set_has_the_licence_of_its_source(source: Source) -> None:
    """What is told before the download is what the release says afterwards."""
    assert FILE_SETS[source.id].licence == source.licence


def test_what_forbids_commerce_is_told() -> None:
    """Sets with NC in the licence have a notice, the others none."""
    told = {name for name, one in FILE_SETS.items() if "non-commercial" in one.notice}

    assert told == {"sider", "hetionet"}
    assert told == {name for name, one in FILE_SETS.items() if one.notice}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["sider", "pharmacotherapydb", "drugcentral"])
def test_the_importer_finds_the_files(name: str, shared: Path, tmp_path: Path) -> None:
    """Under the names that they get."""
    folder = as_fetched(name, shared, tmp_path)

    contribution = IMPORTERS[name](folder, Rejects(name))

    assert next(iter(contribution.claims)).source == name
    assert any(True for _ in contribution.entities)


@pytest.mark.shared
def test_all_fetched_mappings_are_read(shared: Path, tmp_path: Path) -> None:
    """Each file has a name that says how, and holds mappings."""
    read = read_mappings(as_fetched("mappings", shared, tmp_path))

    assert {file.path.name for file in read} == {file.name for file in FILE_SETS["mappings"].files}
    assert all(file.mappings for file in read)


def as_fetched(name: str, shared: Path, data_dir: Path) -> Path:
    """Lay the files of a set out as `iatrograph fetch` does."""
    folder = downloads(data_dir, name)
    folder.mkdir(parents=True)
    for file in FILE_SETS[name].files:
        content = published(shared, name, file.name)
        assert content is not None
        (folder / file.name).write_bytes(content)
    assert missing(FILE_SETS[name], folder) == ()
    return fetched(FILE_SETS[name], data_dir)
