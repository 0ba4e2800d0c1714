"""Ctrl-C while a release is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

import iatrograph.release
from iatrograph.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_build_that_is_stopped_says_what_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends as other commands do that Ctrl-C ended."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(iatrograph.release, "build_folder", stopped)
    done = CliRunner().invoke(app, ["build", "--data-dir", str(tmp_path)])

    assert done.exit_code == 130
    assert "the release that was current stays" in done.stderr
