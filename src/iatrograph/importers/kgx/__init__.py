"""KGX: graphs of the Biolink model in tables, JSON or JSON Lines, and tables much like them.

A folder or a file becomes one contribution. Nodes are joined by their ids; things that only edges
name are taken by the vocabulary of their ids. Each edge is a claim of its primary knowledge source,
or of the file where it names none. Biolink's words are read by the alignment in ``ontology/``.

The files of edges are read twice: now for their sources and things, and again for the claims.
What this project exported as KGX comes back as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iatrograph.importers.folder import needed_file
from iatrograph.importers.kgx.beside import Beside, read_beside
from iatrograph.importers.kgx.edges import read_edges, survey
from iatrograph.importers.kgx.files import Files, find
from iatrograph.importers.kgx.layout import KGX, Layout, Meaning, Table
from iatrograph.importers.kgx.nodes import read_nodes
from iatrograph.importers.kgx.primekg import PRIMEKG
from iatrograph.importers.kgx.sources import Sources
from iatrograph.model import Contribution, Source

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.importers.rejects import Rejects

__all__ = ["KGX", "PRIMEKG", "Layout", "Meaning", "Table", "kgx", "primekg"]


def kgx(path: Path, rejects: Rejects, layout: Layout = KGX) -> Contribution:
    """Read a graph in a folder, or in a file and what belongs to it by its name.

    ``layout`` says which columns stand for what, where a table is not quite KGX. Raises
    UnreadableFile at once where a file is something else than its name says.
    """
    return _read(find(path), read_beside(path), rejects, layout)


def primekg(path: Path, rejects: Rejects) -> Contribution:
    """Read PrimeKG: its table of edges as ``kg.csv`` is written, or the folder that holds it.

    Raises UnreadableFile at once where the file is something else.
    """
    edges = path if path.is_file() else needed_file(path, "kg.csv")
    return _read(Files((), (edges,)), Beside(), rejects, PRIMEKG)


def _read(files: Files, beside: Beside, rejects: Rejects, layout: Layout) -> Contribution:
    things = read_nodes(files.nodes, layout, rejects)
    sources = Sources(layout)
    exported = survey(files.edges, things, sources, layout)
    found = {
        **{source.id: source for source in sources.all()},
        **{name: Source(name, name, "database") for name in exported},
        **{source.id: source for source in beside.sources},
    }
    return Contribution(
        sources=tuple(source for _, source in sorted(found.items())),
        entities=things.entities(),
        claims=read_edges(files.edges, things, sources, layout, rejects),
        references=tuple(dict.fromkeys((*sources.origins(), *beside.references))),
        explanations=beside.explanations,
    )
