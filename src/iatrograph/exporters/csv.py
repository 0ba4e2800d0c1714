"""CSV as RFC 4180 has it, in UTF-8, a piece at a time."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Final

from iatrograph.exporters.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROWS_A_PIECE: Final = 1_000


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Yield a CSV file: a header, then a line a row; None is an empty cell.

    Texts go through ``plain``, so that no spreadsheet computes them. Whoever makes the rows writes
    truth values as words.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    stream = iter(rows)
    while piece := list(islice(stream, ROWS_A_PIECE)):
        writer.writerows(map(_cells, piece))
        yield _take(buffer)
    yield _take(buffer)


def _cells(row: Iterable[object]) -> list[object]:
    return [_cell(value) if value else value for value in row]


def _cell(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _take(buffer: io.StringIO) -> bytes:
    # A lone surrogate cannot be written as UTF-8; it can only come from a broken source.
    piece = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return piece
