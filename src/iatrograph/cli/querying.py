"""``sparql`` and ``graphql``: queries in either language, asked of the current release."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer

from iatrograph.cli.opening import DataDir, open_catalog, open_current
from iatrograph.cli.output import Json, print_json, print_table
from iatrograph.errors import InvalidSetting, UnreadableFile

Query = Annotated[str, typer.Argument(help="The query, the name of a file with it, or - for stdin.")]


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
    if "{" in query or "\n" in query:
        return query
    path = Path(query)
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, None, "is not UTF-8 text") from error
    except OSError as error:
        reason = f"{error.strerror}; give a query, a file or - for stdin"
        raise UnreadableFile(path, None, reason) from error


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
    from iatrograph.cli.answering import answer_sparql

    text = read_query(query)
    release = open_current(data_dir)
    wanted = "json" if as_json else form
    if wanted is not None:
        sys.stdout.buffer.write(asyncio.run(answer_sparql(release, text, wanted)))
        return
    answer = asyncio.run(answer_sparql(release, text, None))
    document = orjson.loads(answer) if answer.startswith(b"{") else None
    if document is None:
        sys.stdout.buffer.write(answer)
    elif "boolean" in document:
        print_table(("answer",), [[str(document["boolean"]).lower()]])
    else:
        columns = document["head"]["vars"]
        print_table(
            columns,
            (
                [row[c]["value"] if c in row else None for c in columns]
                for row in document["results"]["bindings"]
            ),
        )


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
        raise InvalidSetting("variables", variables, "give a JSON object") from error
    if not isinstance(values, dict):
        raise InvalidSetting("variables", variables, "give a JSON object")
    answer = answer_graphql(open_catalog(data_dir), read_query(query), values)
    print_json(answer)
    if answer.get("errors"):
        raise typer.Exit(1)
