"""Real files in or near the format, each with something awkward."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.importers.kgx.graph_files import claims, read

from iatrograph.errors import UnreadableFile
from iatrograph.importers import IMPORTERS
from iatrograph.importers.kgx import KGX, PRIMEKG, Layout
from iatrograph.importers.kgx.reasons import NO_CLASS, NO_RELATION, TWICE, UNKNOWN_END
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.tables import RAGGED
from iatrograph.model import Stance, StatementKey

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared


@pytest.fixture
def folder(shared: Path) -> Path:
    """Return the folder of the KGX files."""
    return shared / "data" / "kgx"


@pytest.fixture
def fixtures(folder: Path) -> Path:
    """Return the folder of the KGX project's own test files."""
    return folder / "kgx-test-resources"


def counted(path: Path, layout: Layout = KGX) -> tuple[Counter[str], Counter[str], Rejects]:
    """Return claims by relation and by stance, and what was rejected."""
    rejects = Rejects("t")
    found = claims(path, rejects, layout)
    return (
        Counter(claim.statement.relation for claim in found),
        Counter(claim.stance.value for claim in found),
        rejects,
    )


def test_a_slice_of_monarch(folder: Path) -> None:
    """Ancestors in every category, lists, qualifiers, counts; variants have no class here."""
    path = folder / "monarch-eds-marfan"
    relations, _, rejects = counted(path)

    assert relations == {
        "kindOf": 5231,
        "hasSymptom": 1709,
        "associatedWith": 36,
        "mayCause": 24,
        "addresses": 1,
    }
    assert rejects.counts[NO_CLASS] == 109
    assert rejects.counts[UNKNOWN_END] == 113
    assert rejects.counts[NO_RELATION] == 26  # modes of inheritance
    marfan = next(e for e in read(path).entities if e.id == "MONDO:0007947")
    assert (marfan.label, marfan.kinds) == ("Marfan syndrome", ("Condition",))
    assert {"DOID:14323", "mesh:D008382", "umls:C0024796"} <= {*marfan.identifiers}


def test_frequencies_of_monarch(folder: Path) -> None:
    """Terms of HPO and counts of patients, each with the publication."""
    found = [
        claim
        for claim in claims(folder / "monarch-eds-marfan")
        if claim.statement == StatementKey("MONDO:0034022", "hasSymptom", "HP:0003236")
    ]

    assert [c.one("frequencyWords") for c in found] == ["4 of 5"]
    assert found[0].one("frequencyLow") == found[0].one("frequencyHigh") == "0.8"
    assert found[0].many("publication") == ("PMID:24334769",)
    assert found[0].source == "infores-hpo-annotations"


def test_a_table_of_rtx_kg2(folder: Path) -> None:
    """Lists with double daggers, typed headers, columns of Neo4j, labels with ancestors."""
    path = folder / "everycure-samples" / "testdata_rtxkg2-kg_edges.tsv"
    relations, _, rejects = counted(path)

    assert relations == {"kindOf": 11, "associatedWith": 2, "hasSymptom": 1}
    assert (rejects.counts[NO_CLASS], rejects.counts[UNKNOWN_END]) == (7, 6)
    saponin = next(e for e in read(path).entities if e.id == "CHEBI:26605")
    assert (saponin.label, saponin.kinds) == ("saponin", ("Drug",))
    assert {"mesh:D012503", "umls:C0036189"} <= {*saponin.identifiers}


def test_a_table_of_robokop(folder: Path) -> None:
    """Rows of nodes that end early, 52 columns of edges, line ends of Windows."""
    path = folder / "everycure-samples" / "testdata_robokop-kg_nodes.tsv"
    relations, _, rejects = counted(path)

    assert relations == {"associatedWith": 2}
    assert RAGGED not in rejects.counts
    assert rejects.counts[NO_CLASS] == 4  # variants


def test_json_lines_of_orion(folder: Path) -> None:
    """Names in lists, keys with a prefix, no ids of edges, categories that Biolink has not."""
    relations, _, _ = counted(folder / "orion-reactome")

    assert relations == {"participatesIn": 4, "locatedIn": 3}
    assert [s.identifier for s in read(folder / "orion-reactome").sources] == ["infores:reactome"]


def test_edges_without_nodes(folder: Path) -> None:
    """29,913 edges of MONDO: all ends are taken by their vocabulary, addresses of genes too."""
    relations, _, rejects = counted(folder / "mondo-rare_edges.tsv.gz")

    assert relations == {"kindOf": 28842, "associatedWith": 1071}
    assert rejects.counts == {}
    kinds = Counter(e.kinds for e in read(folder / "mondo-rare_edges.tsv.gz").entities)
    assert set(kinds) == {("Condition",), ("Target",)}


def test_edges_of_semmeddb(folder: Path) -> None:
    """Identifiers of UMLS tell no class; with one given, 521 of the edges are denials."""
    path = folder / "semmeddb-small_edges.tsv.gz"
    relations, _, rejects = counted(path)
    assert (sum(relations.values()), rejects.counts[UNKNOWN_END]) == (0, 9989)

    relations, stances, rejects = counted(path, Layout(kinds={"umls": "Target"}))
    assert stances == {Stance.AFFIRMS: 9343, Stance.DENIES: 521}
    assert rejects.counts[TWICE] == 89
    assert (relations["increases"], relations["decreases"]) == (1156, 928)


def test_a_sample_of_primekg(folder: Path) -> None:
    """Edges in both directions, of which one is enough; targets are acted on by their drugs."""
    relations, _, rejects = counted(folder / "primekg-sample-val_edges.csv.gz", PRIMEKG)

    assert set(relations) == {"actsOn", "associatedWith"}
    assert set(rejects.remarks) == {
        f"no place for the column {name}" for name in ("x_index", "y_index", "relation_standard")
    }


@pytest.mark.parametrize(
    ("name", "entities", "found"),
    [
        ("graph_edges.tsv", 512, 519),
        ("graph.json", 512, 497),
        ("json_edges.json", 2, 1),
        ("graph_multi_category_edges.tsv", 11, 9),
        ("graph_tiny_edges.tsv", 6, 8),
        ("complex_graph_edges.tsv", 9, 7),
        ("chebi_kgx_tsv_nodes.tsv", 17, 8),
        ("cm_edges.csv", 8, 6),
        ("cm_test2_nodes.tsv", 12, 10),
        ("test_edges.csv", 2, 1),
        ("test_edges.tsv", 2, 1),
        ("test2_edges.tsv", 3, 3),
        ("test_infores_coercion_edges.tsv", 2, 1),
        ("valid_edges.jsonl", 7, 5),
        ("x1_edges.csv", 2, 1),
        ("invalid_nodes.tsv", 2, 0),
        ("monarch-tiny_edges.tsv", 0, 0),  # yeast: neither its genes nor its phenotypes are known
        ("merge/test1_edges.tsv", 0, 0),  # ids that are no CURIEs
        ("merge/test2_edges.tsv", 0, 0),
    ],
)
def test_files_of_the_kgx_project(fixtures: Path, name: str, entities: int, found: int) -> None:
    """Duplicate nodes and edges, several categories, invalid ids, conflicting properties."""
    assert len(claims(fixtures / name)) == found
    assert len(tuple(read(fixtures / name).entities)) == entities


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        ("graph_edges_small.tsv", "has commas; expected .* with tabs, as its name says"),
        ("graph_nodes_small.tsv", "has commas; expected .* with tabs, as its name says"),
        ("incomplete_nodes.tsv", "no column id; it has name, category, description"),
        ("mapping/edges.csv", "no column predicate; it has object, subject"),
    ],
)
def test_files_of_the_kgx_project_that_are_something_else(
    fixtures: Path, name: str, looks: str
) -> None:
    """They are refused at once, with what they look like."""
    with pytest.raises(UnreadableFile, match=looks):
        read(fixtures / name)


def test_the_importer_is_registered(folder: Path) -> None:
    """By the name that a build takes."""
    assert len(tuple(IMPORTERS["kgx"](folder / "orion-reactome", Rejects("kgx")).claims)) == 7
