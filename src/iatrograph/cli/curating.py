"""``validate``, ``format`` and ``sentences``: what curators run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iatrograph.cli.opening import Folder
from iatrograph.cli.output import Json, err, print_json, print_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.errors import Problem
    from iatrograph.model import Contribution


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(validate)
    app.command(name="format")(format_turtle)
    app.command(name="sentences")(number_sentences)


def validate(
    folder: Folder = None,
    *,
    texts: Annotated[
        Path | None,
        typer.Option(help="Folder of the sources' texts, to hold the ledger against."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check curated Turtle: well formed, every row right, every shape, and the ledger beside it."""
    from iatrograph.rdf.curated import read_curated
    from iatrograph.validation.shacl import check_shapes
    from iatrograph.vocabulary import ontology, resource

    folder = folder or resource("graph")
    contribution = read_curated(folder, ontology()).contribution
    problems = [*check_shapes(folder), *_ledger_problems(folder, texts, contribution)]
    claims = len(tuple(contribution.claims))
    if as_json:
        print_json({"claims": claims, "problems": [str(problem) for problem in problems]})
    else:
        for problem in problems:
            print_line(str(problem))
        print_line(f"{folder}: {claims} claims, {len(problems)} problems")
    if problems:
        raise typer.Exit(1)


def _ledger_problems(
    folder: Path, texts: Path | None, contribution: Contribution
) -> Iterator[Problem]:
    from iatrograph.coverage import (
        LEDGER,
        READINGS,
        check_ledger,
        check_readings,
        check_sentences,
    )

    path, readings = folder / LEDGER, folder / READINGS
    if path.is_file():
        yield from check_ledger(path, contribution)
    if readings.is_file():
        yield from check_readings(readings, contribution)
    if texts is not None:
        named = {source.id: source.identifier for source in contribution.sources}
        yield from check_sentences(path, {i: texts / name for i, name in named.items() if name})


def format_turtle(
    folder: Folder = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 if needed.")
    ] = False,
) -> None:
    """Put curated Turtle into its canonical form."""
    from iatrograph.rdf.turtle import format_folder
    from iatrograph.vocabulary import resource

    changed = format_folder(folder or resource("graph"), check=check)
    for path in changed:
        err.print(f"{path} {'is not in canonical form' if check else 'formatted'}", highlight=False)
    if check and changed:
        raise typer.Exit(1)


def number_sentences(
    text: Annotated[Path, typer.Argument(help="Text of a source, in English.")],
) -> None:
    """Print the sentences of a text as the ledger counts them: place, hash and words, with tabs."""
    from iatrograph.coverage import read_sentences

    for sentence in read_sentences(text):
        typer.echo(f"{sentence.ordinal}\t{sentence.hash}\t{sentence.text}")
