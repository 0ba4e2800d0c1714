from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypedDict

import pytest
import sssom_pydantic

from iatrograph.rdf.curated import read_curated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from iatrograph.vocabulary import Ontology

FILE: Final = "identifiers.sssom.tsv"


class Document(TypedDict):
    """A path of DrugMechDB, as far as it is read here."""

    graph: dict[str, str]
    nodes: list[dict[str, str]]


@pytest.fixture(scope="module")
def mappings(checkout: Path) -> list[dict[str, str]]:
    """Return the rows of the table of identifiers."""
    lines = (checkout / "graph" / FILE).read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if line[0] != "#"), delimiter="\t"))


def test_the_table_is_sssom(checkout: Path, mappings: list[dict[str, str]]) -> None:
    """A reader of the standard reads every row, with the file that confirms it."""
    pack = sssom_pydantic.read(checkout / "graph" / FILE)

    assert len(pack.mappings) == len(mappings)
    for mapping, row in zip(pack.mappings, mappings, strict=True):
        assert mapping.object.curie.casefold() == row["object_id"].casefold()
        assert mapping.justification.curie == "semapv:ManualMappingCuration"


def test_every_identifier_in_the_graph_is_in_the_table(
    checkout: Path, ontology: Ontology, mappings: list[dict[str, str]]
) -> None:
    """Turtle and table have the same identifiers of the same entities, with their labels."""
    entities = read_curated(checkout / "graph", ontology).contribution.entities

    assert sorted((f"id:{e.id}", e.label, i) for e in entities for i in e.identifiers) == sorted(
        (row["subject_id"], row["subject_label"], row["object_id"]) for row in mappings
    )


def test_an_identifier_is_that_of_one_entity(mappings: list[dict[str, str]]) -> None:
    """No identifier joins two entities."""
    owners: dict[str, set[str]] = defaultdict(set)
    for row in mappings:
        owners[row["object_id"]].add(row["subject_id"])

    assert {i: found for i, found in owners.items() if len(found) > 1} == {}


def _forms(curie: str) -> set[str]:
    """Return how files write an identifier."""
    prefix, _, local = curie.partition(":")
    prefixes = (prefix, "MESH", "DB", "UniProt", "UMLS_CUI")
    obo = f"<http://purl.obolibrary.org/obo/{prefix}_{local}>"
    return {form.casefold() for form in (local, obo, *(f"{p}:{local}" for p in prefixes))}


def _rows(path: Path) -> Iterator[set[str]]:
    """Yield the cells of each row, identifiers in lists and behind ``Kind::`` counted."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    if ".json" in path.name:
        yield from _nodes(json.loads(line) for line in text.splitlines())
        return
    delimiter = "," if ".csv" in path.name else "\t"
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        cells = [part for cell in row for part in (cell, *cell.split("|"), cell.split("::")[-1])]
        yield {cell.strip().strip('"').casefold() for cell in cells}


def _nodes(documents: Iterable[Document]) -> Iterator[set[str]]:
    """Yield identifier and name of each thing on each path of DrugMechDB."""
    for document in documents:
        graph = document["graph"]
        for end, keys in {"drug": ("drug_mesh", "drugbank"), "disease": ("disease_mesh",)}.items():
            yield {str(graph.get(key)).casefold() for key in (end, *keys)}
        for node in document["nodes"]:
            yield {node["id"].casefold(), node["name"].casefold()}


@pytest.mark.shared
def test_every_identifier_stands_in_the_file_that_confirms_it(
    shared: Path, mappings: list[dict[str, str]]
) -> None:
    """The file that is named has identifier and name in one row."""
    wanted: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in mappings:
        wanted[row["confirmed_in"]].append(row)

    missing = []
    for name, rows in wanted.items():
        unconfirmed = {row["object_id"]: row for row in rows}
        for cells in _rows(shared / "data" / name):
            for curie, row in list(unconfirmed.items()):
                if row["object_label"].casefold() in cells and _forms(curie) & cells:
                    del unconfirmed[curie]
            if not unconfirmed:
                break
        missing += [(name, curie, row["object_label"]) for curie, row in unconfirmed.items()]

    assert missing == []
