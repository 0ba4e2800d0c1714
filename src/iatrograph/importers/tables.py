"""The rows of a table in a text file, by the names of their columns."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Final

from iatrograph.errors import UnreadableFile
from iatrograph.importers.lines import NO_UTF8, TOO_LONG, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from iatrograph.importers.rejects import Rejects

NAMES: Final = {"\t": "tabs", ",": "commas", "|": "bars", ";": "semicolons"}
RAGGED: Final = "cells missing or too many"
OPEN_QUOTES: Final = "quotes that do not close, or a cell too long"


def rows(
    path: Path,
    columns: Sequence[str],
    rejects: Rejects,
    *,
    delimiter: str = "\t",
    has_header: bool = True,
    is_quoted: bool = False,
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the cells of the wanted columns of each row, with its 1-based line.

    With a header the columns may stand in any order among others; without one they are all there
    are, in this order. ``is_quoted`` says that cells may stand in quotes, on one line. Blank lines
    are passed over; rows with other than the usual number of cells are rejected. Raises
    UnreadableFile, at the first row, where the file is empty, a column is missing or stands twice,
    or another delimiter is used.
    """
    numbered = lines(path, rejects)
    first = next(numbered, None)
    if first is None:
        raise UnreadableFile(path, None, f"is empty; expected {_expected(columns, delimiter)}")
    if has_header and first[0] > 1:
        raise UnreadableFile(path, 1, f"the header is {NO_UTF8}, or {TOO_LONG}")
    head = cut(first[1], delimiter, is_quoted=is_quoted) or []
    _check_delimiter(path, first[1], head, columns, delimiter)
    if has_header:
        places = _places(path, head, columns, delimiter)
    else:
        places, numbered = list(range(len(columns))), _again(first, numbered)
    for number, text in numbered:
        if not text:
            continue
        cells = cut(text, delimiter, is_quoted=is_quoted)
        if cells is None:
            rejects.add(path, number, OPEN_QUOTES, text)
        elif len(cells) != (len(head) if has_header else len(columns)):
            rejects.add(path, number, RAGGED, text)
        else:
            yield number, tuple([cells[place] for place in places])


def cut(text: str, delimiter: str, *, is_quoted: bool) -> list[str] | None:
    """Cut a line into cells; None where quotes do not close, or a quoted cell is too long."""
    if is_quoted and '"' in text:
        try:
            return next(csv.reader([text], delimiter=delimiter, strict=True))
        except csv.Error:
            return None
    return text.split(delimiter)


def _again(
    first: tuple[int, str], following: Iterator[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    yield first
    yield from following


def _expected(columns: Sequence[str], delimiter: str) -> str:
    return f"the columns {', '.join(columns)}, with {NAMES.get(delimiter, repr(delimiter))}"


def _check_delimiter(
    path: Path, line: str, head: Sequence[str], columns: Sequence[str], delimiter: str
) -> None:
    """Refuse a first line that another delimiter would cut, and this one does not."""
    if len(head) > 1 or len(columns) == 1:
        return
    other = max(NAMES, key=line.count)
    looks = f"has {NAMES[other]}" if line.count(other) else "has one column"
    raise UnreadableFile(path, 1, f"{looks}; expected {_expected(columns, delimiter)}")


def _places(path: Path, head: Sequence[str], columns: Sequence[str], delimiter: str) -> list[int]:
    twice = [name for name, count in Counter(head).items() if count > 1 and name in columns]
    missing = [name for name in columns if name not in head]
    if twice:
        raise UnreadableFile(path, 1, f"the column {twice[0]!r} stands twice; keep one")
    if missing:
        has = ", ".join(head[:20])
        reason = f"no column {', '.join(missing)}; it has {has}"
        raise UnreadableFile(path, 1, f"{reason}; expected {_expected(columns, delimiter)}")
    return [head.index(name) for name in columns]
