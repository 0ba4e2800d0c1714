"""The lines of a text file, plain or compressed, whatever is in it and however long they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.archives import opened
from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

    from iatrograph.importers.rejects import Rejects

LONGEST_LINE: Final = 1 << 20
"""Bytes of a line; a longer one is rejected and never held whole."""

TOO_LONG: Final = f"longer than {LONGEST_LINE >> 20} MiB"
NO_UTF8: Final = "no UTF-8"

_OTHER: Final = {
    b"\xff\xfe": "is UTF-16; save it as UTF-8",
    b"\xfe\xff": "is UTF-16; save it as UTF-8",
    b"\x1f\x8b": "is compressed with gzip; give its name the ending .gz",
    b"BZh91AY&SY": "is compressed with bzip2; give its name the ending .bz2",
    b"\xfd7zXZ": "is compressed with xz; give its name the ending .xz",
    b"\x28\xb5\x2f\xfd": "is compressed with zstd; give its name the ending .zst",
    b"PK\x03\x04": "is a zip archive; unpack it",
}
"""What a file begins with that is no text, and what to do about it."""


def lines(path: Path, rejects: Rejects) -> Iterator[tuple[int, str]]:
    """Yield each line with its 1-based number, without line end and byte order mark.

    Lines that are no UTF-8, or too long, are rejected. Raises UnreadableFile where the file cannot
    be opened, its archive is damaged or cut, or it begins as no text does.
    """
    with opened(path, rejects.heard) as file:
        number = 0
        while chunk := file.readline(LONGEST_LINE + 1):
            number += 1
            if number == 1:
                _check_beginning(path, chunk)
            if len(chunk) > LONGEST_LINE and not chunk.endswith(b"\n"):
                rejects.add(path, number, TOO_LONG, chunk[:100].decode(errors="replace"))
                _skip_line(file)
                continue
            content = chunk.rstrip(b"\r\n")
            try:
                text = content.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                rejects.add(path, number, NO_UTF8, content.decode(errors="replace"))
            else:
                yield number, text


def _skip_line(file: BufferedIOBase) -> None:
    while chunk := file.readline(LONGEST_LINE):
        if chunk.endswith(b"\n"):
            return


def _check_beginning(path: Path, chunk: bytes) -> None:
    for beginning, reason in _OTHER.items():
        if chunk.startswith(beginning):
            raise UnreadableFile(path, None, reason)
