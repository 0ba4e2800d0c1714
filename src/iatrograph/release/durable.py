"""Making sure that what was written is on the disk, not only in memory of the system."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def flush_folder(folder: Path) -> None:
    """Flush a folder's own list of names."""
    _flush(folder, os.O_RDONLY | os.O_DIRECTORY)


def flush_tree(folder: Path) -> None:
    """Flush every file below a folder, then every folder, itself last."""
    for path, _, names in os.walk(folder, topdown=False):
        for name in names:
            _flush(f"{path}/{name}", os.O_RDONLY)
        _flush(path, os.O_RDONLY | os.O_DIRECTORY)


def _flush(path: str | Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
