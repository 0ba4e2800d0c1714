"""Takes old releases away, to have their disk space back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iatrograph.errors import InvalidSetting
from iatrograph.release import directory
from iatrograph.release.info import FILE
from iatrograph.release.workspace import alone, discard

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.tables.intake import Progress


@dataclass(frozen=True, slots=True)
class Pruned:
    """A release that is gone: the name of its folder, and the bytes its files had."""

    folder: str
    freed_bytes: int


def prune(data_dir: Path, keep: int = 1, progress: Progress | None = None) -> tuple[Pruned, ...]:
    """Remove all releases but the current one and the ``keep`` latest others; return the removed.

    A build under way is waited for, and what it makes is kept. Releases of other versions of
    Iatrograph count by the time they were built. Raises InvalidSetting where ``keep`` is negative
    or the folder cannot be written.
    """
    if keep < 0:
        raise InvalidSetting("keep", str(keep), "must be 0 or more")
    if not directory.release_folders(data_dir):
        return ()
    with alone(data_dir, progress or _silent):
        current = directory.current_release(data_dir)
        name = None if current is None else current.name
        others = [folder for folder in directory.release_folders(data_dir) if folder.name != name]
        others.sort(key=lambda folder: (_built_at(folder), folder.name), reverse=True)
        return tuple(_removed(data_dir, folder) for folder in others[keep:])


def _silent(stage: str, done: int, total: int | None) -> None:
    del stage, done, total


def _built_at(folder: Path) -> str:
    """Return when a release was built; one that does not tell is older than any."""
    try:
        return str(json.loads((folder / FILE).read_text("utf-8"))["built_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _removed(data_dir: Path, folder: Path) -> Pruned:
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    try:
        discard(folder)
    except OSError as error:
        raise directory.unwritable(data_dir, error) from error
    return Pruned(folder.name, size)
