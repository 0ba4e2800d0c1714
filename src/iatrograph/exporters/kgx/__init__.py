"""KGX: entities as nodes, claims as edges in the words of the Biolink model, as JSON Lines.

Biolink's properties say of a claim what Biolink can say; those that begin with ``iatrograph_`` say
all of it, so that importing the folder gives the same claims. Three files make an export:
``nodes.jsonl``, ``edges.jsonl`` and, for what is neither, ``iatrograph.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from iatrograph.exporters.folders import new_folder
from iatrograph.exporters.kgx.beside import beside
from iatrograph.exporters.kgx.edges import Edges
from iatrograph.exporters.kgx.names import Names
from iatrograph.exporters.kgx.nodes import node
from iatrograph.vocabulary.kgx import BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology

    Tell = Callable[[str, int, int | None], None]

NODES: Final = "nodes.jsonl"
EDGES: Final = "edges.jsonl"
FILES: Final = frozenset({NODES, EDGES, BESIDE})

_TELL_EVERY: Final = 1 << 13
_BUFFER: Final = 1 << 20
"""Bytes held before they are written."""


def _untold(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def write_kgx(release: Release, ontology: Ontology, folder: Path, tell: Tell = _untold) -> None:
    """Write a whole release as KGX into a folder; two runs give equal bytes.

    The folder appears when all is written; an export that is there already is replaced. Claims are
    streamed, so memory does not grow with them. ``tell`` gets what is written, how many are done
    and how many there are. Raises UnreadableFile where the folder cannot be written, or holds
    something else.
    """
    tables = release.tables
    names = Names(tables)
    edges = Edges(ontology, names, tables.sources, tables.references)
    counts = tables.counts
    with new_folder(folder, FILES) as new:
        nodes = (node(entity, names) for entity in tables.all_entities())
        _write(new / NODES, nodes, lambda done: tell("nodes", done, counts["entities"]))
        claims = (edges.edge(claim) for claim in tables.all_claims())
        _write(new / EDGES, claims, lambda done: tell("edges", done, counts["claims"]))
        (new / BESIDE).write_bytes(beside(release, ontology))


def _write(path: Path, rows: Iterable[object], tell: Callable[[int], None]) -> None:
    dump, done = orjson.dumps, 0
    with path.open("wb", buffering=_BUFFER) as file:
        for done, row in enumerate(rows, start=1):
            file.write(dump(row, option=orjson.OPT_APPEND_NEWLINE))
            if done % _TELL_EVERY == 0:
                tell(done)
    tell(done)
    if not done:
        path.unlink()  # an empty file looks as if it were cut off
