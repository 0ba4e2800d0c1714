"""What of a file has been loaded so far, beside its place, with the ETag that it came with."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_STRONG: Final = re.compile(r'"[\x21\x23-\x7e]*"')


class Part:
    """The bytes ``NAME.part``, and ``NAME.part.etag`` for going on in another run.

    Methods raise OSError.
    """

    def __init__(self, target: Path) -> None:
        """Take the place of the finished file."""
        self._target = target
        self.path = target.with_name(f"{target.name}.part")
        self._etag_path = target.with_name(f"{target.name}.part.etag")
        self.is_patched = self.size > 0
        """Whether its bytes came in more than one answer, perhaps of another run."""

    @property
    def size(self) -> int:
        """Bytes so far."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def etag(self) -> str:
        """The ETag of what was begun; empty where none is known by which one could go on."""
        try:
            etag = self._etag_path.read_text("latin-1")
        except FileNotFoundError:
            return ""
        return etag if _STRONG.fullmatch(etag) else ""

    def begin(self, etag: str) -> None:
        """Forget what is there; remember an ETag for going on. A weak one says too little."""
        self.discard()
        if _STRONG.fullmatch(etag):
            self._etag_path.write_text(etag, "latin-1")

    def add(self, chunks: Iterable[bytes]) -> Iterator[int]:
        """Write at the end, and yield after each chunk how many bytes there are."""
        size = self.size
        with self.path.open("ab") as file:
            for chunk in chunks:
                file.write(chunk)
                size += len(chunk)
                yield size

    def sha256(self) -> str:
        """Return the hash of all of it."""
        return sha256_of(self.path)

    def finish(self) -> None:
        """Give it the name of the file, in one step."""
        self.path.replace(self._target)
        self._etag_path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Take it away."""
        self.is_patched = False
        for path in (self.path, self._etag_path):
            path.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
