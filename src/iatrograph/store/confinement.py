"""Takes from a worker process everything it does not need to answer queries.

What holds where: the limits on memory, files, sockets and core dumps on Linux and macOS (macOS
does not enforce the one on memory); death with the parent on Linux, elsewhere by the alarm clock
of the running query and the end of the socket.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

STACK_BYTES: Final = 96 << 20
"""The parser recurses. Linux keeps at least 128 MB free below the stack of the main thread."""

FILES_WHILE_OPENING: Final = 1 << 16
_TABLES: Final = "*.sst"
"""The files of a store that its engine opens one by one, some of them when a query needs them."""
_DESCRIPTORS: Final = Path("/dev/fd")
_PR_SET_PDEATHSIG: Final = 1
_NOTHING: Final = contextlib.nullcontext()


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel was told
        os._exit(1)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


def ending_after(seconds: float) -> contextlib.AbstractContextManager[None]:
    """Have a runaway query end even where the server is gone and could not take it along."""
    return _NOTHING if sys.platform == "linux" else _alarm(seconds)


def prepare() -> None:
    """Allow what opening a store takes: all its files at once, so that none is opened later."""
    _allow(resource.RLIMIT_NOFILE, FILES_WHILE_OPENING)
    _allow(resource.RLIMIT_STACK, STACK_BYTES)


def confine(memory_bytes: int, store: Path) -> None:
    """Forbid to write, to dump, to open more than the store needs; cap memory over what is used.

    The engine opens the first files of a store at once, the others of a large one when a query
    comes to them: so many may still be opened, and no socket or file beyond.
    """
    space, files = _address_space(), _descriptors_for(_unopened(store))  # now: it takes files
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))
    if space:
        resource.setrlimit(resource.RLIMIT_AS, (space + memory_bytes, space + memory_bytes))


def _opened() -> dict[int, os.stat_result]:
    """Return the descriptors in use with what they lead to."""
    found = {}
    for name in os.listdir(_DESCRIPTORS):  # noqa: PTH208  # the names are numbers, no paths
        with contextlib.suppress(OSError):  # that by which the folder was listed
            found[int(name)] = os.fstat(int(name))
    return found


def _unopened(store: Path) -> int:
    """Return how many files of a store are not open yet."""
    own = {(seen.st_dev, seen.st_ino) for seen in _opened().values()}
    files = [path.stat() for path in store.glob(_TABLES)]
    return sum((file.st_dev, file.st_ino) not in own for file in files)


def _descriptors_for(files: int) -> int:
    """Return the limit on descriptors under which so many more can be had."""
    limit = files
    for descriptor in sorted(_opened()):
        limit += descriptor < limit
    return limit


def _address_space() -> int:
    """Return the bytes of address space in use, 0 where the platform does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _allow(limit: int, wanted: int) -> None:
    _, hard = resource.getrlimit(limit)
    value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(limit, (value, hard))
