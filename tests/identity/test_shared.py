"""The curated graph, the nodes of Hetionet and the shared mappings become one."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from iatrograph.identity import Identity, MappingFile, ReportKind, join, read_mappings
from iatrograph.identity.mappings import MALFORMED, SEVERAL, UNCLEAR
from iatrograph.model import Entity
from iatrograph.rdf.curated import read_curated
from iatrograph.vocabulary import ontology, resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.shared

NODES: Final = {
    "Compound": ("drugbank:", "Drug"),
    "Disease": ("", "Condition"),
    "Gene": ("NCBIGene:", "Target"),
    "Side Effect": ("umls:", "Effect"),
    "Symptom": ("mesh:", "Effect"),
}


class Real(NamedTuple):
    """Everything that was joined, and the result."""

    files: dict[str, MappingFile]
    entities: tuple[Entity, ...]
    identity: Identity


def hetionet(path: Path) -> Iterator[Entity]:
    """Yield the nodes of Hetionet of the kinds that are joined here."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            node, name, kind = line.rstrip("\r\n").split("\t")
            if kind in NODES:
                prefix, cls = NODES[kind]
                yield Entity(prefix + node.partition("::")[2], name, (cls,))


@pytest.fixture(scope="module")
def real(shared: Path) -> Real:
    """Return the real things, joined once for all tests."""
    files = read_mappings(shared / "data" / "terms")
    nodes = hetionet(shared / "data" / "hetionet" / "hetionet-v1.0-nodes.tsv.gz")
    curated = read_curated(resource("graph"), ontology()).contribution.entities
    entities = (*curated, *nodes)
    mappings = (mapping for file in files for mapping in file.mappings)
    return Real({f.path.name: f for f in files}, entities, join(entities, mappings))


def test_all_mapping_files_are_read(real: Real) -> None:
    """Seven files; what is unclear in them is counted."""
    counts = {name: len(file.mappings) for name, file in real.files.items()}
    drugs, cuis = real.files["drug-xrefs.tsv.gz"], real.files["umls-cui_to_mondo_map.tsv.gz"]

    assert counts == {
        "do-xrefs.tsv.gz": 9398,
        "drug-xrefs.tsv.gz": 7891,
        "mondo_exactmatch_doid.sssom.tsv.gz": 11966,
        "mondo_exactmatch_mesh.sssom.tsv.gz": 8181,
        "mondo_exactmatch_umls.sssom.tsv.gz": 21660,
        "umls-cui_to_hp_map.tsv.gz": 11367,
        "umls-cui_to_mondo_map.tsv.gz": 12984,
    }
    assert dict(drugs.skipped) == {SEVERAL: 2049, UNCLEAR: 416}
    assert dict(cuis.skipped) == {MALFORMED: 2362, UNCLEAR: 353}


@pytest.mark.parametrize(
    ("identifier", "slug"),
    [
        ("drugbank:DB00996", "gabapentin"),
        ("pubchem.compound:3446", "gabapentin"),
        ("umls:C0027066", "myoclonus"),
        ("mesh:D009207", "myoclonus"),
        ("HP:0001336", "myoclonus"),
        ("umls:C0231530", "muscle-twitching"),
        ("umls:C0015644", "fasciculation"),
    ],
)
def test_real_things_are_one(real: Real, identifier: str, slug: str) -> None:
    """Drug and signs go by their slugs, whoever names them."""
    assert real.identity.canonical(identifier) == slug


def test_gabapentin_is_explained_with_file_and_line(real: Real) -> None:
    """The compound comes over the table of drugs, from the DrugBank id that the curator states."""
    found = real.identity.explain("gabapentin")
    ways = {member.id: [str(link) for link in member.links] for member in found.members}

    assert ways["pubchem.compound:3446"] == [
        "gabapentin = drugbank:DB00996 (stated with gabapentin)",
        "drugbank:DB00996 = pubchem.compound:3446 (drug-xrefs.tsv.gz:987)",
    ]


def test_merged_entities_have_both_names_and_all_identifiers(real: Real) -> None:
    """Gabapentin keeps its curated label and brand name beside all identifiers."""
    merged = {entity.id: entity for entity in real.identity.merged(real.entities)}
    gabapentin = merged["gabapentin"]

    assert (gabapentin.label, gabapentin.synonyms) == ("gabapentin", ("Neurontin",))
    assert {"drugbank:DB00996", "pubchem.compound:3446"} <= {*gabapentin.identifiers}
    assert "drugbank:DB00996" not in merged


def test_similar_signs_stay_apart(real: Real) -> None:
    """Twitching, fasciculation, cramp and spasm are four things, mappings or not."""
    signs = ("muscle-twitching", "fasciculation", "muscle-cramp", "muscle-spasm", "myoclonus")

    assert [real.identity.canonical(sign) for sign in signs] == [*signs]


def test_real_contradictions_are_reported(real: Real) -> None:
    """A map that would make cramp and spasm one is cut, and so is surgery as a side effect."""
    reports = {(one.kind, one.ids): one for one in real.identity.reports}
    chain = reports[ReportKind.CHAIN, ("muscle-cramp", "muscle-spasm")]
    names = {one.ids for one in real.identity.reports if one.kind is ReportKind.SAME_NAME}

    assert [link.place.partition(":")[0] for link in chain.unused] == ["umls-cui_to_hp_map.tsv.gz"]
    assert (ReportKind.KINDS, ("surgery", "umls:C0543467")) in reports
    assert ("mesh:D014012", "umls:C0040264") in names


def test_every_real_slug_is_kept(real: Real) -> None:
    """No curated entity is lost in another."""
    slugs = {entity.id for entity in real.entities if ":" not in entity.id}

    assert len(slugs) > 300
    assert all(real.identity.canonical(slug) == slug for slug in slugs)
