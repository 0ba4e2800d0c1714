"""The compressions that files may come in."""

from __future__ import annotations

import bz2
import gzip
import lzma
from typing import TYPE_CHECKING, Final

from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

PACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}
"""By the ending of the name."""
