"""The edges of Hetionet: each once, as one number, so that millions of them are held at once."""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.importers.hetionet.metagraph import METAEDGES
from iatrograph.importers.tables import rows
from iatrograph.tables.ragged import distinct
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iatrograph.importers.hetionet.nodes import Nodes
    from iatrograph.importers.rejects import Rejects
    from iatrograph.tables.ragged import Ints

COLUMNS: Final = ("source", "metaedge", "target")

NO_METAEDGE: Final = "unknown metaedge"
OTHER_ENDS: Final = "ends are not of the kinds of the metaedge"
NO_NODE: Final = "an end is no node"
SAME_ENDS: Final = "both ends are one node"

_CHUNK: Final = 1 << 16
"""Edges that are unpacked at once."""


class Packing:
    """An edge as one number: metaedge, ends by place, and whether the ends were turned round."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes

    def pack(self, metaedge: int, source: int, target: int, *, is_turned: bool) -> int:
        """Return the number of an edge."""
        return ((metaedge * self.nodes + source) * self.nodes + target) << 1 | is_turned

    def unpack(self, edges: Ints) -> Iterator[tuple[int, int, int, int]]:
        """Yield metaedge, source, target and whether they were turned round."""
        for start in range(0, len(edges), _CHUNK):
            ends, turned = np.divmod(edges[start : start + _CHUNK], 2)
            rest, targets = np.divmod(ends, self.nodes)
            metaedges, sources = np.divmod(rest, self.nodes)
            columns = (metaedges, sources, targets, turned)
            yield from zip(*(column.tolist() for column in columns), strict=True)


def read_edges(path: Path, nodes: Nodes, rejects: Rejects) -> tuple[Ints, dict[int, set[str]]]:
    """Return each edge once, packed and sorted, and by place the ids that are broader."""
    numbers = {name: number for number, name in enumerate(METAEDGES)}
    symmetric = {name for name, relation in ontology().relations.items() if relation.is_symmetric}
    turnable = {name for name, edge in METAEDGES.items() if edge.relation in symmetric}
    ids, pack = nodes.ids, Packing(len(nodes.ids)).pack
    edges = array("q")
    broader: dict[int, set[str]] = defaultdict(set)
    for start, metaedge, end in _sound_edges(path, nodes, rejects):
        if METAEDGES[metaedge].relation is None:
            broader[end].add(ids[start])
        elif metaedge in turnable and ids[start] > ids[end]:
            edges.append(pack(numbers[metaedge], end, start, is_turned=True))
        else:
            edges.append(pack(numbers[metaedge], start, end, is_turned=False))
    return _distinct(edges), broader


def _sound_edges(path: Path, nodes: Nodes, rejects: Rejects) -> Iterator[tuple[int, str, int]]:
    """Yield the metaedge between the places of two nodes that it can join."""
    places, kinds = nodes.places, nodes.kinds
    for line, (source, metaedge, target) in rows(path, COLUMNS, rejects):
        edge, start, end = METAEDGES.get(metaedge), places.get(source), places.get(target)
        if edge is None:
            reason = NO_METAEDGE
        elif start is None or end is None:
            reason = NO_NODE
        elif kinds[start] != edge.source or kinds[end] != edge.target:
            reason = OTHER_ENDS
        elif start == end:
            reason = SAME_ENDS
        else:
            yield start, metaedge, end
            continue
        rejects.add(path, line, reason, f"{source}\t{metaedge}\t{target}")


def _distinct(edges: array[int]) -> Ints:
    """Sort, and keep of two edges with the same ends one, however they stood."""
    packed = distinct(np.frombuffer(edges, dtype=np.int64))
    if not len(packed):
        return packed
    ends = packed >> 1
    return packed[np.concatenate(([True], ends[1:] != ends[:-1]))]
