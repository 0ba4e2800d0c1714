"""Counts the rows of an answer in the bytes that the engine writes, exactly and in passing.

The engine serialises solutions itself, many times faster than Python could, and never says how
many there were. Each format has one mark that stands once a row and can stand nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Counter(Protocol):
    """Takes the bytes of an answer piece by piece; ``rows`` are those seen so far."""

    rows: int

    def feed(self, piece: bytes) -> None:
        """Count the rows that this piece begins or ends."""


class Mark:
    """Counts a mark that is escaped wherever it would stand inside a value."""

    def __init__(self, mark: bytes, before: int) -> None:
        """Take the mark, and how many stand before the first row."""
        self.rows = -before
        self._mark = mark
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        """Count, a mark that two pieces share included."""
        data = self._tail + piece
        self.rows += data.count(self._mark)
        keep = len(self._mark) - 1
        self._tail = data[-keep:] if keep else b""


class QuotedMark:
    """Counts a mark outside double quotes."""

    def __init__(self, mark: bytes, before: int, *, escapes: bool) -> None:
        """Take the mark, how many stand before the first row, and whether a backslash escapes."""
        self.rows = -before
        self._mark = mark
        self._escapes = escapes
        self._quoted = False
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        """Count, and remember whether the piece ends inside quotes."""
        data = self._tail + piece
        data, self._tail = self._split_off(data)
        if self._escapes and b"\\" in data:
            data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = data.split(b'"')
        self.rows += b'"'.join(parts[1::2] if self._quoted else parts[::2]).count(self._mark)
        self._quoted ^= len(parts) % 2 == 0

    def _split_off(self, data: bytes) -> tuple[bytes, bytes]:
        """Keep back an ending that means nothing before its next byte is known."""
        if self._escapes and (len(data) - len(data.rstrip(b"\\"))) % 2:
            return data[:-1], data[-1:]
        keep = len(self._mark) - 1
        if keep and data.endswith(self._mark[:keep]):
            return data[:-keep], data[-keep:]
        return data, b""


class JsonRows:
    """Counts the objects of ``bindings``: only between rows a brace follows a comma."""

    def __init__(self) -> None:
        self.rows = 0
        self._between = QuotedMark(b",{", 0, escapes=True)
        self._first = Mark(b'"bindings":[{', 0)
        self._has_first = False

    def feed(self, piece: bytes) -> None:
        """Count; the first row has no comma before it."""
        self._between.feed(piece)
        if not self._has_first:
            # Bindings come right after the head, so a value cannot look like them before.
            self._first.feed(piece)
            self._has_first = self._first.rows > 0
        self.rows = self._between.rows + self._has_first


class Booleans:
    """An answer of one truth value has no rows."""

    rows = 0

    def feed(self, piece: bytes) -> None:
        """Count nothing."""


COUNTERS: Final[Mapping[str, Callable[[], Counter]]] = {
    "json": JsonRows,
    "xml": lambda: Mark(b"<result>", 0),
    "csv": lambda: QuotedMark(b"\n", 1, escapes=False),
    "tsv": lambda: Mark(b"\n", 1),
}
"""Short names of formats, and what counts their rows; a fresh one for each answer."""
