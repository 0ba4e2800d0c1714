"""The entries of one list in a JSON document, read piece by piece however large it is."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from iatrograph.archives import opened
from iatrograph.errors import UnreadableFile
from iatrograph.importers.lines import LONGEST_LINE, TOO_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

    from iatrograph.archives import Heard

LISTS: Final = ("nodes", "edges")
"""The lists of a document of KGX."""

_SPACE: Final = re.compile(r"[ \t\r\n\ufeff]*")
_AFTER: Final = frozenset(" \t\r\n,:]}")
"""What can follow a value; without it a number may go on in the next piece."""
_PIECE: Final = 1 << 18
"""Bytes read at once."""


class Entry(NamedTuple):
    """An element of a list: its 1-based line, its text and its value."""

    line: int
    text: str
    value: object


class _Text:
    """The text of a document, of which only the part being read is held."""

    def __init__(self, path: Path, file: BufferedIOBase) -> None:
        self._path, self._file = path, file
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._read = json.JSONDecoder(parse_constant=lambda _: None).raw_decode
        self._text, self._place, self._is_end = "", 0, False
        self.line = 1

    def fail(self, reason: str) -> NoReturn:
        raise UnreadableFile(self._path, self.line, reason)

    def _more(self) -> None:
        piece = self._file.read(_PIECE)
        self._is_end = not piece
        try:
            decoded = self._decode(piece, final=self._is_end)
        except UnicodeDecodeError:
            self.fail("is no UTF-8 text")
        self._text, self._place = self._text[self._place :] + decoded, 0

    def _pass_to(self, place: int) -> None:
        self.line += self._text.count("\n", self._place, place)
        self._place = place

    def next(self) -> str:
        """Return the next character that is no space, without taking it; nothing at the end."""
        while True:
            space = _SPACE.match(self._text, self._place)
            self._pass_to(space.end() if space else self._place)
            if self._place < len(self._text):
                return self._text[self._place]
            if self._is_end:
                return ""
            self._more()

    def take(self, *wanted: str) -> str:
        """Take the next character, which has to be one of these."""
        found = self.next()
        if found not in wanted:
            shown = repr(found) if found else "the end"
            self.fail(f"is no well-formed JSON: {shown} where {' or '.join(wanted)} is expected")
        self._place += 1
        return found

    def value(self) -> Entry:
        """Take a value."""
        self.next()
        while True:
            try:
                value, end = self._read(self._text, self._place)
            except ValueError as error:
                if self._is_end:
                    self.fail(f"is no well-formed JSON: {error}")
            except RecursionError:
                self.fail("has lists or objects nested too deeply")
            else:
                if self._is_end or self._text[end : end + 1] in _AFTER:
                    entry = Entry(self.line, self._text[self._place : end], value)
                    self._pass_to(end)
                    return entry
            if len(self._text) - self._place > LONGEST_LINE:
                self.fail(f"is no well-formed JSON, or an entry is {TOO_LONG}")
            self._more()

    def list(self) -> Iterator[Entry]:
        """Take a list, entry by entry; fails where there is something else."""
        self.take("[")
        if self.next() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.take(",", "]") == "]":
                return

    def skip(self, *, is_list: bool) -> None:
        """Take a value and forget it; a list entry by entry."""
        if is_list or self.next() == "[":
            for _ in self.list():
                pass
        else:
            self.value()

    def members(self) -> Iterator[str]:
        """Take an object, key by key; the caller takes each value."""
        self.take("{")
        if self.next() == "}":
            self.take("}")
            return
        while True:
            key = self.value().value
            self.take(":")
            yield str(key)
            if self.take(",", "}") == "}":
                return


def entries(path: Path, wanted: str, heard: Heard | None = None) -> Iterator[Entry]:
    """Yield the entries of the list of that name, ``nodes`` or ``edges``, at the top of a document.

    ``heard`` is told how far the file is read. Raises UnreadableFile where the file is not
    well-formed JSON in UTF-8, or no object with at least one of the two lists.
    """
    with opened(path, heard) as file:
        text = _Text(path, file)
        if not text.next():
            raise UnreadableFile(path, None, "is empty; expected an object with nodes and edges")
        if text.next() != "{":
            text.fail("is no JSON object; expected one with the lists nodes and edges")
        has_list = False
        for key in text.members():
            has_list = has_list or key in LISTS
            if key == wanted:
                yield from text.list()
            else:
                text.skip(is_list=key in LISTS)
        if text.next():
            text.fail("has something after its end")
        if not has_list:
            text.fail("has neither nodes nor edges")
