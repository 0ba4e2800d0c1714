"""Opening the release that a command asks, building the bundled one where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iatrograph.cli.progress import BuildProgress

if TYPE_CHECKING:
    from iatrograph.catalog import Catalog
    from iatrograph.release import Release

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder that holds the releases.", show_default=False),
]


Folder = Annotated[
    Path | None,
    typer.Argument(help="Folder of curated Turtle; the bundled one if left out."),
]


def open_current(data_dir: Path | None) -> Release:
    """Open the current release; build the bundled graph first if there is none yet."""
    from iatrograph.release import open_or_build
    from iatrograph.settings import load_settings

    settings = load_settings(data_dir=data_dir)
    with BuildProgress() as progress:
        return open_or_build(settings.data_dir, progress)


def open_catalog(data_dir: Path | None) -> Catalog:
    """Open the current release as a catalog."""
    from iatrograph.catalog import Catalog
    from iatrograph.vocabulary import ontology

    return Catalog(open_current(data_dir).tables, ontology())
