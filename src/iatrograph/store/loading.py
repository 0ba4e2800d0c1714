"""Writes a store: files in, one compacted default graph out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FORMATS: Final = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}


def load_store(folder: Path, files: Sequence[Path]) -> int:
    """Load Turtle and N-Triples files into a new store and compact it; return its triples.

    The folder may be missing, but must not hold a store that somebody reads. Raises UnreadableFile
    for a file of another suffix, that is not well formed or cannot be read, and for a folder that
    cannot be written.
    """
    store = _create(folder)
    for path in files:
        _load(store, path)
    try:
        # Without it a look-up reads several levels: seven times slower once measured.
        store.optimize()
        store.flush()
    except OSError as error:
        raise UnreadableFile(folder, None, str(error)) from error
    return len(store)


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
