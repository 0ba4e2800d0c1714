"""A folder of files that appears when all of them are written, or not at all."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@contextmanager
def new_folder(folder: Path, names: Collection[str]) -> Iterator[Path]:
    """Give a new folder beside the wanted one, which takes its place when all went well.

    One that is there is replaced if it holds nothing but files of these names. Raises
    UnreadableFile where it holds something else, or cannot be written.
    """
    try:
        _check(folder, names)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as held:
            new = Path(held) / "new"
            new.mkdir()
            yield new
            _check(folder, names)
            if folder.exists():
                folder.rename(Path(held) / "old")
            new.rename(folder)
    except OSError as error:
        reason = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise UnreadableFile(folder, None, reason) from error


def _check(folder: Path, names: Collection[str]) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise UnreadableFile(folder, None, "is no folder; name one that is new")
    if others := sorted(path.name for path in folder.iterdir() if path.name not in names):
        reason = f"holds other files ({', '.join(others[:3])}); name a folder that is new"
        raise UnreadableFile(folder, None, reason)
