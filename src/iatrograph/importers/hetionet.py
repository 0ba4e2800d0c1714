"""Hetionet v1.0 as published: its table of nodes and its edges in SIF."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.archives import plain_suffix
from iatrograph.errors import UnreadableFile
from iatrograph.importers.hetionet_sources import HETIONET, REFERENCES, REPEATED, SOURCES
from iatrograph.importers.tables import rows
from iatrograph.model import Claim, Contribution, Entity, Stance, StatementKey, claim_id
from iatrograph.tables.ragged import distinct
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from iatrograph.importers.rejects import Rejects
    from iatrograph.tables.ragged import Ints

NODE_FILES: Final = ("hetionet-v1.0-nodes.tsv",)
EDGE_FILES: Final = ("hetionet-v1.0-edges.sif", "hetionet-v1.0-edges-partial.sif")
"""The names, without the ending of a compression, the one that is preferred first."""
NODE_COLUMNS: Final = ("id", "name", "kind")
EDGE_COLUMNS: Final = ("source", "metaedge", "target")

NO_KIND: Final = "unknown kind of node"
NO_IDENTIFIER: Final = "no identifier of its kind"
NODE_TWICE: Final = "node stands twice"
NO_METAEDGE: Final = "unknown metaedge"
OTHER_ENDS: Final = "ends are not of the kinds of the metaedge"
NO_NODE: Final = "an end is no node"
SAME_ENDS: Final = "both ends are one node"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: the class here, the prefix of its ids, and what stands before an id there."""

    class_name: str
    prefix: str
    lead: str = ""


KINDS: Final = {
    "Anatomy": Kind("Anatomy", "UBERON", "UBERON:"),
    "Biological Process": Kind("Process", "GO", "GO:"),
    "Cellular Component": Kind("Anatomy", "GO", "GO:"),
    "Compound": Kind("Drug", "drugbank"),
    "Disease": Kind("Condition", "DOID", "DOID:"),
    "Gene": Kind("Target", "NCBIGene"),
    "Molecular Function": Kind("Process", "GO", "GO:"),
    "Pathway": Kind("Process", "wikipathways"),
    "Pharmacologic Class": Kind("DrugClass", "ndfrt"),
    "Side Effect": Kind("Effect", "umls"),
    "Symptom": Kind("Effect", "mesh"),
}

OWN_PATHWAYS: Final = "https://github.com/dhimmel/pathways#"
"""Before ``PC7_`` and a number, which Hetionet's makers gave to the pathways that they found by
name in Pathway Commons 7: they are identifiers of no register."""
_OWN_PATHWAY: Final = re.compile(r"PC7_\d+")


@dataclass(frozen=True, slots=True)
class Metaedge:
    """A sort of edge: its kinds of ends and name there, its relation and what it rests on here.

    Without a relation nothing is claimed: the source is broader than the target.
    """

    source: str
    name: str
    target: str
    relation: str | None = None
    knowledge_level: str = "not_provided"
    agent_type: str = "not_provided"
    evidence: str = "computed"


_COMPUTED: Final = ("statistical_association", "data_analysis_pipeline", "computed")
_MIXED: Final = ("statistical_association", "not_provided", "computed")
_MENTIONED_TOGETHER: Final = ("text_co_occurrence", "text_mining_agent", "computed")
_SIMILAR: Final = ("prediction", "data_analysis_pipeline", "computed")
_ANNOTATED: Final = ("knowledge_assertion", "not_provided", "computed")
_COLLECTED: Final = ("knowledge_assertion", "not_provided", "opinion")
_CURATED: Final = ("knowledge_assertion", "manual_agent", "opinion")
_LABEL: Final = ("knowledge_assertion", "text_mining_agent", "label")

METAEDGES: Final = {
    "AdG": Metaedge("Anatomy", "downregulates", "Gene", "decreases", *_COMPUTED),
    "AeG": Metaedge("Anatomy", "expresses", "Gene", "expresses", *_MIXED),
    "AuG": Metaedge("Anatomy", "upregulates", "Gene", "increases", *_COMPUTED),
    "CbG": Metaedge("Compound", "binds", "Gene", "binds", *_COLLECTED),
    "CcSE": Metaedge("Compound", "causes", "Side Effect", "hasSideEffect", *_LABEL),
    "CdG": Metaedge("Compound", "downregulates", "Gene", "decreases", *_COMPUTED),
    "CpD": Metaedge("Compound", "palliates", "Disease", "mitigates", *_CURATED),
    "CrC": Metaedge("Compound", "resembles", "Compound", "analogueOf", *_SIMILAR),
    "CtD": Metaedge("Compound", "treats", "Disease", "treats", *_CURATED),
    "CuG": Metaedge("Compound", "upregulates", "Gene", "increases", *_COMPUTED),
    "DaG": Metaedge("Disease", "associates", "Gene", "associatedWith", *_MIXED),
    "DdG": Metaedge("Disease", "downregulates", "Gene", "decreases", *_COMPUTED),
    "DlA": Metaedge("Disease", "localizes", "Anatomy", "affectsSite", *_MENTIONED_TOGETHER),
    "DpS": Metaedge("Disease", "presents", "Symptom", "hasSymptom", *_MENTIONED_TOGETHER),
    "DrD": Metaedge("Disease", "resembles", "Disease", "associatedWith", *_MENTIONED_TOGETHER),
    "DuG": Metaedge("Disease", "upregulates", "Gene", "increases", *_COMPUTED),
    "GcG": Metaedge("Gene", "covaries", "Gene", "associatedWith", *_COMPUTED),
    "GiG": Metaedge("Gene", "interacts", "Gene", "binds", *_ANNOTATED),
    "GpBP": Metaedge("Gene", "participates", "Biological Process", "participatesIn", *_ANNOTATED),
    "GpCC": Metaedge("Gene", "participates", "Cellular Component", "locatedIn", *_ANNOTATED),
    "GpMF": Metaedge("Gene", "participates", "Molecular Function", "participatesIn", *_ANNOTATED),
    "GpPW": Metaedge("Gene", "participates", "Pathway", "participatesIn", *_ANNOTATED),
    "Gr>G": Metaedge("Gene", "regulates", "Gene", "actsOn", *_COMPUTED),
    "PCiC": Metaedge("Pharmacologic Class", "includes", "Compound"),
}
"""By abbreviation; the meaning of each stands in hetio/hetionet, describe/definitions.json."""

_CHUNK: Final = 1 << 16
"""Edges that are unpacked at once."""


def hetionet(folder: Path, rejects: Rejects) -> Contribution:
    """Read a folder with the two files; the claims stream from eight bytes an edge.

    A full file of edges is preferred to a partial one. The same edge twice is one claim. Raises
    UnreadableFile where a file is missing, damaged or of another layout.
    """
    node_file = _file(folder, NODE_FILES, "hetionet-v1.0-nodes*")
    edge_file = _file(folder, EDGE_FILES, "hetionet-v1.0-edges*")
    nodes = _read_nodes(node_file, rejects)
    edges, broader = _read_edges(edge_file, nodes, rejects)
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


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The nodes, each at its place: what Hetionet calls it, its id here, its name and kind."""

    originals: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def add(self, original: str, identifier: str, name: str, kind: str) -> None:
        self.places[original] = len(self.ids)
        self.originals.append(original)
        self.ids.append(identifier)
        self.names.append(name)
        self.kinds.append(kind)


def _read_nodes(path: Path, rejects: Rejects) -> _Nodes:
    nodes = _Nodes()
    identifier_of = _identifiers()
    for line, (original, name, kind) in rows(path, NODE_COLUMNS, rejects):
        text = f"{original}\t{name}\t{kind}"
        if kind not in KINDS:
            rejects.add(path, line, NO_KIND, text)
        elif original in nodes.places:
            rejects.add(path, line, NODE_TWICE, text)
        elif (identifier := identifier_of(original, kind)) is None:
            rejects.add(path, line, NO_IDENTIFIER, text)
        else:
            nodes.add(original, identifier, " ".join(name.split()) or identifier, kind)
    return nodes


def _identifiers() -> Callable[[str, str], str | None]:
    """Return what gives the id here of a node, None where it has not the form of its kind."""
    patterns = ontology().identifier_patterns
    forms = {
        name: (f"{name}::{kind.lead}", f"{kind.prefix}:", re.compile(patterns[kind.prefix]))
        for name, kind in KINDS.items()
    }

    def identifier_of(original: str, kind: str) -> str | None:
        lead, prefix, pattern = forms[kind]
        code = original.removeprefix(lead)
        if len(code) == len(original):
            return None
        if pattern.fullmatch(code):
            return prefix + code
        is_own = kind == "Pathway" and _OWN_PATHWAY.fullmatch(code)
        return OWN_PATHWAYS + code if is_own else None

    return identifier_of


class _Packing:
    """An edge as one number: metaedge, ends by place, and whether the ends were turned round."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes

    def pack(self, metaedge: int, source: int, target: int, *, is_turned: bool) -> int:
        return ((metaedge * self.nodes + source) * self.nodes + target) << 1 | is_turned

    def unpack(self, edges: Ints) -> Iterator[tuple[int, int, int, int]]:
        for start in range(0, len(edges), _CHUNK):
            ends, turned = np.divmod(edges[start : start + _CHUNK], 2)
            rest, targets = np.divmod(ends, self.nodes)
            metaedges, sources = np.divmod(rest, self.nodes)
            columns = (metaedges, sources, targets, turned)
            yield from zip(*(column.tolist() for column in columns), strict=True)


def _read_edges(path: Path, nodes: _Nodes, rejects: Rejects) -> tuple[Ints, dict[int, set[str]]]:
    """Return each edge once, packed and sorted, and by place the ids that are broader."""
    numbers = {name: number for number, name in enumerate(METAEDGES)}
    symmetric = {name for name, relation in ontology().relations.items() if relation.is_symmetric}
    turnable = {name for name, edge in METAEDGES.items() if edge.relation in symmetric}
    ids, pack = nodes.ids, _Packing(len(nodes.ids)).pack
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


def _sound_edges(path: Path, nodes: _Nodes, rejects: Rejects) -> Iterator[tuple[int, str, int]]:
    """Yield the metaedge between the places of two nodes that it can join."""
    places, kinds = nodes.places, nodes.kinds
    for line, (source, metaedge, target) in rows(path, EDGE_COLUMNS, rejects):
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


def _entities(nodes: _Nodes, broader: dict[int, set[str]]) -> tuple[Entity, ...]:
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


def _claims(nodes: _Nodes, edges: Ints) -> Iterator[Claim]:
    sorts = [
        (name, edge, edge.relation or "", REPEATED.get(name, HETIONET).id, _common(name, edge))
        for name, edge in METAEDGES.items()
    ]
    ids, originals = nodes.ids, nodes.originals
    for number, start, end, is_turned in _Packing(len(ids)).unpack(edges):
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
