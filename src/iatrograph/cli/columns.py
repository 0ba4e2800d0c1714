"""``--columns``: which file of which data set has columns that its header does not tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iatrograph.importers.assembling import Input
    from iatrograph.importers.kgx.layout import Table

Columns = Annotated[
    list[str] | None,
    typer.Option(
        help="What the columns of a file of a kgx data set hold, as PATH=NAME,NAME,... in their "
        "order if it has no header, or PATH=PROPERTY=COLUMN,... if it has one; may be given "
        "several times."
    ),
]


def with_columns(inputs: Sequence[Input], given: Sequence[str]) -> list[Input]:
    """Return the data sets, each with what was said of the columns of its files.

    ``PATH`` is a file of edges or nodes of a data set of kgx, or what ``--with`` names: then it
    stands for all its files of edges. Raises BadParameter for a path that no data set has, and
    InvalidSetting for names that nobody knows.
    """
    tables: list[dict[Path, Table]] = [{} for _ in inputs]
    for text in given:
        path, names = _split(text)
        found = [_tables(known, path, names) for known in inputs]
        if not any(found):
            raise _bad(f"{path} belongs to no data set given as --with kgx=PATH")
        for table, more in zip(tables, found, strict=True):
            if twice := next((file for file in more if file in table), None):
                raise _bad(f"the columns of {twice} are given twice; keep one")
            table |= more
    return [known._replace(columns=t) for known, t in zip(inputs, tables, strict=True)]


def _split(text: str) -> tuple[Path, str]:
    """Cut ``PATH=NAMES`` where a path ends that there is, since both may have equals signs."""
    parts = text.split("=")
    for place in range(1, len(parts)):
        path = Path("=".join(parts[:place]))
        if path.exists():
            return path, "=".join(parts[place:])
    problem = f"there is no {parts[0]}" if len(parts) > 1 else f"{text!r} is not PATH=NAMES"
    raise _bad(problem)


def _tables(known: Input, path: Path, names: str) -> dict[Path, Table]:
    """Return what is said of each file of a data set that a path stands for; often none."""
    from iatrograph.importers.kgx.columns import read_columns
    from iatrograph.importers.kgx.files import find

    if known.importer != "kgx":
        return {}
    files = find(known.path)
    if path.is_dir():
        here = files.edges if path.samefile(known.path) else ()
    else:
        here = tuple(file for file in {*files.edges, *files.nodes} if path.samefile(file))
    return {file: read_columns(names, is_edges=file in files.edges) for file in here}


def _bad(problem: str) -> typer.BadParameter:
    return typer.BadParameter(problem, param_hint="--columns")
