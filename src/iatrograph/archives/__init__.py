"""Files that may be compressed, read as the bytes that are in them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Final

from backports import zstd

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from io import BufferedIOBase
    from pathlib import Path

    Heard = Callable[[Path, int, int], None]
    """Is told of a file how many of its bytes, packed as they are, were read; and its size."""

_COMPRESSED: Final = frozenset({".gz", ".bz2", ".xz", ".zst"})
_PIECE: Final = 1 << 16
"""Bytes that are read of a file at once."""
_DAMAGED: Final = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstd.ZstdError)


def plain_suffix(path: Path) -> str:
    """Return the ending of a name without that of the compression: ``.tsv`` of ``a.tsv.gz``."""
    return (path.with_suffix("") if path.suffix in _COMPRESSED else path).suffix.casefold()


@contextmanager
def opened(path: Path, heard: Heard | None = None) -> Iterator[BufferedIOBase]:
    """Open a file for reading its bytes, unpacked where its name says that it is compressed.

    ``heard`` is told, piece by piece, how far the file is read. Raises UnreadableFile, also while
    it is read, where that fails or the archive is damaged or cut.
    """
    try:
        with (
            io.BufferedReader(_Watched(path, heard), _PIECE) as packed,
            _unpacked(path, packed) as file,
        ):
            yield file
    except _DAMAGED as error:
        raise UnreadableFile(
            path, None, f"damaged or cut archive ({error}); fetch it again"
        ) from error
    except OSError as error:
        raise UnreadableFile(path, None, error.strerror or str(error)) from error


class _Watched(io.FileIO):
    """A file that tells how far it is read."""

    def __init__(self, path: Path, heard: Heard | None) -> None:
        super().__init__(path)
        self._path, self._heard, self._done = path, heard, 0
        self._size = path.stat().st_size

    def readinto(self, buffer: Any, /) -> int | None:
        count = super().readinto(buffer)
        self._tell(count or 0)
        return count

    def readall(self) -> bytes:
        rest = super().readall()
        self._tell(len(rest))
        return rest

    def _tell(self, count: int) -> None:
        if count and self._heard is not None:
            self._done += count
            self._heard(self._path, self._done, self._size)


def _unpacked(
    path: Path, packed: io.BufferedReader[_Watched]
) -> AbstractContextManager[BufferedIOBase]:
    match path.suffix:
        case ".gz":
            return gzip.open(packed, "rb")
        case ".bz2":
            return bz2.open(packed, "rb")
        case ".xz":
            return lzma.open(packed, "rb")
        case ".zst":
            return zstd.open(packed, "rb")
        case _:
            return nullcontext(packed)
