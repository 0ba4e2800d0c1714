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


class CsvRows:
    """Counts line ends outside quotes, less the one of the header."""

    def __init__(self) -> None:
        self.rows = -1
        self._quoted = False

    def feed(self, piece: bytes) -> None:
        """Count, and remember whether the piece ends inside quotes."""
        parts = piece.split(b'"')
        self.rows += sum(part.count(b"\n") for part in parts[self._quoted :: 2])
        self._quoted ^= len(parts) % 2 == 0


class CommaBraces:
    """Counts ``,{`` outside JSON strings: in results it stands between rows and nowhere else.

    Where a piece has neither a backslash nor ``,{}``, quotes tell by themselves: a row opens with a
    key, so ``,{"`` begins one unless that quote closes a string, which a comma or a brace follows.
    """

    def __init__(self) -> None:
        self.count = 0
        self._quoted = False
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        """Count, and remember whether the piece ends inside a string."""
        data, self._tail = self._split_off(self._tail + piece)
        if b"\\" in data or b",{}" in data:
            self._feed_slowly(data.replace(b"\\\\", b"").replace(b'\\"', b""))
        else:
            closing = data.count(b',{",') + data.count(b',{"}')
            self.count += data.count(b',{"') - closing
            self._quoted ^= data.count(b'"') % 2 == 1

    def _feed_slowly(self, data: bytes) -> None:
        parts = data.split(b'"')
        self.count += b'"'.join(parts[self._quoted :: 2]).count(b",{")
        self._quoted ^= len(parts) % 2 == 0

    @staticmethod
    def _split_off(data: bytes) -> tuple[bytes, bytes]:
        """Keep back an ending that means nothing before its next byte is known."""
        keep = next((n for n in (3, 2, 1) if data.endswith(b',{"'[:n])), 0)
        keep = keep or (len(data) - len(data.rstrip(b"\\"))) % 2
        return data[: len(data) - keep], data[len(data) - keep :]


class JsonRows:
    """Counts the objects of ``bindings``: only between rows a brace follows a comma."""

    def __init__(self) -> None:
        self.rows = 0
        self._between = CommaBraces()
        self._first = Mark(b'"bindings":[{', 0)
        self._has_first = False

    def feed(self, piece: bytes) -> None:
        """Count; the first row has no comma before it."""
        self._between.feed(piece)
        if not self._has_first:
            # Bindings come right after the head, so a value cannot look like them before.
            self._first.feed(piece)
            self._has_first = self._first.rows > 0
        self.rows = self._between.count + self._has_first


class Booleans:
    """An answer of one truth value has no rows."""

    rows = 0

    def feed(self, piece: bytes) -> None:
        """Count nothing."""


COUNTERS: Final[Mapping[str, Callable[[], Counter]]] = {
    "json": JsonRows,
    "xml": lambda: Mark(b"<result>", 0),
    "csv": CsvRows,
    "tsv": lambda: Mark(b"\n", 1),
}
"""Short names of formats, and what counts their rows; a fresh one for each answer."""
