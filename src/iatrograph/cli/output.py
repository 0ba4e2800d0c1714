"""How answers are printed: JSON for programs, tables for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]

err = Console(stderr=True)

INTERRUPTED = 130
"""What a command exits with that Ctrl-C ended."""


def say(text: str) -> None:
    """Write a line to stderr as it is: what is told beside the answer."""
    err.print(text, highlight=False, markup=False, soft_wrap=True)


def megabytes(size: int) -> str:
    """Return bytes as people read them."""
    return f"{size / 1e6:,.1f} MB"


def print_json(value: object) -> None:
    """Write a value as indented JSON and a line end."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.flush()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as a table; off a terminal nothing is wrapped or cut."""
    console = Console(width=None if sys.stdout.isatty() else 10_000, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


def print_line(text: str) -> None:
    """Write one line of text for people, as it is."""
    Console(width=None if sys.stdout.isatty() else 10_000, highlight=False).print(
        text, markup=False
    )
