"""Writes small KGX graphs in every form, and reads them."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Final

from tests.packing import PACKERS

from iatrograph.importers.kgx import KGX, kgx
from iatrograph.importers.rejects import Rejects
from iatrograph.validation.rows import check_rows
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from iatrograph.importers.kgx import Layout
    from iatrograph.model import Claim, Contribution

    Row = Mapping[str, object]


DRUG: Final = {
    "id": "drugbank:DB00996",
    "name": "gabapentin",
    "category": ["biolink:SmallMolecule"],
}
OTHER: Final = {"id": "drugbank:DB00181", "name": "baclofen", "category": ["biolink:Drug"]}
SIGN: Final = {"id": "HP:0001336", "name": "Myoclonus", "category": ["biolink:PhenotypicFeature"]}
DISEASE: Final = {"id": "MONDO:0005027", "name": "epilepsy", "category": ["biolink:Disease"]}
GENE: Final = {"id": "NCBIGene:781", "name": "CACNA2D1", "category": ["biolink:Gene"]}
NODES: Final = (DRUG, OTHER, SIGN, DISEASE, GENE)


def edge(
    subject: Row = DRUG, predicate: str = "biolink:treats", obj: Row = DISEASE, **more: object
) -> dict[str, object]:
    """Return an edge between two nodes."""
    found: dict[str, object] = {
        "subject": subject["id"],
        "predicate": predicate,
        "object": obj["id"],
    }
    return found | more


def _cell(value: object, separator: str) -> str:
    return separator.join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def as_table(
    rows: Sequence[Row], delimiter: str = "\t", separator: str = "|", end: str = "\n"
) -> str:
    """Write rows as a table with all their columns; absent values are empty cells."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    body = [columns, *([_cell(row.get(c, ""), separator) for c in columns] for row in rows)]
    if delimiter == "\t":
        return "".join("\t".join(cells) + end for cells in body)
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(body)
    return text.getvalue()


def as_json_lines(rows: Sequence[Row]) -> str:
    """Write rows as JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def write(
    folder: Path,
    edges: Sequence[Row] = (),
    nodes: Sequence[Row] = NODES,
    ending: str = ".jsonl",
    packer: str = "",
) -> Path:
    """Write a graph into a folder in the form of the ending, and return the folder."""
    pack = PACKERS[packer]
    if ending == ".json":
        text = json.dumps({"nodes": [*nodes], "edges": [*edges]}, indent=1)
        (folder / f"graph.json{packer}").write_bytes(pack(text.encode()))
        return folder
    for name, rows in (("nodes", nodes), ("edges", edges)):
        if rows:
            text = as_json_lines(rows)
            if ending != ".jsonl":
                text = as_table(rows, "," if ending == ".csv" else "\t")
            (folder / f"graph_{name}{ending}{packer}").write_bytes(pack(text.encode()))
    return folder


def read(path: Path, rejects: Rejects | None = None, layout: Layout = KGX) -> Contribution:
    """Read a graph."""
    return kgx(path, rejects or Rejects("t"), layout)


def claims(path: Path, rejects: Rejects | None = None, layout: Layout = KGX) -> list[Claim]:
    """Return the claims of a graph that is sound, every row looked at."""
    problems = list(check_rows(read(path, layout=layout), ontology()))
    assert problems == []
    return list(read(path, rejects, layout).claims)


def only_claim(folder: Path, *edges: Row, nodes: Sequence[Row] = NODES) -> Claim:
    """Write a graph of one edge, and return its claim."""
    rejects = Rejects("t")
    found = claims(write(folder, edges, nodes), rejects)
    assert len(found) == 1, dict(rejects.counts)
    return found[0]


def refused(folder: Path, *edges: Row, nodes: Sequence[Row] = NODES) -> dict[str, int]:
    """Write a graph without a usable edge, and return how many rows were rejected, by reason."""
    rejects = Rejects("t")
    assert claims(write(folder, edges, nodes), rejects) == []
    return dict(rejects.counts)
