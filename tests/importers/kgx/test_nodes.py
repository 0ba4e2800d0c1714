"""Things: their classes, their names, their identifiers, joined over all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.importers.kgx.graph_files import DISEASE, DRUG, claims, edge, read, write

from iatrograph.importers.kgx import KGX
from iatrograph.importers.kgx.identifiers import identifier, sound_identifier
from iatrograph.importers.kgx.kinds import BY_PREFIX, compatible, kinds_of
from iatrograph.importers.kgx.reasons import (
    BAD_IDENTIFIER,
    EXCLUSIVE,
    NO_CLASS,
    NO_ID,
    OTHER_NAME,
    UNKNOWN_END,
    no_place,
)
from iatrograph.importers.rejects import Rejects

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iatrograph.vocabulary import Ontology

ANCESTORS: Final = ["biolink:NamedThing", "biolink:BiologicalEntity", "biolink:ThingWithTaxon"]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("UMLS:C0027066", "umls:C0027066"),
        ("MESH:D009207", "mesh:D009207"),
        ("DRUGBANK:DB00996", "drugbank:DB00996"),
        ("DrugBank:DB00996", "drugbank:DB00996"),
        ("RXNORM:25480", "rxcui:25480"),
        ("ChEBI:42797", "CHEBI:42797"),
        ("PUBCHEM.COMPOUND:3446", "pubchem.compound:3446"),
        ("http://purl.obolibrary.org/obo/HP_0001336", "HP:0001336"),
        ("http://identifiers.org/hgnc/7883", "HGNC:7883"),
        ("https://identifiers.org/hgnc:7883", "HGNC:7883"),
        ("HP:1336", "HP:0001336"),
        ("MONDO:5027", "MONDO:0005027"),
        ("DOID:1826", "DOID:1826"),
        ("SNOMEDCT_US:298181000", "SNOMEDCT:298181000"),
        ("REACT:R-HSA-9613829", "REACT:R-HSA-9613829"),
        ("https://example.org/a", "https://example.org/a"),
        ("id:gabapentin", "gabapentin"),
        *((text, None) for text in ("", "x1", "CA915940948", "HP:", ":1", "a b:1", "HP:a b")),
        *((text, None) for text in ("MONDO_grouped:1_2", "HGVS:NC_1:g.1C>T", "http://", "id:A B")),
    ],
)
def test_identifiers_have_one_spelling(given: str, written: str | None) -> None:
    """That of the project's prefixes; what cannot be part of an IRI is none."""
    assert identifier(given) == written


def test_other_identifiers_have_the_form_of_their_prefix() -> None:
    """Where the ontology gives a form; other vocabularies are taken as they are."""
    assert sound_identifier("DRUGBANK:DB00996") == "drugbank:DB00996"
    assert sound_identifier("DRUGBANK:996") is None
    assert sound_identifier("UNII:6CW7F3G59X") == "UNII:6CW7F3G59X"


@pytest.mark.parametrize(
    ("own", "categories", "kinds"),
    [
        ("a:1", ["biolink:Gene", *ANCESTORS], ("Target",)),
        ("a:1", ["Gene"], ("Target",)),
        ("a:1", ["gene"], ("Target",)),
        ("a:1", ["phenotypic feature"], ("Effect",)),
        ("a:1", ["biolink:Disease", "biolink:PhenotypicFeature"], ("Condition", "Effect")),
        ("a:1", ["biolink:ChemicalSubstance"], ("Drug",)),
        ("HP:0000001", [], ("Effect",)),
        ("HP:0000001", ANCESTORS, ("Effect",)),
        ("HP:0000001", ["biolink:Disease"], ("Condition",)),
        ("MONDO:0000001", [], ("Condition",)),
        ("Orphanet:1", [], ("Condition",)),
        ("ENSEMBL:ENSG1", [], ("Target",)),
        ("drugbank:DB00071", ["biolink:Protein"], ("Drug",)),
        ("UniProtKB:P01308", ["biolink:Protein"], ("Target",)),
        ("GO:0005576", [], ()),
        ("umls:C0000001", [], ()),
        ("a:1", ["biolink:SequenceVariant"], ()),
        ("a:1", ["biolink:NoSuchThing"], ()),
        ("gabapentin", [], ()),
        ("https://example.org/a", [], ()),
    ],
)
def test_classes_come_of_categories_else_of_the_vocabulary(
    own: str, categories: list[str], kinds: tuple[str, ...]
) -> None:
    """Broad categories say nothing; medicines are drugs, proteins among them too."""
    assert kinds_of(own, categories, KGX).names == kinds


def test_every_vocabulary_gives_a_class_of_the_ontology(ontology: Ontology) -> None:
    """One that an entity can have."""
    assert set(BY_PREFIX.values()) <= {cls.name for cls in ontology.concrete_classes}


def test_classes_that_exclude_each_other_are_not_given_together() -> None:
    """What the vocabulary says stays, else what is displayed first."""
    assert compatible(frozenset({"Target", "Drug"}), "") == ("Drug",)
    assert compatible(frozenset({"Target", "Drug"}), "Target") == ("Target",)
    assert compatible(frozenset({"Effect", "Condition", "Drug"}), "Effect") == (
        "Condition",
        "Effect",
    )
    kinds = kinds_of("CHEBI:1", ["biolink:Drug", "biolink:Disease"], KGX)
    assert kinds == (("Drug",), True)


def test_a_node_is_an_entity(tmp_path: Path) -> None:
    """With names, definition and the identifiers that it has elsewhere."""
    node = DRUG | {
        "description": "An analogue of GABA.",
        "synonym": ["Neurontin", "gabapentin"],
        "xref": ["CHEBI:42797", "UMLS:C0060926", "drugbank:DB00996"],
        "equivalent_identifiers": "UNII:6CW7F3G59X|CHEBI:42797",
    }
    (found,) = read(write(tmp_path, (), [node])).entities

    assert (found.id, found.label, found.kinds) == ("drugbank:DB00996", "gabapentin", ("Drug",))
    assert (found.synonyms, found.definition) == (("Neurontin",), "An analogue of GABA.")
    assert found.identifiers == ("UNII:6CW7F3G59X", "CHEBI:42797", "umls:C0060926")


def test_nodes_of_one_id_are_joined(tmp_path: Path) -> None:
    """Names that differ are told, and kept as synonyms; capitals make no other name."""
    nodes: list[Mapping[str, object]] = [
        DRUG,
        DRUG | {"name": "Gabapentin"},
        DRUG | {"name": "1-(aminomethyl)cyclohexaneacetic acid", "xref": ["CHEBI:42797"]},
        {"id": "DRUGBANK:DB00996", "synonym": "Neurontin", "description": "x"},
    ]
    rejects = Rejects("t")
    (found,) = read(write(tmp_path, (), nodes), rejects).entities

    assert found.label == "gabapentin"
    assert found.synonyms == ("1-(aminomethyl)cyclohexaneacetic acid", "Neurontin")
    assert (found.definition, found.identifiers) == ("x", ("CHEBI:42797",))
    assert rejects.counts == {OTHER_NAME: 1}


def test_what_is_wrong_with_a_node_is_told(tmp_path: Path) -> None:
    """A node without id or class is no thing; of others what is right is kept."""
    nodes: list[Mapping[str, object]] = [
        {"id": "x1", "category": "biolink:Gene"},
        {"name": "no id"},
        {"id": "CAID:CA000034", "category": ["biolink:SequenceVariant"]},
        {"id": "CHEBI:1", "category": ["biolink:Drug", "biolink:Disease"]},
        {"id": "CHEBI:2", "xref": ["drugbank:1", "HGVS:a>b", "CAS:50-00-0"]},
        {"id": "CHEBI:3", "charge": 0},
        {"id": "CHEBI:4", "charge": 1},
    ]
    rejects = Rejects("t")
    found = read(write(tmp_path, (), nodes), rejects).entities

    assert [(e.id, e.kinds, e.identifiers) for e in found] == [
        ("CHEBI:1", ("Drug",), ()),
        ("CHEBI:2", ("Drug",), ("CAS:50-00-0",)),
        ("CHEBI:3", ("Drug",), ()),
        ("CHEBI:4", ("Drug",), ()),
    ]
    assert rejects.counts == {
        NO_ID: 2,
        NO_CLASS: 1,
        EXCLUSIVE: 1,
        BAD_IDENTIFIER: 1,
    }
    assert rejects.remarks == {no_place("charge"): 1}


def test_things_that_only_edges_name_are_taken_by_their_vocabulary(tmp_path: Path) -> None:
    """With the name and the category that the edge gives, if any; others are rejected."""
    edges = [
        edge(),
        edge(obj={"id": "UMLS:C0014544"}),
        edge(obj={"id": "UMLS:C0000001"}, object_name="an ache", object_category="Disease"),
    ]
    rejects = Rejects("t")
    write(tmp_path, edges, ())

    assert [claim.statement.object for claim in claims(tmp_path, rejects)] == [
        DISEASE["id"],
        "umls:C0000001",
    ]
    assert rejects.counts == {UNKNOWN_END: 1}
    assert [(e.id, e.label, e.kinds) for e in read(tmp_path).entities] == [
        ("drugbank:DB00996", "drugbank:DB00996", ("Drug",)),
        ("MONDO:0005027", "MONDO:0005027", ("Condition",)),
        ("umls:C0000001", "an ache", ("Condition",)),
    ]
