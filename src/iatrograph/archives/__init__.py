"""Files that may be compressed, read as the bytes that are in them."""

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

_COMPRESSED: Final = frozenset({".gz", ".bz2", ".xz", ".zst"})
_DAMAGED: Final = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstd.ZstdError)


def plain_suffix(path: Path) -> str:
    """Return the ending of a name without that of the compression: ``.tsv`` of ``a.tsv.gz``."""
    return (path.with_suffix("") if path.suffix in _COMPRESSED else path).suffix.casefold()


@contextmanager
def opened(path: Path) -> Iterator[BufferedIOBase]:
    """Open a file for reading its bytes, unpacked where its name says that it is compressed.

    Raises UnreadableFile, also while it is read, where that fails or the archive is damaged or cut.
    """
    try:
        with _open(path) as file:
            yield file
    except _DAMAGED as error:
        raise UnreadableFile(
            path, None, f"damaged or cut archive ({error}); fetch it again"
        ) from error
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
