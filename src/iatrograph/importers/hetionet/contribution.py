"""Hetionet v1.0 as published, as a contribution: its table of nodes and its edges in SIF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.archives import plain_suffix
from iatrograph.errors import UnreadableFile
from iatrograph.importers.hetionet.edges import Packing, read_edges
from iatrograph.importers.hetionet.metagraph import KINDS, METAEDGES
from iatrograph.importers.hetionet.nodes import read_nodes
from iatrograph.importers.hetionet.sources import HETIONET, REFERENCES, REPEATED, SOURCES
from iatrograph.model import Claim, Contribution, Entity, Stance, StatementKey, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iatrograph.importers.hetionet.metagraph import Metaedge
    from iatrograph.importers.hetionet.nodes import Nodes
    from iatrograph.importers.rejects import Rejects
    from iatrograph.tables.ragged import Ints

NODE_FILES: Final = ("hetionet-v1.0-nodes.tsv",)
EDGE_FILES: Final = ("hetionet-v1.0-edges.sif", "hetionet-v1.0-edges-partial.sif")
"""The names, without the ending of a compression, the one that is preferred first."""


def hetionet(folder: Path, rejects: Rejects) -> Contribution:
    """Read a folder with the two files; the claims stream from eight bytes an edge.

    A full file of edges is preferred to a partial one. The same edge twice is one claim. Raises
    UnreadableFile where a file is missing, damaged or of another layout.
    """
    node_file = _file(folder, NODE_FILES, "hetionet-v1.0-nodes*")
    edge_file = _file(folder, EDGE_FILES, "hetionet-v1.0-edges*")
    nodes = read_nodes(node_file, rejects)
    edges, broader = read_edges(edge_file, nodes, rejects)
    return Contribution(
        sources=SOURCES,
        entities=_entities(nodes, broader),
        claims=_claims(nodes, edges),
        references=REFERENCES,
        claim_count=len(edges),
    )


def _file(folder: Path, names: tuple[str, ...], pattern: str) -> Path:
    """Find the file of one of the names, or else the only one that begins and ends alike."""
    if not folder.is_dir():
        wanted = f"{NODE_FILES[0]} and {EDGE_FILES[0]}"
        raise UnreadableFile(folder, None, f"is no folder; give the one that holds {wanted}")
    ending = names[0][names[0].rindex(".") :]
    found = sorted(path for path in folder.glob(pattern) if plain_suffix(path) == ending)
    for name in names:
        for path in found:
            if name in {path.name, path.stem}:
                return path
    if len(found) == 1:
        return found[0]
    wanted = f"{names[0]}, plain or .gz, .bz2, .xz, .zst"
    if found:
        has = ", ".join(path.name for path in found)
        raise UnreadableFile(folder, None, f"has {has}; keep one of them, or add {wanted}")
    raise UnreadableFile(folder, None, f"has no {wanted}; give the folder that holds it")


def _entities(nodes: Nodes, broader: dict[int, set[str]]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            identifier,
            name,
            (KINDS[kind].class_name,),
            broader=tuple(sorted(broader.get(place, ()))),
        )
        for place, (identifier, name, kind) in enumerate(
            zip(nodes.ids, nodes.names, nodes.kinds, strict=True)
        )
    )


def _claims(nodes: Nodes, edges: Ints) -> Iterator[Claim]:
    sorts = [
        (name, edge, edge.relation or "", REPEATED.get(name, HETIONET).id, _common(name, edge))
        for name, edge in METAEDGES.items()
    ]
    ids, originals = nodes.ids, nodes.originals
    for number, start, end, is_turned in Packing(len(ids)).unpack(edges):
        name, edge, relation, source, common = sorts[number]
        key = StatementKey(ids[start], relation, ids[end])
        if is_turned:
            start, end = end, start
        row = f"{originals[start]} {name} {originals[end]}"
        yield Claim(
            claim_id(key, source),
            key,
            Stance.AFFIRMS,
            source,
            {**common, "originalId": (row,)},
            edge.knowledge_level,
            edge.agent_type,
        )


def _common(name: str, edge: Metaedge) -> dict[str, tuple[str, ...]]:
    """Return the qualifiers that all edges of a metaedge share."""
    sign = ">" if ">" in name else "-"
    return {
        "certainty": ("not-stated",),
        "evidenceLevel": (edge.evidence,),
        "originalPredicate": (f"{edge.source} {sign} {edge.name} {sign} {edge.target}",),
    }
