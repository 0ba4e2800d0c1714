"""``sparql`` and ``graphql``: queries in either language, asked of the current release."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from iatrograph.cli.opening import DataDir, open_current
from iatrograph.cli.output import Json, print_json, print_table
from iatrograph.errors import MalformedQuery, UnreadableFile
from iatrograph.vocabulary import contract

if TYPE_CHECKING:
    from iatrograph.release import Release

Query = Annotated[str, typer.Argument(help="The query, a file that holds it, or - for stdin.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(sparql)
    app.command()(graphql)


def read_query(query: str) -> str:
    """Return the text of a query given in words, as a file's name, or on stdin.

    Raises UnreadableFile for a file that is missing or not UTF-8.
    """
    if query == "-":
        return sys.stdin.read()
    if not query.strip():
        raise MalformedQuery("it is empty")
    path = Path(query)
    if len(query.split()) > 1 and not _is_file(path):
        return query
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, None, "is not UTF-8 text") from error
    except OSError as error:
        reason = f"{error.strerror}; give a query, a file or - for stdin"
        raise UnreadableFile(path, None, reason) from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # too long for a name
        return False


def sparql(
    query: Query,
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", help="json, xml, csv, tsv; ttl, nt, rdf, jsonld for graphs."),
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Ask in SPARQL. The project's prefixes need not be declared."""
    text = read_query(query)
    release = open_current(data_dir)
    if as_json or form is not None:
        asyncio.run(_copy(release, text, "json" if as_json else form or "json"))
        return
    answer = asyncio.run(_whole(release, text))
    if not answer.startswith(b"{"):
        sys.stdout.buffer.write(answer)
        return
    document = orjson.loads(answer)
    if "boolean" in document:
        print_table(("answer",), [[str(document["boolean"]).lower()]])
        return
    columns = document["head"]["vars"]
    print_table(
        columns,
        (
            [contract(row[c]["value"]) if c in row else None for c in columns]
            for row in document["results"]["bindings"]
        ),
    )


async def _copy(release: Release, text: str, form: str) -> None:
    """Write an answer to stdout as it comes."""
    from iatrograph.cli.answering import answer_sparql

    async for piece in answer_sparql(release, text, form):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


async def _whole(release: Release, text: str) -> bytes:
    """Return an answer for a table: JSON of rows, Turtle of a graph."""
    from iatrograph.cli.answering import answer_sparql

    return b"".join([piece async for piece in answer_sparql(release, text, "")])


def graphql(
    query: Query,
    *,
    variables: Annotated[str, typer.Option(help="Variables as a JSON object.")] = "{}",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Ask in GraphQL; the answer is JSON, with exit 1 if it holds errors."""
    from iatrograph.cli.answering import answer_graphql

    del as_json  # the answer of GraphQL is JSON in any case

    try:
        values = orjson.loads(variables)
    except orjson.JSONDecodeError as error:
        raise typer.BadParameter(f"--variables wants a JSON object: {error}") from error
    if not isinstance(values, dict):
        raise typer.BadParameter("--variables wants a JSON object")
    answer = answer_graphql(open_current(data_dir), read_query(query), values)
    print_json(answer)
    if answer.get("errors"):
        raise typer.Exit(1)
