"""What an export says to programs that know Biolink and nothing of this project."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest
from tests.exporters.awkward import AWKWARD
from tests.ontology.test_alignment import categories, predicates, slots

from iatrograph.exporters.kgx import write_kgx
from iatrograph.exporters.kgx.edges import LISTS
from iatrograph.model import Claim, Contribution, Entity, Reference, Source, Stance, StatementKey
from iatrograph.model.claim import claim_id
from iatrograph.vocabulary import ontology
from iatrograph.vocabulary.alignment import alignment
from iatrograph.vocabulary.kgx import (
    BROADER,
    ID,
    IDENTIFIERS,
    KINDS,
    RELATION,
    SOURCE,
    STANCE,
    own_property,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from iatrograph.release import Release

    Rows = list[dict[str, object]]
    EdgeOf = Callable[[Claim], Mapping[str, object]]

WORDS = ontology()
SOURCES = (
    Source("told", "Told", "article"),
    Source("ctd", "CTD", "database", identifier="infores:ctd"),
    Source("paper", "Paper", "paper", identifier="PMID:7"),
)
REFERENCES = (
    Reference("good", "Good", identifiers=("PMID:1", "ISBN 3")),
    Reference("bad", "Bad", identifiers=("PMID:2",)),
)
ENTITIES = (
    Entity("gabapentin", "gabapentin", ("Drug",), identifiers=("drugbank:DB00996", "umls:C1")),
    Entity("umls:C2", "sleep", ("Effect",), identifiers=("HP:0000001",)),
    Entity("ache", "ache", ("Effect",), identifiers=("umls:C3",)),
    Entity("pain", "pain", ("Effect",), identifiers=("umls:C3",)),
    Entity("age", "age", ("Context",)),
    Entity("ndfrt:N0000000001", "class", ("DrugClass",)),
    Entity("NCBIGene:1", "a gene", ("Target",)),
    Entity("GO:0000001", "a process", ("Process", "Effect")),
    Entity("leg", "leg", ("Anatomy",), identifiers=("UBERON:1",)),
    Entity("arm", "arm", ("Anatomy",)),
)


def rows(path: Path) -> Rows:
    """Return the rows of a file."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def claim(relation: str = "hasSideEffect", obj: str = "umls:C2", **more: object) -> Claim:
    """Return a claim about gabapentin; ``more`` replaces its fields."""
    key = StatementKey("gabapentin", relation, obj)
    given = {"certainty": ("possible",), "evidenceLevel": ("trial",)}
    own = Claim(claim_id(key, "told"), key, Stance.AFFIRMS, "told", given)
    return replace(own, **more)  # type: ignore[arg-type]  # each test gives what it means


def saying(**qualifiers: tuple[str, ...]) -> Claim:
    """Return a claim with more qualifiers."""
    own = claim()
    return replace(own, qualifiers={**own.qualifiers, **qualifiers})


@pytest.fixture
def edge_of(release_of: Callable[[Contribution], Release], tmp_path: Path) -> EdgeOf:
    """Export a graph with one claim, and return its edge."""

    def export(claim: Claim) -> Mapping[str, object]:
        content = Contribution(SOURCES, ENTITIES, (claim,), REFERENCES)
        write_kgx(release_of(content), WORDS, tmp_path / "graph")
        (edge,) = rows(tmp_path / "graph" / "edges.jsonl")
        return edge

    return export


@pytest.fixture
def nodes(release_of: Callable[[Contribution], Release], tmp_path: Path) -> Mapping[str, object]:
    """Export the entities, and return their nodes by the ids of the entities."""
    write_kgx(release_of(Contribution(SOURCES, ENTITIES, ())), WORDS, tmp_path / "graph")
    return {str(row["iatrograph_id"]): row for row in rows(tmp_path / "graph" / "nodes.jsonl")}


@pytest.mark.parametrize(
    ("own", "node"),
    [
        ("gabapentin", "DRUGBANK:DB00996"),  # as data sets would call it, in Biolink's spelling
        ("umls:C2", "UMLS:C2"),
        ("ache", "id:ache"),  # shares its identifier with another thing
        ("pain", "id:pain"),
        ("age", "id:age"),
        ("ndfrt:N0000000001", "ndfrt:N0000000001"),  # nothing that Biolink knows
    ],
)
def test_nodes_go_by_identifiers_that_biolink_knows(
    nodes: Mapping[str, dict[str, object]], own: str, node: str
) -> None:
    """The identifier that leads stands for a slug, unless two things have it."""
    assert nodes[own]["id"] == node


def test_other_identifiers_and_the_slug_are_cross_references(
    nodes: Mapping[str, dict[str, object]],
) -> None:
    """Biolink's spelling, the id itself left out; the address leads to the thing here."""
    node = nodes["gabapentin"]

    assert node["xref"] == ["id:gabapentin", "UMLS:C1"]
    assert node["iri"] == "https://w3id.org/iatrograph/id/gabapentin"


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        ("gabapentin", ["Drug", "NamedThing"]),
        ("NCBIGene:1", ["Gene", "BiologicalEntity", "NamedThing"]),
        ("GO:0000001", ["PhenotypicFeature", "BiologicalProcessOrActivity", "NamedThing"]),
        ("age", ["NamedThing"]),
    ],
)
def test_categories_are_those_of_the_classes(
    nodes: Mapping[str, dict[str, object]], own: str, wanted: list[str]
) -> None:
    """What the vocabulary of the id tells first, then the classes in their order, the root last."""
    assert nodes[own]["category"] == [f"biolink:{name}" for name in wanted]


@pytest.mark.parametrize(
    ("said", "predicate", "is_negated"),
    [
        (claim(), "has_side_effect", False),
        (claim(stance=Stance.DENIES), "has_side_effect", True),
        (claim(stance=Stance.MIXED), "related_to", False),
        (claim("mayCause"), "contributes_to", False),
        # That it does not cause would, with the broader predicate, deny that it contributes.
        (claim("mayCause", stance=Stance.DENIES), "related_to", False),
        (saying(rank=("deprecated",)), "related_to", False),
        (saying(rank=("normal",)), "has_side_effect", False),
        (claim("lessens"), "affects", False),
        (claim("lessens", stance=Stance.DENIES), "affects", True),
    ],
)
def test_no_edge_says_more_than_its_claim(
    edge_of: EdgeOf, said: Claim, predicate: str, is_negated: bool
) -> None:
    """What is mixed, withdrawn, or denied beyond Biolink's words is left to the own properties."""
    edge = edge_of(said)

    assert (edge["predicate"], edge["negated"]) == (f"biolink:{predicate}", is_negated)
    assert edge["iatrograph_stance"] == said.stance.value
    assert edge["iatrograph_relation"] == said.statement.relation
    assert edge["original_predicate"] == f"ig:{said.statement.relation}"


def test_a_relation_has_the_qualifiers_that_its_predicate_needs(edge_of: EdgeOf) -> None:
    """``affects`` says nothing of the direction by itself."""
    assert edge_of(claim("lessens"))["object_direction_qualifier"] == "decreased"
    assert "object_direction_qualifier" not in edge_of(claim("lessens", stance=Stance.MIXED))


def test_ends_are_given_as_they_are_called_here(edge_of: EdgeOf) -> None:
    """A slug stands in ``original_subject``; an id of a vocabulary is no other one."""
    edge = edge_of(claim())

    assert (edge["subject"], edge["original_subject"]) == ("DRUGBANK:DB00996", "id:gabapentin")
    assert edge["object"] == "UMLS:C2"
    assert "original_object" not in edge


@pytest.mark.parametrize(("source", "resource"), [("told", "infores:told"), ("ctd", "infores:ctd")])
def test_sources_are_information_resources(edge_of: EdgeOf, source: str, resource: str) -> None:
    """A registered name is kept, any other source goes by its id."""
    key = claim().statement
    edge = edge_of(claim(source=source, id=claim_id(key, source)))

    assert edge["primary_knowledge_source"] == resource
    assert edge["aggregator_knowledge_source"] == ["infores:iatrograph"]
    assert edge["iatrograph_source"] == source


def test_contexts_are_nodes(edge_of: EdgeOf) -> None:
    """What a claim is limited to is named as the nodes are; bars separate where lists cannot be."""
    edge = edge_of(saying(onlyIf=("age", "umls:C2"), site=("arm", "leg")))

    assert edge["context_qualifier"] == "id:age|UMLS:C2"
    assert edge["anatomical_context_qualifier"] == ["id:arm", "UBERON:1"]
    assert edge["iatrograph_only_if"] == ["age", "umls:C2"]


def test_values_are_biolinks_where_it_has_some(edge_of: EdgeOf) -> None:
    """A value for which an enumeration has no word is left to the own property."""
    edge = edge_of(saying(severity=("severe",), basis=("use",), frequency=("common",)))

    assert edge["severity_qualifier"] == "HP:0012828"
    assert "clinical_approval_status" not in edge
    assert edge["iatrograph_basis"] == "use"
    assert edge["frequency_qualifier"] == "common"
    assert edge["has_confidence_level"] == "possible"


def test_a_share_is_a_percentage(edge_of: EdgeOf) -> None:
    """A range is none."""
    one = edge_of(saying(frequencyLow=("0.07",), frequencyHigh=("0.07",)))
    two = edge_of(saying(frequencyLow=("0.01",), frequencyHigh=("0.07",)))

    assert one["has_percentage"] == 7.0
    assert "has_percentage" not in two


def test_publications_are_works_that_carry_the_claim(edge_of: EdgeOf) -> None:
    """Cited works only where they fit; a paper that is the source is one, too."""
    good = saying(citedReference=("good",), referenceFit=("fits",), publication=("pmc:PMC1",))
    bad = saying(citedReference=("bad",), referenceFit=("other-subject",))
    paper = claim(source="paper", id=claim_id(claim().statement, "paper"))

    assert edge_of(good)["publications"] == ["PMC:PMC1", "PMID:1"]
    assert "publications" not in edge_of(bad)
    assert edge_of(paper)["publications"] == ["PMID:7"]


def test_everything_is_in_the_words_of_the_model(curated_release: Release, tmp_path: Path) -> None:
    """Properties are slots or our own, lists stand where slots take several values."""
    write_kgx(curated_release, WORDS, tmp_path / "graph")
    nodes, edges = (rows(tmp_path / "graph" / f"{name}.jsonl") for name in ("nodes", "edges"))
    known = {str(node["id"]) for node in nodes}
    assert len(known) == len(nodes)
    for row in (*nodes, *edges):
        for name, value in row.items():
            if not name.startswith("iatrograph_"):
                assert isinstance(value, list) == bool(slots()[name].get("multivalued")), name
    for node in nodes:
        assert {str(c).removeprefix("biolink:") for c in node["category"]} <= set(categories())  # type: ignore[attr-defined]
    for edge in edges:
        assert {edge["subject"], edge["object"]} <= known
        assert str(edge["predicate"]).removeprefix("biolink:") in predicates()
        assert re.fullmatch(r"infores:[a-z0-9-]+", str(edge["primary_knowledge_source"]))


def test_lists_are_those_of_the_model() -> None:
    """Every slot that a qualifier is written to is known to take one value or several."""
    written = set(alignment().slots.values())
    assert {name for name in written if slots()[name].get("multivalued")} == LISTS


def test_ids_stay_apart_where_files_break(
    release_of: Callable[[Contribution], Release], tmp_path: Path
) -> None:
    """Each entity is a node of its own, whatever is in it."""
    write_kgx(release_of(AWKWARD), WORDS, tmp_path / "graph")
    found = [row["id"] for row in rows(tmp_path / "graph" / "nodes.jsonl")]

    assert found == ["CHEBI:INF", "mess:1", "id:twin"]


def test_own_properties_are_told_apart() -> None:
    """No qualifier has the name of what a node or an edge says of itself."""
    fixed = {ID, KINDS, IDENTIFIERS, BROADER, RELATION, STANCE, SOURCE}

    assert len(fixed) == 7
    assert fixed.isdisjoint(own_property(q.column) for q in WORDS.qualifiers.values())


def test_progress_is_told(curated_release: Release, tmp_path: Path) -> None:
    """Each stage ends with all that there is."""
    told: dict[str, tuple[int, int | None]] = {}

    def tell(stage: str, done: int, total: int | None) -> None:
        told[stage] = (done, total)

    write_kgx(curated_release, WORDS, tmp_path / "graph", tell)
    counts = curated_release.tables.counts
    assert told == {
        "nodes": (counts["entities"], counts["entities"]),
        "edges": (counts["claims"], counts["claims"]),
    }
