"""A file set in a folder: loading what is missing there, and taking what was fetched."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from iatrograph.errors import DownloadFailed, UnreadableFile
from iatrograph.fetching.download import Told, download, is_there, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iatrograph.fetching.filesets import FileSet, PinnedFile
    from iatrograph.fetching.https import Client

DOWNLOADS: Final = "downloads"
LOCK: Final = ".fetch.lock"


def downloads(data_dir: Path, name: str) -> Path:
    """Return where a file set is kept unless another folder is named."""
    return data_dir / DOWNLOADS / name


def missing(wanted: FileSet, folder: Path) -> tuple[PinnedFile, ...]:
    """Return the files that are not in a folder with their pinned sizes and hashes."""
    return tuple(file for file in wanted.files if not is_there(file, folder))


def fetched(wanted: FileSet, data_dir: Path) -> Path:
    """Return the folder of a set that was fetched, every file as pinned.

    Raises UnreadableFile where it was not, or one of its files has been changed.
    """
    folder = downloads(data_dir, wanted.name)
    if lacking := missing(wanted, folder):
        names = ", ".join(file.name for file in lacking)
        remedy = f"`iatrograph fetch {wanted.name}` loads what is missing"
        raise UnreadableFile(folder, None, f"has no {names} as published; {remedy}")
    return folder


def fetch(
    client: Client, wanted: FileSet, folder: Path, told: Told, *, may_replace: bool = True
) -> tuple[PinnedFile, ...]:
    """Load what a folder lacks of a set; return the files that were loaded.

    Waits while another process loads into that folder. Raises DownloadFailed where a file cannot be
    had or written, or, unless files may be replaced, where another one has its name.
    """
    with _alone(wanted, folder, told):
        lacking = missing(wanted, folder)
        for file in lacking:
            if not may_replace and (folder / file.name).exists():
                what = f"{folder / file.name} is there and is another file"
                raise DownloadFailed(file.address, what, "move it away, or name another folder")
        for file in lacking:
            download(client, file, folder, told)
    return lacking


@contextmanager
def _alone(wanted: FileSet, folder: Path, told: Told) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("a")
    except OSError as error:
        raise unwritable(wanted.files[0].address, folder, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told.trouble("waiting for another `iatrograph fetch` into this folder")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
