"""The lines of a text file, plain or compressed, whatever is in it and however long they are."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from backports import zstd

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

_COMPRESSED: Final = frozenset({".gz", ".bz2", ".xz", ".zst"})
_DAMAGED: Final = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstd.ZstdError)


def plain_suffix(path: Path) -> str:
    """Return the ending of a name without that of the compression: ``.tsv`` of ``a.tsv.gz``."""
    return (path.with_suffix("") if path.suffix in _COMPRESSED else path).suffix.casefold()


def lines(path: Path, rejects: Rejects) -> Iterator[tuple[int, str]]:
    """Yield each line with its 1-based number, without line end and byte order mark.

    Lines that are no UTF-8, or too long, are rejected. Raises UnreadableFile where the file cannot
    be opened, its archive is damaged or cut, or it begins as no text does.
    """
    with opened(path) as file:
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


@contextmanager
def opened(path: Path) -> Iterator[BufferedIOBase]:
    """Open a file for reading its bytes, unpacked where its name says that it is compressed.

    Raises UnreadableFile, also while it is read, where that fails or the archive is damaged or cut.
    """
    try:
        with _open(path) as file:
            yield file
    except _DAMAGED as error:
        raise UnreadableFile(path, None, f"damaged or cut archive ({error})") from error
    except OSError as error:
        raise UnreadableFile(path, None, error.strerror or str(error)) from error


def _open(path: Path) -> BufferedIOBase:
    match path.suffix:
        case ".gz":
            return gzip.open(path, "rb")
        case ".bz2":
            return bz2.open(path, "rb")
        case ".xz":
            return lzma.open(path, "rb")
        case ".zst":
            return zstd.open(path, "rb")
        case _:
            return path.open("rb")
