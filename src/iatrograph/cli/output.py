"""How answers are printed: JSON for programs, tables for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]

err = Console(stderr=True)


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


class BuildProgress:
    """Shows the stages of a build on a terminal, and nothing on a pipe."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=err,
            transient=True,
            disable=not err.is_terminal,
        )
        self._tasks: dict[str, int] = {}

    def __enter__(self) -> Callable[[str, int, int | None], None]:
        """Start, and return what the build reports to: stage, done, total or None."""
        self._progress.start()
        return self._show

    def __exit__(self, *error: object) -> None:
        """Take the bars away."""
        self._progress.stop()

    def _show(self, stage: str, done: int, total: int | None = None) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(
            self._progress.task_ids[self._tasks[stage]], completed=done, total=total
        )
