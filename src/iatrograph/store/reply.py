"""The answer of one query as it arrives: whole while it is small, a stream once it is not.

A worker is never held up by a slow reader. What the reader has not taken yet waits in memory up to
a bound and then in an unnamed file, and all answers together have a quota for such files. So a slow
reader costs no worker, no memory without end, and an answer that was good stays good.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import deque
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from iatrograph.errors import EngineUnavailable, IatrographError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

TAKE_BYTES: Final = 1 << 18


@dataclass(slots=True)
class Quota:
    """Bytes on disk that all answers of a pool may have waiting."""

    left: int


class Backlog:
    """Bytes that wait for a reader, the first in memory, later ones in a file."""

    def __init__(self, memory_bytes: int, quota: Quota) -> None:
        """Take the bound of the part in memory and the quota of the part on disk."""
        self._room, self._quota = memory_bytes, quota
        self._memory: deque[bytes] = deque()
        self._file: IO[bytes] | None = None
        self._read_at = self._written = 0

    def put(self, piece: bytes) -> None:
        """Add a piece; raises EngineUnavailable where the disk or the quota is full."""
        if self._written == self._read_at and len(piece) <= self._room:
            self._memory.append(piece)
            self._room -= len(piece)
        else:
            self._put_on_disk(piece)

    def _put_on_disk(self, piece: bytes) -> None:
        if len(piece) > self._quota.left:
            raise EngineUnavailable("too many answers wait for slow readers; this one was ended")
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # closed by close
            self._file.seek(self._written)
            self._file.write(piece)
        except OSError as error:
            raise EngineUnavailable("no room on disk for an answer with a slow reader") from error
        self._written += len(piece)
        self._quota.left -= len(piece)

    def take(self) -> bytes:
        """Return the bytes that come next, empty where none wait."""
        if self._memory:
            piece = self._memory.popleft()
            self._room += len(piece)
            return piece
        if self._file is None or self._written == self._read_at:
            return b""
        self._file.seek(self._read_at)
        piece = self._file.read(min(TAKE_BYTES, self._written - self._read_at))
        self._read_at += len(piece)
        self._quota.left += len(piece)
        return piece

    def close(self) -> None:
        """Give memory, file and quota back."""
        self._memory.clear()
        self._quota.left += self._written - self._read_at
        self._read_at = self._written
        if self._file is not None:
            self._file.close()
            self._file = None


class Reply:
    """One answer: ``whole`` where it is small; else ``pieces()`` while it is still written."""

    def __init__(self, loop: asyncio.AbstractEventLoop, whole_bytes: int, quota: Quota) -> None:
        """Take the size up to which an answer is collected whole, in bytes."""
        self.head: asyncio.Future[None] = loop.create_future()
        """Done when the answer is whole, has failed, or is too large to be collected."""
        self.failure: IatrographError | None = None
        self.whole: bytes | None = None
        self.is_ended = False
        self.is_closed = False
        self.on_end: Callable[[], object] | None = None
        self._whole_bytes, self._quota = whole_bytes, quota
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._backlog: Backlog | None = None
        self._news = asyncio.Event()

    def feed(self, piece: bytes) -> None:
        """Take bytes from the worker."""
        if self.is_closed or self.failure:
            return
        if self._backlog is None:
            self._hold(piece)
        else:
            self._store(self._backlog, piece)

    def _hold(self, piece: bytes) -> None:
        self._held.append(piece)
        self._held_bytes += len(piece)
        if self._held_bytes > self._whole_bytes:
            backlog = self._backlog = Backlog(2 * self._whole_bytes, self._quota)
            for held in self._held:
                self._store(backlog, held)
            self._held.clear()
            self._tell()

    def _store(self, backlog: Backlog, piece: bytes) -> None:
        try:
            backlog.put(piece)
        except EngineUnavailable as error:
            self.fail(error)
        self._news.set()

    def finish(self, piece: bytes) -> None:
        """Take the last bytes."""
        if self._backlog is None and not self._held and len(piece) <= self._whole_bytes:
            self.whole = piece
        else:
            self.feed(piece)
            if self._backlog is None:
                self.whole = b"".join(self._held)
        self._end()

    def fail(self, error: IatrographError) -> None:
        """End the answer with a failure."""
        if not self.is_ended:
            self.failure = self.failure or error
            self._end()

    def close(self) -> None:
        """Give the answer up; nothing of it is kept."""
        self.is_closed = True
        self._held.clear()
        if self._backlog is not None:
            self._backlog.close()
        self._tell()

    def _end(self) -> None:
        self.is_ended = True
        if self.on_end is not None:
            self.on_end()
        self._news.set()
        self._tell()

    def _tell(self) -> None:
        if not self.head.done():
            self.head.set_result(None)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the bytes of an answer that was too large to be whole.

        Raises the failure, where one comes after the first bytes.
        """
        while self._backlog is not None:
            self._news.clear()
            while (piece := self._backlog.take()) and not self.failure:
                yield piece
            if self.failure:
                raise self.failure
            if self.is_ended:
                return
            await self._news.wait()
