"""The commands, gathered."""

from __future__ import annotations

from typing import Annotated

import typer

import iatrograph
from iatrograph.cli import (
    asking,
    building,
    care,
    curating,
    exporting,
    fetching,
    importing,
    querying,
    serving,
)

app = typer.Typer(
    name="iatrograph",
    help="A knowledge graph of what medicines do to people, with who says so and who denies it. "
    "Information about sources, not medical advice.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version_flag(wanted: bool) -> None:  # typer calls it by position
    if wanted:
        typer.echo(f"iatrograph {iatrograph.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version_flag, is_eager=True),
    ] = False,
) -> None:
    del version


for part in (
    serving,
    building,
    fetching,
    importing,
    curating,
    asking,
    care,
    querying,
    exporting,
):
    part.register(app)
