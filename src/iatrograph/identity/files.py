"""The rows of a mapping file, plain or compressed; a file of another layout is refused at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.archives import opened
from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LONGEST_LINE: Final = 1 << 20
"""Bytes of a line; a file with a longer one is no table of mappings."""

_OTHER_DELIMITERS: Final = {",": "commas", ";": "semicolons", "|": "bars"}


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row with its 1-based line, without the comments at the head.

    Quotes around a cell are taken away, blank lines passed over. Raises UnreadableFile where the
    file cannot be read as lines of UTF-8.
    """
    is_head = True
    for number, line in _lines(path):
        is_head = is_head and line.startswith("#")
        if line and not is_head:
            yield number, [_unquoted(cell) for cell in line.split("\t")]


def table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """Yield the cells of the wanted columns of each row; None for a row of another width.

    A column written with ``?`` at its end may be absent; its cells are then empty. Raises
    UnreadableFile where a column is missing.
    """
    numbered = rows(path)
    line, head = next(numbered, (None, []))
    wanted = [column.removesuffix("?") for column in columns]
    missing = [name for name in columns if not name.endswith("?") and name not in head]
    if missing:
        raise UnreadableFile(path, line, _complaint(head, missing, wanted))
    places = [head.index(name) if name in head else None for name in wanted]
    for number, cells in numbered:
        if len(cells) != len(head):
            yield number, None
        else:
            yield number, tuple(["" if place is None else cells[place] for place in places])


def pairs(path: Path) -> Iterator[tuple[int, list[str] | None]]:
    """Yield both cells of each row of a file without header; None for a row of another width.

    Raises UnreadableFile where the first row has not two.
    """
    is_first = True
    for number, cells in rows(path):
        if is_first and len(cells) != 2:
            reason = f"{_looks(cells)}; expected two columns of identifiers, without header"
            raise UnreadableFile(path, number, reason)
        is_first = False
        yield number, cells if len(cells) == 2 else None
    if is_first:
        raise UnreadableFile(path, None, "is empty; expected two columns of identifiers")


def _unquoted(cell: str) -> str:
    is_quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1] if is_quoted else cell


def _complaint(head: Sequence[str], missing: Sequence[str], wanted: Sequence[str]) -> str:
    expected = f"expected the columns {', '.join(wanted)}, with tabs"
    if not head:
        return f"is empty; {expected}"
    if len(head) == 1:
        return f"{_looks(head)}; {expected}"
    return f"no column {', '.join(missing)}; it has {', '.join(head[:20])}; {expected}"


def _looks(cells: Sequence[str]) -> str:
    """Say what a row looks like that is not cut as it should be."""
    if len(cells) > 1:
        return f"has {len(cells)} columns"
    delimiter = max(_OTHER_DELIMITERS, key=cells[0].count)
    return f"has {_OTHER_DELIMITERS[delimiter]}" if delimiter in cells[0] else "has one column"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with opened(path) as file:
            while chunk := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(chunk) > LONGEST_LINE:
                    raise UnreadableFile(path, number, "line longer than 1 MiB; no such table")
                yield number, chunk.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, number, "no UTF-8; save it as UTF-8") from error
