"""One worker process as the server sees it: started, asked, killed, mourned."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from iatrograph.errors import (
    EngineUnavailable,
    IatrographError,
    LimitExceeded,
    MalformedQuery,
    QueryRefused,
)
from iatrograph.store.framing import (
    DONE,
    FAILED,
    HEADER,
    PART,
    READY,
    Failure,
    Order,
    Setup,
    frame,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.store.reply import Reply

LOGGER: Final = logging.getLogger(__name__)
_KEPT_ENVIRONMENT: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR")


class WorkerProcess(asyncio.Protocol):
    """A child process with one query at a time; ``on_free`` and ``on_death`` tell its pool."""

    def __init__(
        self,
        setup: Setup,
        on_free: Callable[[WorkerProcess], None],
        on_death: Callable[[WorkerProcess], None],
    ) -> None:
        """Take what the worker is told, and whom to tell when it is free or dead."""
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.reply: Reply | None = None
        self.asked_at = 0.0
        self.verdict: IatrographError | None = None
        """Why it was killed, told to whoever waits for its answer."""
        self.process: subprocess.Popen[bytes] | None = None
        self._setup, self._on_free, self._on_death = setup, on_free, on_death
        self._order: Order | None = None
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()

    async def start(self) -> None:
        """Start the process; ``ready`` is done once its store is open."""
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  # our own module
                [sys.executable, "-P", "-m", "iatrograph.store.worker", str(os.getpid())],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={k: v for k, v in os.environ.items() if k in _KEPT_ENVIRONMENT},
            )
        ours.setblocking(False)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_connection(lambda: self, sock=ours)
        self._transport = transport
        transport.write(frame(b"s", self._setup.pack()))

    def ask(self, order: Order, reply: Reply, now: float) -> None:
        """Send a query; its frames go to the reply."""
        assert self._transport is not None  # noqa: S101  # the pool leases only started workers
        self._order, self.reply, self.asked_at = order, reply, now
        self._transport.write(frame(b"q", order.pack()))

    def kill(self, verdict: IatrographError) -> None:
        """End the process at once, whatever it is doing."""
        self.verdict = self.verdict or verdict
        if self.process is not None:
            self.process.kill()

    def data_received(self, data: bytes) -> None:
        """Take bytes from the worker apart into frames."""
        self._received += data
        start, received = 0, self._received
        while len(received) >= start + HEADER.size:
            kind, size = HEADER.unpack_from(received, start)
            end = start + HEADER.size + size
            if len(received) < end:
                break
            self._take(kind, bytes(received[start + HEADER.size : end]))
            start = end
        del received[:start]

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == READY and not self.ready.done():
            self.ready.set_result(None)
        elif kind == FAILED and not self.ready.done():
            self.verdict = EngineUnavailable(f"no store: {Failure.unpack(payload).message}")
        elif self.reply is not None:
            self._take_answer(self.reply, kind, payload)

    def _take_answer(self, reply: Reply, kind: bytes, payload: bytes) -> None:
        if kind == PART:
            reply.feed(payload)
            return
        if kind == DONE:
            reply.finish(payload)
        elif self._order is not None:
            reply.fail(_error_of(Failure.unpack(payload), self._order, self._setup))
        self.reply = None
        if self.verdict is None:  # else it answered in the moment it was killed
            self._on_free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the pool, which mourns and replaces it."""
        del exc
        self._on_death(self)

    async def mourn(self) -> IatrographError:
        """Wait until the process is gone; tell why it went, also to its reply."""
        if self._transport is not None:
            self._transport.close()
        code = await asyncio.to_thread(self.process.wait) if self.process is not None else 0
        error = self.verdict or _error_of_exit(code, self._setup)
        if self.reply is not None:
            self.reply.fail(error)
            self.reply = None
        if not self.ready.done():
            self.ready.set_result(None)
            self.verdict = error
        return error


def _error_of(failure: Failure, order: Order, setup: Setup) -> IatrographError:
    if failure.kind == "syntax":
        place = (failure.line, failure.column) if failure.line else (None, None)
        return MalformedQuery(failure.message, *place)
    if failure.kind == "rows":
        return LimitExceeded("query_max_rows", order.max_rows)
    if failure.kind == "bytes":
        return LimitExceeded("query_max_answer_mb", order.max_bytes >> 20)
    if failure.kind == "memory":
        return _out_of_memory(setup)
    if failure.kind == "function":
        return QueryRefused(failure.message, "use the functions that SPARQL 1.1 names")
    LOGGER.warning("the engine could not answer a query: %s", failure.message)
    return EngineUnavailable("the engine could not answer this query")


def _error_of_exit(code: int, setup: Setup) -> IatrographError:
    """Read the exit status: the engine aborts where it gets no memory."""
    if code == -signal.SIGABRT:
        return _out_of_memory(setup)
    if code == -signal.SIGSEGV:
        return EngineUnavailable("the query is nested too deeply for the engine; simplify it")
    return EngineUnavailable("the worker that evaluated the query ended; try again")


def _out_of_memory(setup: Setup) -> LimitExceeded:
    return LimitExceeded("query_memory_mb", setup.memory_bytes >> 20)
