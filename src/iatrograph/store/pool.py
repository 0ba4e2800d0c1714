"""A pool of query workers: leases them, ends queries at their deadline, replaces the dead.

Rules. A query waits for a worker no longer than ``PATIENCE_S`` and only while fewer than the queue
allows wait already; else it is refused as Busy. While queries wait and every worker has been at its
query for longer than ``SHARE_S``, the youngest of those queries is ended as Busy too, so that one
worker less than all of them can be held by long queries; an answer that has begun is left alone. A
query that nobody waits for any more is ended after ``GRACE_S``.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from iatrograph.errors import Busy, EngineUnavailable, IatrographError, QueryTimeout
from iatrograph.store.framing import Order, Setup
from iatrograph.store.process import WorkerProcess
from iatrograph.store.reply import Quota, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PATIENCE_S: Final = 1.8
SHARE_S: Final = 0.5
GRACE_S: Final = 0.25
START_TIMEOUT_S: Final = 60.0
RETRY_S: Final = (0.0, 0.2, 1.0, 5.0)
WHOLE_BYTES: Final = 1 << 20
WAITING_BYTES: Final = 1 << 30


class WorkerPool:
    """Worker processes over one store; everything happens on one event loop."""

    def __init__(
        self,
        store: Path,
        *,
        prefixes: Mapping[str, str],
        workers: int = 2,
        timeout_s: float = 10.0,
        memory_mb: int = 1024,
        max_rows: int = 1_000_000,
        max_answer_mb: int = 256,
        queue: int = 32,
    ) -> None:
        """Take the folder of a store and the settings of the same names; starts nothing yet."""
        self.timeout_s = timeout_s
        self.prefixes: Mapping[str, str] = dict(prefixes)
        self._setup = Setup(str(store.resolve()), memory_mb << 20, dict(prefixes))
        self._size, self._queue = workers, queue
        self._max_rows, self._max_bytes = max_rows, max_answer_mb << 20
        self._workers: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._replacing: set[asyncio.Task[None]] = set()
        self._quota = Quota(WAITING_BYTES)
        self._make_room_later: asyncio.TimerHandle | None = None
        self._closing = asyncio.Event()

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that are there now."""
        return tuple(w.process.pid for w in self._workers if w.process is not None)

    async def start(self) -> None:
        """Start all workers and wait until each can answer.

        Raises EngineUnavailable where the store cannot be opened.
        """
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await asyncio.gather(*(self._start_one() for _ in range(self._size)))
        except TimeoutError:
            await self.close()
            raise EngineUnavailable("the query workers did not start in time") from None
        except EngineUnavailable:
            await self.close()
            raise

    async def _start_one(self) -> None:
        worker = WorkerProcess(self._setup, self._release, self._bury)
        self._workers.add(worker)
        try:
            await worker.start()
        except OSError as error:
            self._workers.discard(worker)
            raise EngineUnavailable(f"no query worker can be started: {error}") from error
        await worker.ready
        if worker.verdict is not None:
            raise worker.verdict
        self._release(worker)

    async def close(self) -> None:
        """End all workers and refuse whoever still waits."""
        self._closing.set()
        stopping = EngineUnavailable("the server is stopping")
        for leased in self._waiting:
            if not leased.done():
                leased.set_exception(stopping)
        await self._end_all(stopping)
        await asyncio.gather(*self._replacing)  # one may just have started a worker
        await self._end_all(stopping)

    async def _end_all(self, verdict: IatrographError) -> None:
        workers = list(self._workers)
        for worker in workers:
            worker.kill(verdict)
        for worker in workers:
            await worker.mourn()
        self._workers.difference_update(workers)

    async def ask(
        self,
        text: str,
        *,
        format: str,
        is_graph: bool,
        default_graph: bool = True,
        prefixes: tuple[str, ...] = (),
    ) -> Reply:
        """Evaluate a query; return once it is answered whole, or its answer has grown large.

        Close the reply of a large answer when done with it. Raises MalformedQuery, QueryRefused,
        LimitExceeded, QueryTimeout, Busy and EngineUnavailable.
        """
        order = Order(
            text,
            format,
            is_graph,
            default_graph,
            self.timeout_s,
            self._max_rows,
            self._max_bytes,
            prefixes,
        )
        worker = await self._lease()
        loop = asyncio.get_running_loop()
        reply = Reply(loop, WHOLE_BYTES, self._quota)
        worker.ask(order, reply, loop.time())
        deadline = loop.call_later(self.timeout_s, self._expire, worker, reply)
        reply.on_end = deadline.cancel
        try:
            await reply.head
        except asyncio.CancelledError:
            self.abandon(reply)
            raise
        if reply.failure is not None:
            raise reply.failure
        return reply

    def abandon(self, reply: Reply) -> None:
        """Give an answer up; the worker is killed where it does not end by itself."""
        reply.close()
        if not reply.is_ended:
            asyncio.get_running_loop().call_later(GRACE_S, self._end_abandoned, reply)

    def _end_abandoned(self, reply: Reply) -> None:
        for worker in self._workers:
            if worker.reply is reply:
                worker.kill(EngineUnavailable("nobody waited for the answer any more"))

    def _expire(self, worker: WorkerProcess, reply: Reply) -> None:
        if worker.reply is reply:
            worker.kill(QueryTimeout(self.timeout_s))

    async def _lease(self) -> WorkerProcess:
        while True:
            worker = self._idle.pop() if self._idle else await self._wait()
            if worker in self._workers:  # else it died between being free and being leased
                return worker

    async def _wait(self) -> WorkerProcess:
        if self._closing.is_set():
            raise EngineUnavailable("the server is stopping")
        if len(self._waiting) >= self._queue:
            raise Busy(len(self._waiting))
        leased: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(leased)
        self._watch()
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await asyncio.shield(leased)
        except TimeoutError:
            self._leave(leased)
            raise Busy(len(self._waiting)) from None
        except asyncio.CancelledError:
            self._leave(leased)
            raise

    def _leave(self, leased: asyncio.Future[WorkerProcess]) -> None:
        """Stop waiting; a worker that was leased in the same moment is given back."""
        with suppress(ValueError):
            self._waiting.remove(leased)
        if leased.done() and leased.exception() is None:
            self._release(leased.result())

    def _release(self, worker: WorkerProcess) -> None:
        while self._waiting:
            leased = self._waiting.popleft()
            if not leased.done():
                leased.set_result(worker)
                return
        self._idle.append(worker)

    def _watch(self) -> None:
        if self._make_room_later is None and self._size > 1:
            loop = asyncio.get_running_loop()
            self._make_room_later = loop.call_later(SHARE_S / 4, self._make_room)

    def _make_room(self) -> None:
        self._make_room_later = None
        if not self._waiting or self._closing.is_set():
            return
        long_ago = asyncio.get_running_loop().time() - SHARE_S
        held = [w for w in self._workers if w.reply is not None and w.asked_at <= long_ago]
        silent = [w for w in held if w.reply is not None and not w.reply.head.done()]
        if len(held) >= self._size and silent:
            max(silent, key=lambda w: w.asked_at).kill(Busy(len(self._waiting)))
        self._watch()

    def _bury(self, worker: WorkerProcess) -> None:
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if self._closing.is_set():
            self._workers.add(worker)  # close mourns it
            return
        task = asyncio.get_running_loop().create_task(self._replace(worker))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _replace(self, worker: WorkerProcess) -> None:
        """Mourn the worker and start another, later and later where that fails."""
        was_ready = worker.ready.done()
        await worker.mourn()
        if not was_ready:
            return  # whoever started it is told, and starts it again or not
        for attempt in itertools.count():
            delay_s = RETRY_S[min(attempt, len(RETRY_S) - 1)]
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), delay_s)
            if self._closing.is_set():
                return
            with suppress(IatrographError):
                await self._start_one()
                return
