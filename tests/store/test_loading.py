from pathlib import Path

import pyoxigraph as ox
import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.store.loading import load_store

LINE = "<http://example.org/{}> <http://example.org/p> <http://example.org/b> .\n"


def test_turtle_and_ntriples_make_one_default_graph(tmp_path: Path) -> None:
    """Files of both kinds are merged, the same triple counts once."""
    (tmp_path / "a.nt").write_text(LINE.format("a") + LINE.format("c"))
    (tmp_path / "b.ttl").write_text("@prefix e: <http://example.org/> . e:a e:p e:b .")

    assert load_store(tmp_path / "store", [tmp_path / "a.nt", tmp_path / "b.ttl"]) == 2
    store = ox.Store.read_only(str(tmp_path / "store"))
    assert {quad.graph_name for quad in store} == {ox.DefaultGraph()}


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("broken.ttl", "@prefix e: <http://example.org/> .\ne:a e:p .", 2),
        ("quads.nq", "", None),
        ("latin.nt", LINE.format("caf\\u00"), 1),
    ],
)
def test_a_file_that_cannot_be_loaded_is_named(
    tmp_path: Path, name: str, text: str, line: int | None
) -> None:
    """The error carries the file, and the line where the parser knows it."""
    (tmp_path / name).write_text(text)

    with pytest.raises(UnreadableFile) as caught:
        load_store(tmp_path / "store", [tmp_path / name])

    assert (caught.value.path.name, caught.value.line) == (name, line)


def test_a_missing_file_and_an_unwritable_folder_are_named(tmp_path: Path) -> None:
    """Neither ends in an error of the operating system."""
    with pytest.raises(UnreadableFile, match=r"gone\.ttl"):
        load_store(tmp_path / "store", [tmp_path / "gone.ttl"])
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreadableFile, match="file"):
        load_store(tmp_path / "file", [])
