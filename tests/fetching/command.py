"""The command line with the file sets of a JSON file, which may be on loopback.

``python -m tests.fetching.command SETS.json WORDS...``
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from iatrograph import fetching
from iatrograph.cli import main

if TYPE_CHECKING:
    from iatrograph.fetching import FileSet


def command(folder: Path, sets: tuple[FileSet, ...], *words: str) -> list[str]:
    """Return the words of a process that knows these sets; its description goes into a folder."""
    path = folder / "sets.json"
    path.write_text(json.dumps([asdict(one) for one in sets]), "utf-8")
    return [sys.executable, "-m", "tests.fetching.command", str(path), *words]


def environment(data_dir: Path) -> dict[str, str]:
    """Return what that process needs to find itself and its folder."""
    checkout = str(Path(__file__).parents[2])
    path = os.pathsep.join((checkout, os.environ.get("PYTHONPATH", "")))
    return {**os.environ, "PYTHONPATH": path, "IATROGRAPH_DATA_DIR": str(data_dir)}


def _run(path: Path) -> None:
    sets = [
        fetching.FileSet(**{**one, "files": tuple(fetching.PinnedFile(**f) for f in one["files"])})
        for one in json.loads(path.read_text("utf-8"))
    ]
    fetching.FILE_SETS = {one.name: one for one in sets}  # type: ignore[misc]  # for this process
    fetching.open_client = partial(fetching.open_client, is_loopback_allowed=True)
    main()


if __name__ == "__main__":
    _run(Path(sys.argv.pop(1)))
