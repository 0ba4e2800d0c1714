from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from tests.release.builds import assert_whole, variant

from iatrograph.errors import InvalidSetting
from iatrograph.release import (
    activate,
    build_folder,
    current_release,
    list_releases,
    open_current,
    prune,
)
from iatrograph.release.workspace import alone

if TYPE_CHECKING:
    from pathlib import Path


def silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


def three_releases(data_dir: Path) -> list[str]:
    """Build three releases, and return their folders from the oldest, with times to tell."""
    folders = []
    for number in range(3):
        folders.append(build_folder(variant(data_dir, number), data_dir).folder)
        note = data_dir / "releases" / folders[-1] / "release.json"
        values = json.loads(note.read_text("utf-8")) | {"built_at": f"2026-01-0{number + 1}"}
        note.write_text(json.dumps(values), "utf-8")
    return folders


def left(data_dir: Path) -> set[str]:
    """Return the names below the folder of releases."""
    return {path.name for path in (data_dir / "releases").iterdir()}


def test_old_releases_go(tmp_path: Path) -> None:
    """The current one and the latest others stay; what the rest took is told."""
    first, second, third = three_releases(tmp_path)
    size = sum(p.stat().st_size for p in (tmp_path / "releases" / first).rglob("*") if p.is_file())

    (gone,) = prune(tmp_path, keep=1)

    assert (gone.folder, gone.freed_bytes) == (first, size)
    assert left(tmp_path) == {second, third}
    assert prune(tmp_path, keep=1) == ()
    assert_whole(open_current(tmp_path))


def test_the_current_release_stays(tmp_path: Path) -> None:
    """The current one is kept even where it is the oldest, and counts for none of the others."""
    first, second, third = three_releases(tmp_path)
    activate(tmp_path, first)

    assert [gone.folder for gone in prune(tmp_path, keep=1)] == [second]
    assert left(tmp_path) == {first, third}
    assert [gone.folder for gone in prune(tmp_path, keep=0)] == [third]
    assert_whole(open_current(tmp_path))


def test_releases_that_cannot_be_read_go_first(tmp_path: Path) -> None:
    """One of another format goes by its time, one that tells no time is the oldest."""
    first, second, third = three_releases(tmp_path)
    (tmp_path / "releases" / second / "release.json").write_text("{")
    note = tmp_path / "releases" / first / "release.json"
    note.write_text(json.dumps({"format_version": 99, "built_at": "2026-01-01"}))

    assert [gone.folder for gone in prune(tmp_path, keep=1)] == [second]
    assert left(tmp_path) == {first, third}


def test_a_build_under_way_is_waited_for(tmp_path: Path) -> None:
    """While somebody builds nothing is removed, and the half-built folder is not touched."""
    three_releases(tmp_path)
    half = tmp_path / "releases" / ".building-0"
    told: list[str] = []
    waits = threading.Event()

    def progress(stage: str, done: int, total: int | None) -> None:
        del done, total
        told.append(stage)
        waits.set()

    pruning = threading.Thread(target=prune, args=(tmp_path, 0, progress))
    with alone(tmp_path, silent):
        half.mkdir()
        pruning.start()
        assert waits.wait(10)
        assert len(list_releases(tmp_path)) == 3
    pruning.join(10)

    assert told == ["waiting for another build"]
    current = current_release(tmp_path)
    assert current is not None
    assert left(tmp_path) == {half.name, current.name}


def test_nothing_to_prune(tmp_path: Path) -> None:
    """A folder without releases is left as it is, and a negative number is refused."""
    assert prune(tmp_path / "nowhere") == ()
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(InvalidSetting, match="keep"):
        prune(tmp_path, keep=-1)
