import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.store import watching
from iatrograph.store.loading import COMPACTING, LOADING, load_store

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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how far a file is read")
def test_who_loads_much_is_told_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Megabytes read so far of those of all files, then that the store is compacted."""
    monkeypatch.setattr(watching, "LOOK_EVERY_S", 0.01)
    lines = "".join(LINE.format(number) for number in range(200_000))
    (tmp_path / "a.nt").write_text(lines)
    (tmp_path / "b.nt").write_text(lines.replace("/p>", "/q>"))
    total = 2 * len(lines) // 10**6
    told: list[tuple[str, int, int | None]] = []

    load_store(
        tmp_path / "store", [tmp_path / "a.nt", tmp_path / "b.nt"], lambda *now: told.append(now)
    )

    done = [done for stage, done, of_all in told if (stage, of_all) == (LOADING, total)]
    assert done == sorted(done)
    assert any(total / 2 < now <= total for now in done)
    assert [stage for stage, *_ in told[-3:]] == [LOADING, COMPACTING, COMPACTING]
