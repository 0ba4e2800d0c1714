"""One file is loaded, on from where it stopped, and gets its name when its hash is right."""

from __future__ import annotations

import errno
import re
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.errors import DownloadFailed
from iatrograph.fetching.https import BY_HAND, Passing
from iatrograph.fetching.part import Part, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from iatrograph.fetching.filesets import PinnedFile
    from iatrograph.fetching.https import Client

TRIES: Final = 4
"""How often a file is asked for without a byte more than ever before."""
FIRST_WAIT_S: Final = 1.0
AGAIN: Final = "the same command goes on from there"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,18})-\d+/(\d+|\*)")


class Told(NamedTuple):
    """Whom to tell of progress, and how to wait."""

    progress: Callable[[str, int, int], None] = lambda _name, _done, _total: None
    """Takes name, bytes there and bytes in all."""
    trouble: Callable[[str], None] = lambda _text: None
    wait: Callable[[float], None] = time.sleep


def is_there(file: PinnedFile, folder: Path) -> bool:
    """Whether a file is in a folder with the pinned size and hash."""
    path = folder / file.name
    is_sized = path.is_file() and path.stat().st_size == file.size
    return is_sized and sha256_of(path) == file.sha256


def download(client: Client, file: PinnedFile, folder: Path, told: Told) -> None:
    """Load a file into a folder that exists, in place of what has its name there.

    What was loaded stays for the next run where this one is stopped or the connection fails. Raises
    DownloadFailed where it cannot be had, cannot be written, or is not what was pinned; nothing
    is left of what is wrong.
    """
    part = Part(folder / file.name)
    try:
        _load_right(client, file, part, told)
        part.finish()
    except OSError as error:
        raise unwritable(file.address, part.path, error) from error


def unwritable(address: str, path: Path, error: OSError) -> DownloadFailed:
    """Return the error that says that a path cannot be written."""
    what = f"cannot write {path}: {error.strerror or error}"
    if error.errno in _FULL:
        return DownloadFailed(
            address, what, f"make room, or name another folder with --to; {AGAIN}"
        )
    return DownloadFailed(address, what, "name a folder that can be written with --to")


def _load_right(client: Client, file: PinnedFile, part: Part, told: Told) -> None:
    """Load until the hash is right. A part that was pieced together is given one fresh try."""
    for is_last in (False, True):
        _load_all(client, file, part, told)
        found, is_patched = part.sha256(), part.is_patched
        if found == file.sha256:
            return
        part.discard()
        if is_last or not is_patched:
            break
        told.trouble(f"{file.name}: what was pieced together is not the file; it is loaded anew")
    what = f"its SHA-256 is {found}, not {file.sha256} as pinned; nothing of it was kept"
    raise DownloadFailed(file.address, what, BY_HAND)


def _load_all(client: Client, file: PinnedFile, part: Part, told: Told) -> None:
    """Load what is missing, again and again while tries get further."""
    if part.size > file.size:
        part.discard()
    most, failures = part.size, 0
    while part.size < file.size:
        try:
            _load_some(client, file, part, told)
        except Passing as trouble:
            failures = 1 if part.size > most else failures + 1
            most = max(most, part.size)
            if failures == TRIES:
                kept = f"; {part.size:,} of {file.size:,} bytes are kept" if part.size else ""
                remedy = f"check the connection and try again: {AGAIN}"
                raise DownloadFailed(file.address, f"{trouble}{kept}", remedy) from trouble
            wait_s = max(trouble.wait_s, FIRST_WAIT_S * 2 ** (failures - 1))
            told.trouble(f"{file.name}: {trouble}; trying again in {wait_s:g} s")
            told.wait(wait_s)


def _load_some(client: Client, file: PinnedFile, part: Part, told: Told) -> None:
    """Ask once, for the rest of what is there, and add what comes."""
    done = part.size
    headers = {"Range": f"bytes={done}-"} if done else {}
    if done and part.etag:
        headers["If-Range"] = part.etag
    with client.answer(file.address, headers) as response:
        if response.status_code == 200:
            _check_length(file, response)
            part.begin(response.headers.get("ETag", ""))
        elif _is_the_rest(response, done, file.size):
            part.is_patched = True
        else:
            part.discard()
            raise Passing("the server has not the part that was asked for; it is loaded anew")
        told.progress(file.name, part.size, file.size)
        for size in part.add(_within(file, part, response)):
            told.progress(file.name, size, file.size)
    if part.size < file.size:
        raise Passing(f"the answer ended after {part.size:,} of {file.size:,} bytes")


def _check_length(file: PinnedFile, response: httpx.Response) -> None:
    """Refuse a body that says it is of another size, before anything is given up for it."""
    length = response.headers.get("Content-Length", "")
    if (
        length.isdecimal()
        and "Content-Encoding" not in response.headers
        and int(length) != file.size
    ):
        what = f"{int(length):,} bytes are there, not {file.size:,} as pinned; nothing was loaded"
        raise DownloadFailed(file.address, what, BY_HAND)


def _is_the_rest(response: httpx.Response, start: int, size: int) -> bool:
    """Whether it is the bytes from a place on, of a file of a size."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return (
        response.status_code == 206
        and "Content-Encoding" not in response.headers
        and found is not None
        and int(found[1]) == start > 0
        and found[2] in {str(size), "*"}
    )


def _within(file: PinnedFile, part: Part, response: httpx.Response) -> Iterator[bytes]:
    """Yield the body as it comes; one that goes beyond the pinned size is given up."""
    size = part.size
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > file.size:
            part.discard()
            what = f"more than the pinned {file.size:,} bytes come; nothing of it was kept"
            raise DownloadFailed(file.address, what, BY_HAND)
        yield chunk
