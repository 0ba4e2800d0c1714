"""A folder appears when all of it is written, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.exporters.folders import new_folder

if TYPE_CHECKING:
    from pathlib import Path

NAMES = frozenset({"one", "two"})


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def write(folder: Path, text: str) -> None:
    """Write a folder with one file."""
    with new_folder(folder, NAMES) as new:
        (new / "one").write_text(text)


def test_a_folder_appears_with_what_is_above_it(tmp_path: Path) -> None:
    """Folders that are missing on the way are made, and nothing else is left."""
    write(tmp_path / "a" / "b", "1")

    assert (tmp_path / "a" / "b" / "one").read_text() == "1"
    assert names(tmp_path / "a") == ["b"]


def test_an_earlier_one_is_replaced_whole(tmp_path: Path) -> None:
    """A file that is not written again is gone."""
    write(tmp_path / "b", "1")
    (tmp_path / "b" / "two").touch()
    write(tmp_path / "b", "2")

    assert names(tmp_path / "b") == ["one"]
    assert (tmp_path / "b" / "one").read_text() == "2"
    assert names(tmp_path) == ["b"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_of_one_that_fails(tmp_path: Path, error: type[BaseException]) -> None:
    """Whatever ends it: the earlier folder stays as it was."""
    write(tmp_path / "b", "1")

    def fail() -> None:
        with new_folder(tmp_path / "b", NAMES) as new:
            (new / "one").write_text("half")
            raise error

    with pytest.raises(error):
        fail()

    assert names(tmp_path) == ["b"]
    assert (tmp_path / "b" / "one").read_text() == "1"


def test_other_files_are_not_thrown_away(tmp_path: Path) -> None:
    """A folder with anything else in it is refused before anything is written, and after it."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "thesis").touch()
    with pytest.raises(UnreadableFile, match=r"holds other files \(thesis\); name a folder"):
        write(tmp_path / "b", "1")

    def write_late() -> None:
        with new_folder(tmp_path / "c", NAMES):
            (tmp_path / "c").mkdir()
            (tmp_path / "c" / "thesis").touch()

    with pytest.raises(UnreadableFile, match="holds other files"):
        write_late()

    assert names(tmp_path) == ["b", "c"]
    assert names(tmp_path / "b") == names(tmp_path / "c") == ["thesis"]


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    """A file or a link in its place, or above it."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(UnreadableFile, match=f"{name}: is no folder; name one that is new"):
            write(tmp_path / name, "1")
    with pytest.raises(UnreadableFile, match=r"cannot be written: (file exists|not a directory)"):
        write(tmp_path / "file" / "b", "1")
