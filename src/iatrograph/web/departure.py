"""Notices that a client has left while its answer is made, and stops the making."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Self

from iatrograph.web.bodies import ClientGone

if TYPE_CHECKING:
    from types import TracebackType

    from starlette.types import Receive

AFTER_S: Final = 0.05
"""Most answers are there sooner, and are spared the cost of the watch."""


class StopWhenGone:
    """Within this block, the client's departure ends the current task's waiting: ClientGone.

    The request's body must have been read before.
    """

    def __init__(self, receive: Receive) -> None:
        """Take where the server tells of a departure."""
        self._receive = receive
        self._is_gone = False
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.current_task()
        self._later = asyncio.get_running_loop().call_later(AFTER_S, self._begin)
        return self

    def _begin(self) -> None:
        self._watch = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True
        if self._task is not None:
            self._task.cancel()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._later.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if self._is_gone and self._task is not None:
            self._task.uncancel()
            if kind is None or issubclass(kind, asyncio.CancelledError):
                raise ClientGone from None
