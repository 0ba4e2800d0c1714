"""The folder a build works in: one build at a time, nothing of it seen before it is whole.

A build holds a lock on ``build.lock`` for as long as its process lives. So whoever gets the lock
knows that every half-built folder is of a dead build, and takes it away.

Before a release gets its name, all of its files and folders are flushed to the disk (fsync); then
the folder of releases is, and after the switch the folder with the link. What a disk does with a
flush is beyond this.
"""

from __future__ import annotations

import fcntl
import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from iatrograph.release.directory import CURRENT, HIDDEN, RELEASES, unwritable
from iatrograph.release.durable import flush_folder, flush_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from iatrograph.tables.intake import Progress

LOCK: Final = "build.lock"
_WORK: Final = f"{HIDDEN}building-"


@contextmanager
def workspace(data_dir: Path, progress: Progress) -> Iterator[Path]:
    """Yield an empty folder beside the releases; it is gone afterwards unless it was published.

    Waits while another process builds here. Raises InvalidSetting where the folder of releases
    cannot be written.
    """
    with alone(data_dir, progress), _work_folder(data_dir) as folder:
        yield folder


@contextmanager
def alone(data_dir: Path, progress: Progress) -> Iterator[None]:
    """Keep every build away for a while, after the end of one that is under way.

    Raises InvalidSetting where the folder of releases cannot be written.
    """
    try:
        (data_dir / RELEASES).mkdir(parents=True, exist_ok=True)
        lock = (data_dir / LOCK).open("a")
    except OSError as error:
        raise unwritable(data_dir, error) from error
    with lock:
        _wait_for(lock, progress)
        yield


def discard(folder: Path) -> None:
    """Take a release away: at once by name, then its files; what a crash leaves is cleared."""
    shutil.rmtree(folder.rename(folder.with_name(f"{_WORK}{secrets.token_hex(4)}")))


@contextmanager
def _work_folder(data_dir: Path) -> Iterator[Path]:
    folder = data_dir / RELEASES / f"{_WORK}{secrets.token_hex(4)}"
    try:
        _clear(data_dir)
        folder.mkdir()
        yield folder
    except OSError as error:
        raise unwritable(data_dir, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, name: str) -> Path:
    """Give a finished folder its name beside it, in one step, and return its new path."""
    flush_tree(folder)
    published = folder.rename(folder.with_name(name))
    flush_folder(published.parent)
    return published


def _wait_for(lock: IO[str], progress: Progress) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        progress("waiting for another build", 0, None)
        fcntl.flock(lock, fcntl.LOCK_EX)


def _clear(data_dir: Path) -> None:
    for work in (data_dir / RELEASES).glob(f"{_WORK}*"):
        shutil.rmtree(work)
    for link in data_dir.glob(f"{HIDDEN}{CURRENT}-*"):
        link.unlink(missing_ok=True)
