"""What is on no care path, as people are told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from iatrograph.cli import app, care

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asking import Asking


@pytest.fixture
def data_dir(bundled: Asking) -> Path:
    """Return a folder with the bundled release."""
    return bundled.data_dir


def lines(data_dir: Path, condition: str) -> list[str]:
    """Return what is told after the paths."""
    done = CliRunner().invoke(app, ["path", condition, "--data-dir", str(data_dir)])
    assert done.exit_code == 0, done.stderr
    return [line for line in done.stdout.splitlines() if "may" in line or "also" in line]


def test_many_effects_are_cut_and_counted(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ones are named; on real data a drug has hundreds."""
    monkeypatch.setattr(care, "NAMES_TOLD", 3)
    effects, others = lines(data_dir, "spasticity")

    assert effects == (
        "baclofen may also cause, with no mitigation here: "
        "confusion, dizziness, drowsiness and 6 more"
    )
    assert others == (
        "also treated with, no effect known here: botulinum toxin, dantrolene, tizanidine"
    )


def test_many_drugs_are_counted(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them are in the JSON."""
    monkeypatch.setattr(care, "DRUGS_TOLD", 0)

    assert lines(data_dir, "spasticity")[0] == "and so may 1 more; --json lists all of it"
