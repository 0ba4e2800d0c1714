"""How far a file is read by something that does not tell: the engine while it loads."""

from __future__ import annotations

import os
import re
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOK_EVERY_S: Final = 0.5

_DESCRIPTORS: Final = Path("/proc/self/fd")
_POSITION: Final = re.compile(r"^pos:\s*(\d+)$", re.MULTILINE)


@contextmanager
def watched(path: Path, heard: Callable[[int], None]) -> Iterator[None]:
    """Tell now and then how many bytes of a file were read, where the system knows (Linux).

    ``heard`` is called from another thread.
    """
    is_over = threading.Event()
    thread = threading.Thread(target=_watch, args=(path.resolve(), heard, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _watch(path: Path, heard: Callable[[int], None], is_over: threading.Event) -> None:
    while not is_over.wait(LOOK_EVERY_S):
        position = _position(path)
        if position is not None:
            heard(position)


def _position(path: Path) -> int | None:
    """Return where the process is in a file that it has open, None if it has not."""
    with suppress(OSError):
        for name in os.listdir(_DESCRIPTORS):  # noqa: PTH208  # the names are numbers, no paths
            with suppress(OSError):  # closed meanwhile
                if Path(_DESCRIPTORS, name).readlink() == path:
                    told = Path("/proc/self/fdinfo", name).read_text("ascii")
                    found = _POSITION.search(told)
                    return int(found[1]) if found else None
    return None
