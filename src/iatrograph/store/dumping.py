"""Reads a whole store back as N-Triples."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox

from iatrograph.errors import ReleaseUnavailable

if TYPE_CHECKING:
    from pathlib import Path


def dump_ntriples(folder: Path) -> bytes:
    """Return every triple of a store as N-Triples, in the order of the store, all in memory.

    Raises ReleaseUnavailable where no store can be read in the folder.
    """
    try:
        store = ox.Store.read_only(str(folder))
    except OSError as error:
        raise ReleaseUnavailable(folder, f"no store can be read here: {error}") from error
    triples = BytesIO()
    store.dump(triples, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return triples.getvalue()
