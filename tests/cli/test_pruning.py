"""What ``iatrograph releases prune`` prints and leaves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.asking import run_command
from tests.release.builds import variant

from iatrograph.release import build_folder, current_release

if TYPE_CHECKING:
    from pathlib import Path


def test_old_releases_are_removed_by_command(tmp_path: Path) -> None:
    """It says what went and how much that freed; again, there is nothing to remove."""
    first = build_folder(variant(tmp_path, 1), tmp_path).folder
    second = build_folder(variant(tmp_path, 2), tmp_path).folder

    done = run_command("releases", "prune", "--keep", "0", data_dir=tmp_path)

    assert f"release {first} is gone, " in done.stdout
    assert "1 removed, " in done.stdout
    current = current_release(tmp_path)
    assert current is not None
    assert current.name == second
    again = run_command("releases", "prune", data_dir=tmp_path)
    assert again.stdout == "nothing to remove\n"
    told = run_command("releases", "prune", "--json", data_dir=tmp_path)
    assert json.loads(told.stdout) == []
