"""``export``: the whole graph as a file for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from iatrograph.cli.opening import DataDir, open_current
from iatrograph.cli.progress import BuildProgress
from iatrograph.errors import UnreadableFile

KGX = "kgx"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    form: Annotated[str, typer.Argument(help="gexf, claims, entities or kgx.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="File to write, stdout if left out; of KGX the folder, needed."
        ),
    ] = None,
    unasserted: Annotated[
        bool, typer.Option("--unasserted", help="GEXF: also statements that are not asserted.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Write the graph as GEXF for Gephi, its claims or entities as CSV, or both as KGX."""
    from iatrograph.exporters import EXPORTERS, export_release
    from iatrograph.vocabulary import ontology

    if form == KGX:
        _export_kgx(output, data_dir)
        return
    if form not in EXPORTERS:
        raise typer.BadParameter(f"{form!r} is not one of {', '.join((*EXPORTERS, KGX))}")
    release = open_current(data_dir)
    pieces = export_release(form, release, ontology(), unasserted=unasserted)
    if output is None:
        sys.stdout.buffer.writelines(pieces)
        return
    try:
        with output.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        reason = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise UnreadableFile(output, None, reason) from error


def _export_kgx(folder: Path | None, data_dir: Path | None) -> None:
    from iatrograph.exporters.kgx import write_kgx
    from iatrograph.vocabulary import ontology

    if folder is None:
        raise typer.BadParameter("KGX is a folder of files; name it", param_hint="--output")
    release = open_current(data_dir)
    with BuildProgress() as progress:
        write_kgx(release, ontology(), folder, progress)
