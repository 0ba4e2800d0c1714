"""What a confined process can still open."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from iatrograph.store.confinement import confine

store, opened_before = Path(sys.argv[1]), int(sys.argv[2])
files = sorted(store.glob("*.sst"))
held = [path.open() for path in files[:opened_before]]
held.pop(0).close()  # a gap among the descriptors in use
held.append(files[0].open())
confine(1 << 30, store)
count = 0
try:
    for path in (*files[opened_before:], *[store / "other"] * 3):
        held.append(path.open())
        count += 1
except OSError as error:
    print(count, error.strerror)
else:
    print(count)
"""


@pytest.mark.parametrize("opened_before", [3, 20, 24])
def test_only_what_the_store_still_needs_can_be_opened(tmp_path: Path, opened_before: int) -> None:
    """A large store has files that the engine opens later; whatever comes after them is refused."""
    for number in range(24):
        (tmp_path / f"{number:06}.sst").write_text("")
    (tmp_path / "other").write_text("")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path), str(opened_before)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert told == f"{24 - opened_before} Too many open files"
