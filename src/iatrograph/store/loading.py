"""Writes a store: files in, one compacted default graph out."""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from iatrograph.errors import UnreadableFile
from iatrograph.store.watching import watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Progress = Callable[[str, int, int | None], None]

FORMATS: Final = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}


_MEGABYTE: Final = 10**6
LOADING: Final = "store, megabytes"
COMPACTING: Final = "store, compacting"
"""Stages as progress is told of them."""


def load_store(folder: Path, files: Sequence[Path], progress: Progress | None = None) -> int:
    """Load Turtle and N-Triples files into a new store and compact it; return its triples.

    ``progress`` is told stage, done and total, None where nobody knows it, from another thread too.
    The folder may be missing, but must not hold a store that somebody reads. Raises UnreadableFile
    for a file of another suffix, that is not well formed or cannot be read, and for a folder that
    cannot be written.
    """
    store = _create(folder)
    tell = progress or _silent
    sizes = [path.stat().st_size if path.is_file() else 0 for path in files]
    total = sum(sizes)
    for path, before in zip(files, accumulate(sizes, initial=0), strict=False):
        with watched(path, partial(_tell, tell, before, total)):
            _load(store, path)
    _tell(tell, total, total, 0)
    tell(COMPACTING, 0, None)
    try:
        # Without it a look-up reads several levels: seven times slower once measured.
        store.optimize()
        store.flush()
    except OSError as error:
        raise UnreadableFile(folder, None, str(error)) from error
    tell(COMPACTING, 1, 1)
    return len(store)


def _silent(stage: str, done: int, total: int | None) -> None:
    del stage, done, total


def _tell(progress: Progress, before: int, total: int, read: int) -> None:
    progress(LOADING, (before + read) // _MEGABYTE, total // _MEGABYTE)


def _create(folder: Path) -> ox.Store:
    try:
        return ox.Store(folder)
    except OSError as error:
        raise UnreadableFile(folder, None, f"no store can be written here: {error}") from error


def _load(store: ox.Store, path: Path) -> None:
    rdf_format = FORMATS.get(path.suffix)
    if rdf_format is None:
        raise UnreadableFile(path, None, f"a store is loaded from {' or '.join(FORMATS)} files")
    try:
        store.bulk_load(path=path, format=rdf_format)
    except SyntaxError as error:
        raise UnreadableFile(path, error.lineno, error.msg) from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(path, None, str(error)) from error
