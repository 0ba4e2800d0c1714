"""The files of a data set in the folder that the user gave, plain or compressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

_ENDINGS: Final = ("", ".gz", ".bz2", ".xz", ".zst")


def optional_file(folder: Path, name: str) -> Path | None:
    """Return the file of a published name, plain before compressed, or None if there is none."""
    paths = (folder / f"{name}{ending}" for ending in _ENDINGS)
    return next((path for path in paths if path.is_file()), None)


def needed_file(folder: Path, name: str) -> Path:
    """Return the file of a published name. Raises UnreadableFile, with what is there instead."""
    if not folder.is_dir():
        problem = "is a file" if folder.exists() else "does not exist"
        raise UnreadableFile(folder, None, f"{problem}; give the folder that holds {name}")
    path = optional_file(folder, name)
    if path is None:
        there = sorted(entry.name for entry in folder.iterdir())
        has = f"it has {', '.join(there[:10])}{', …' if len(there) > 10 else ''}"
        reason = f"no {name} in this folder, plain or compressed; {has if there else 'it is empty'}"
        raise UnreadableFile(folder, None, reason)
    return path
