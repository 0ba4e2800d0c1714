"""``export``: the whole graph as a file for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from iatrograph.cli.opening import DataDir, open_current
from iatrograph.errors import UnreadableFile


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    form: Annotated[str, typer.Argument(help="gexf, claims or entities.")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; stdout if left out.")
    ] = None,
    unasserted: Annotated[
        bool, typer.Option("--unasserted", help="GEXF: also statements that are not asserted.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Write the graph as GEXF for Gephi, or its claims or entities as CSV."""
    from iatrograph.exporters import EXPORTERS, export_release
    from iatrograph.vocabulary import ontology

    if form not in EXPORTERS:
        raise typer.BadParameter(f"{form!r} is not one of {', '.join(EXPORTERS)}")
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
