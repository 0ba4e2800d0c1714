"""Hetionet: every metaedge keeps its meaning and direction, and no row is lost without a word."""

from __future__ import annotations

import csv
import gzip
import io
import json
import time
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.importers import IMPORTERS, Rejects
from iatrograph.importers.hetionet import hetionet
from iatrograph.importers.hetionet.edges import NO_METAEDGE, NO_NODE, OTHER_ENDS, SAME_ENDS
from iatrograph.importers.hetionet.metagraph import KINDS, METAEDGES
from iatrograph.importers.hetionet.nodes import NO_IDENTIFIER, NO_KIND, NODE_TWICE
from iatrograph.importers.licences import is_open
from iatrograph.importers.pharmacotherapydb import SOURCE as PHARMACOTHERAPYDB
from iatrograph.importers.sider.contribution import SOURCE as SIDER
from iatrograph.importers.tables import RAGGED
from iatrograph.model import Claim, Stance, StatementKey
from iatrograph.validation.rows import check_rows
from iatrograph.vocabulary import iri_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from iatrograph.model import Contribution, Entity
    from iatrograph.vocabulary import Ontology

    Reading = Callable[..., tuple[Contribution, Rejects]]

SECONDS: Final = 40
"""Of one processor, for all 1.38 million edges."""

NODES: Final = (
    ("Anatomy::UBERON:0000955", "brain", "Anatomy"),
    ("Biological Process::GO:0006936", "muscle contraction", "Biological Process"),
    ("Cellular Component::GO:0005886", "plasma membrane", "Cellular Component"),
    ("Compound::DB00230", "Pregabalin", "Compound"),
    ("Compound::DB00996", "Gabapentin", "Compound"),
    ("Disease::DOID:1826", "epilepsy syndrome", "Disease"),
    ("Disease::DOID:6364", "migraine", "Disease"),
    ("Gene::781", "CACNA2D1", "Gene"),
    ("Gene::9254", "CACNA2D2", "Gene"),
    ("Molecular Function::GO:0005245", "calcium channel activity", "Molecular Function"),
    ("Pathway::PC7_984", "ADP signalling through P2Y purinoceptor 12", "Pathway"),
    ("Pathway::WP98_r72088", "Prostaglandin Synthesis and Regulation", "Pathway"),
    ("Pharmacologic Class::N0000191624", "Cytochrome P450 1A Inducers", "Pharmacologic Class"),
    ("Side Effect::C0027066", "Myoclonus", "Side Effect"),
    ("Symptom::D009207", "Myoclonus", "Symptom"),
)
FIRST_OF_KIND: Final = {kind: original for original, _, kind in reversed(NODES)}
LAST_OF_KIND: Final = {kind: original for original, _, kind in NODES}
EVERY_EDGE: Final = tuple(
    (FIRST_OF_KIND[edge.source], name, LAST_OF_KIND[edge.target])
    for name, edge in METAEDGES.items()
)
"""One edge of each metaedge, made of the nodes above."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], end: str = "\r\n") -> bytes:
    """Return the text of a table as Hetionet publishes it."""
    return "".join("\t".join(row) + end for row in (head, *rows)).encode()


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Return what writes the two files and reads them."""

    def read(
        edges: Sequence[Sequence[str]] = (), nodes: Sequence[Sequence[str]] = NODES
    ) -> tuple[Contribution, Rejects]:
        (tmp_path / "hetionet-v1.0-nodes.tsv").write_bytes(table(("id", "name", "kind"), nodes))
        text = table(("source", "metaedge", "target"), edges)
        (tmp_path / "hetionet-v1.0-edges.sif.gz").write_bytes(gzip.compress(text))
        rejects = Rejects("hetionet", io.StringIO())
        return hetionet(tmp_path, rejects), rejects

    return read


def keys(contribution: Contribution) -> list[StatementKey]:
    """Return subject, relation and object of each claim."""
    return [claim.statement for claim in contribution.claims]


def by_id(contribution: Contribution) -> dict[str, Entity]:
    """Return the entities by id."""
    return {entity.id: entity for entity in contribution.entities}


def test_it_is_registered() -> None:
    """A build finds it by its name."""
    assert IMPORTERS["hetionet"] is hetionet


def test_every_metaedge_has_its_relation(reading: Reading, ontology: Ontology) -> None:
    """All 24 are told, in their direction; the class of a drug is broader and no claim."""
    contribution, rejects = reading(EVERY_EDGE)

    assert rejects.counts == {}
    assert sorted(keys(contribution)) == sorted(
        [
            ("UBERON:0000955", "decreases", "NCBIGene:9254"),
            ("UBERON:0000955", "expresses", "NCBIGene:9254"),
            ("UBERON:0000955", "increases", "NCBIGene:9254"),
            ("drugbank:DB00230", "binds", "NCBIGene:9254"),
            ("drugbank:DB00230", "hasSideEffect", "umls:C0027066"),
            ("drugbank:DB00230", "decreases", "NCBIGene:9254"),
            ("drugbank:DB00230", "mitigates", "DOID:6364"),
            ("drugbank:DB00230", "analogueOf", "drugbank:DB00996"),
            ("drugbank:DB00230", "treats", "DOID:6364"),
            ("drugbank:DB00230", "increases", "NCBIGene:9254"),
            ("DOID:1826", "associatedWith", "NCBIGene:9254"),
            ("DOID:1826", "decreases", "NCBIGene:9254"),
            ("DOID:1826", "affectsSite", "UBERON:0000955"),
            ("DOID:1826", "hasSymptom", "mesh:D009207"),
            ("DOID:1826", "associatedWith", "DOID:6364"),
            ("DOID:1826", "increases", "NCBIGene:9254"),
            ("NCBIGene:781", "associatedWith", "NCBIGene:9254"),
            ("NCBIGene:781", "binds", "NCBIGene:9254"),
            ("NCBIGene:781", "participatesIn", "GO:0006936"),
            ("NCBIGene:781", "locatedIn", "GO:0005886"),
            ("NCBIGene:781", "participatesIn", "GO:0005245"),
            ("NCBIGene:781", "participatesIn", "wikipathways:WP98_r72088"),
            ("NCBIGene:781", "actsOn", "NCBIGene:9254"),
        ]
    )
    assert by_id(contribution)["drugbank:DB00996"].broader == ("ndfrt:N0000191624",)
    assert [*check_rows(reading(EVERY_EDGE)[0], ontology)] == []


def test_no_two_metaedges_say_the_same() -> None:
    """Relation and kinds of ends tell metaedges apart, so that their claims never collide."""
    told = Counter((edge.relation, edge.source, edge.target) for edge in METAEDGES.values())

    assert max(told.values()) == 1


def test_what_is_taken_over_says_from_where(reading: Reading) -> None:
    """Three metaedges repeat one resource, under its licence; all else is Hetionet's own word."""
    contribution, _ = reading(EVERY_EDGE)
    sources = {source.id: source for source in contribution.sources}
    repeated = {
        (claim.qualifiers["originalPredicate"][0], claim.source)
        for claim in contribution.claims
        if claim.source != "hetionet"
    }

    assert repeated == {
        ("Compound - causes - Side Effect", "hetionet-sider"),
        ("Compound - palliates - Disease", "hetionet-pharmacotherapydb"),
        ("Compound - treats - Disease", "hetionet-pharmacotherapydb"),
    }
    assert {source.id: is_open(source.licence) for source in contribution.sources} == {
        "hetionet": False,
        "hetionet-pharmacotherapydb": True,
        "hetionet-sider": False,
    }
    assert sources["hetionet-sider"].licence == SIDER.licence
    assert sources["hetionet-sider"].origin == SIDER.origin
    assert sources["hetionet-pharmacotherapydb"].origin == PHARMACOTHERAPYDB.origin
    assert {s.origin for s in contribution.sources} <= {r.id for r in contribution.references}


def test_a_claim_says_what_the_row_rests_on(reading: Reading) -> None:
    """Certainty is not stated; the row and the name of its metaedge are kept."""
    contribution, _ = reading([("Compound::DB00996", "CcSE", "Side Effect::C0027066")])

    assert [*contribution.claims] == [
        Claim(
            "drugbank%3ADB00996.hasSideEffect.umls%3AC0027066.hetionet-sider",
            StatementKey("drugbank:DB00996", "hasSideEffect", "umls:C0027066"),
            Stance.AFFIRMS,
            "hetionet-sider",
            {
                "certainty": ("not-stated",),
                "evidenceLevel": ("label",),
                "originalPredicate": ("Compound - causes - Side Effect",),
                "originalId": ("Compound::DB00996 CcSE Side Effect::C0027066",),
            },
            "knowledge_assertion",
            "text_mining_agent",
        )
    ]


def test_every_kind_has_its_class_and_identifier(reading: Reading) -> None:
    """One thing under two kinds, a sign and a side effect, stays two entities."""
    contribution, _ = reading()

    assert {(e.id, e.label, *e.kinds) for e in contribution.entities} >= {
        ("UBERON:0000955", "brain", "Anatomy"),
        ("GO:0006936", "muscle contraction", "Process"),
        ("GO:0005886", "plasma membrane", "Anatomy"),
        ("drugbank:DB00996", "Gabapentin", "Drug"),
        ("DOID:1826", "epilepsy syndrome", "Condition"),
        ("NCBIGene:781", "CACNA2D1", "Target"),
        ("GO:0005245", "calcium channel activity", "Process"),
        ("ndfrt:N0000191624", "Cytochrome P450 1A Inducers", "DrugClass"),
        ("umls:C0027066", "Myoclonus", "Effect"),
        ("mesh:D009207", "Myoclonus", "Effect"),
    }


def test_a_pathway_without_a_register_keeps_an_address(reading: Reading) -> None:
    """``PC7_984`` is no number of Pathway Commons, so it is not passed off as one."""
    entities = by_id(reading()[0])

    assert "wikipathways:WP98_r72088" in entities
    assert "https://github.com/dhimmel/pathways#PC7_984" in entities
    assert all(iri_of(identifier).startswith("http") for identifier in entities)


def test_the_ends_of_an_association_stand_in_the_order_of_their_ids(reading: Reading) -> None:
    """What reads both ways is one claim however the rows stand; the row is kept as it was."""
    turned, straight = (
        ("Gene::9254", "GcG", "Gene::781"),
        ("Gene::781", "GcG", "Gene::9254"),
    )
    (once,) = reading([turned])[0].claims
    (both,) = reading([turned, straight, turned])[0].claims

    assert once.statement == both.statement == ("NCBIGene:781", "associatedWith", "NCBIGene:9254")
    assert once.qualifiers["originalId"] == ("Gene::9254 GcG Gene::781",)
    assert both.qualifiers["originalId"] == ("Gene::781 GcG Gene::9254",)


def test_what_has_a_direction_keeps_it(reading: Reading) -> None:
    """Two genes may regulate each other, and those are two claims."""
    there, back = ("Gene::9254", "Gr>G", "Gene::781"), ("Gene::781", "Gr>G", "Gene::9254")

    assert sorted(keys(reading([there, back, there])[0])) == [
        ("NCBIGene:781", "actsOn", "NCBIGene:9254"),
        ("NCBIGene:9254", "actsOn", "NCBIGene:781"),
    ]


def test_a_node_without_edges_stays(reading: Reading) -> None:
    """What nothing is said of is an entity too, and a name that is empty is its id."""
    contribution, rejects = reading(
        nodes=[("Gene::781", "", "Gene"), ("Gene::9254", " CACNA2D2 ", "Gene")]
    )

    assert [(e.id, e.label) for e in contribution.entities] == [
        ("NCBIGene:781", "NCBIGene:781"),
        ("NCBIGene:9254", "CACNA2D2"),
    ]
    assert [*contribution.claims] == []
    assert rejects.counts == {}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Planet::3", "Earth", "Planet"), NO_KIND),
        (("Gene::781", "again", "Gene"), NODE_TWICE),
        (("Gene::CACNA", "no number", "Gene"), NO_IDENTIFIER),
        (("Disease::1826", "no DOID", "Disease"), NO_IDENTIFIER),
        (("Symptom::C0027066", "other kind", "Side Effect"), NO_IDENTIFIER),
        (("Pathway::PC7_x", "no number", "Pathway"), NO_IDENTIFIER),
        (("Gene::1", "cells missing"), RAGGED),
    ],
)
def test_a_node_that_cannot_be_used_is_rejected(
    reading: Reading, row: tuple[str, ...], reason: str
) -> None:
    """It is counted under its reason, and the others stay."""
    contribution, rejects = reading(nodes=[*NODES, row])

    assert rejects.counts == {reason: 1}
    assert len(by_id(contribution)) == len(NODES)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Gene::781", "GxG", "Gene::9254"), NO_METAEDGE),
        (("Gene::781", "GiG", "Gene::1"), NO_NODE),
        (("Gene::1", "GiG", "Gene::781"), NO_NODE),
        (("Gene::781", "CtD", "Disease::DOID:1826"), OTHER_ENDS),
        (("Disease::DOID:1826", "CtD", "Compound::DB00996"), OTHER_ENDS),
        (("Gene::781", "GiG", "Gene::781"), SAME_ENDS),
        (("Gene::781", "GiG"), RAGGED),
    ],
)
def test_an_edge_that_cannot_be_used_is_rejected(
    reading: Reading, row: tuple[str, ...], reason: str
) -> None:
    """It is counted under its reason, and the others stay."""
    contribution, rejects = reading([row, ("Gene::781", "GiG", "Gene::9254")])

    assert rejects.counts == {reason: 1}
    assert keys(contribution) == [("NCBIGene:781", "binds", "NCBIGene:9254")]


def test_a_reject_has_its_place(tmp_path: Path, reading: Reading) -> None:
    """File, line, reason and text are written down."""
    reading([("Gene::781", "GiG", "Gene::9254"), ("Gene::781", "GiG", "Gene::1")])
    told = io.StringIO()
    hetionet(tmp_path, Rejects("hetionet", told))

    assert json.loads(told.getvalue()) == {
        "source": "hetionet",
        "file": "hetionet-v1.0-edges.sif.gz",
        "line": 3,
        "reason": NO_NODE,
        "text": "Gene::781\tGiG\tGene::1",
    }


@pytest.mark.parametrize(
    ("files", "read"),
    [
        (("edges.sif", "edges-partial.sif.gz", "edges-5k.sif.gz"), "edges.sif"),
        (("edges.sif.xz", "edges-partial.sif", "edges-5k.sif"), "edges.sif.xz"),
        (("edges-5k.sif", "edges-partial.sif.gz"), "edges-partial.sif.gz"),
        (("edges-5k.sif.bz2", "edges-5k.sif.md5"), "edges-5k.sif.bz2"),
    ],
)
def test_the_fullest_file_of_edges_is_read(
    tmp_path: Path, files: tuple[str, ...], read: str
) -> None:
    """The whole goes before a part, and the only one is taken whatever it is called."""
    (tmp_path / "hetionet-v1.0-nodes.tsv").write_bytes(table(("id", "name", "kind"), NODES))
    for name in files:
        (tmp_path / f"hetionet-v1.0-{name}").touch()

    with pytest.raises(UnreadableFile) as caught:
        hetionet(tmp_path, Rejects("hetionet"))
    assert caught.value.path.name == f"hetionet-v1.0-{read}"


def test_two_files_of_edges_of_which_none_is_known_are_not_chosen_from(tmp_path: Path) -> None:
    """The message names both."""
    (tmp_path / "hetionet-v1.0-nodes.tsv").write_bytes(table(("id", "name", "kind"), NODES))
    for name in ("5k", "mine"):
        (tmp_path / f"hetionet-v1.0-edges-{name}.sif").touch()

    with pytest.raises(UnreadableFile, match=r"edges-5k\.sif, hetionet-v1\.0-edges-mine\.sif"):
        hetionet(tmp_path, Rejects("hetionet"))


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    """So is a file in place of the folder; each message says what is wanted."""
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(UnreadableFile, match=r"is no folder; .* hetionet-v1\.0-nodes\.tsv"):
        hetionet(file, Rejects("hetionet"))
    with pytest.raises(UnreadableFile, match=r"has no hetionet-v1\.0-nodes\.tsv"):
        hetionet(tmp_path, Rejects("hetionet"))
    (tmp_path / "hetionet-v1.0-nodes.tsv").write_bytes(table(("id", "name", "kind"), NODES))
    with pytest.raises(UnreadableFile, match=r"has no hetionet-v1\.0-edges\.sif"):
        hetionet(tmp_path, Rejects("hetionet"))


GOOD: Final = table(("source", "metaedge", "target"), [("Gene::781", "GiG", "Gene::9254")] * 999)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("edges.sif", b"", "is empty"),
        ("edges.sif", GOOD.replace(b"\t", b","), "has commas; expected the columns source, meta"),
        ("edges.sif", GOOD.replace(b"metaedge", b"predicate"), "no column metaedge"),
        ("edges.sif", GOOD.replace(b"target", b"source"), "the column 'source' stands twice"),
        ("edges.sif.gz", gzip.compress(GOOD)[:-20], "damaged or cut archive"),
        ("edges.sif.gz", GOOD, "damaged or cut archive"),
    ],
)
def test_edges_of_another_layout_fail_at_once(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    """No claim is given before the whole file has been read."""
    (tmp_path / "hetionet-v1.0-nodes.tsv").write_bytes(table(("id", "name", "kind"), NODES))
    (tmp_path / f"hetionet-v1.0-{name}").write_bytes(content)

    with pytest.raises(UnreadableFile, match=message):
        hetionet(tmp_path, Rejects("hetionet"))


def test_line_ends_and_marks_do_not_matter(tmp_path: Path, reading: Reading) -> None:
    """A file from Windows and one from Unix give the same claims."""
    windows = [*reading(EVERY_EDGE)[0].claims]
    (tmp_path / "hetionet-v1.0-edges.sif.gz").unlink()
    unix = b"\xef\xbb\xbf" + table(("source", "metaedge", "target"), EVERY_EDGE, "\n")
    (tmp_path / "hetionet-v1.0-edges.sif").write_bytes(unix)

    assert [*hetionet(tmp_path, Rejects("hetionet")).claims] == windows


def published(shared: Path, name: str) -> list[dict[str, str]]:
    """Read one of the small tables that come with the data."""
    with (shared / "data/hetionet" / name).open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file, delimiter="\t")]


@pytest.mark.shared
def test_the_tables_hold_all_that_is_published(shared: Path) -> None:
    """Each metaedge and each kind of node is there, with the name that Hetionet gives it."""
    metaedges = {row["abbreviation"]: row["metaedge"] for row in published(shared, "metaedges.tsv")}

    assert {
        name: (" > " if ">" in name else " - ").join((edge.source, edge.name, edge.target))
        for name, edge in METAEDGES.items()
    } == metaedges
    assert {row["metanode"] for row in published(shared, "metanodes.tsv")} == set(KINDS)


@dataclass(frozen=True)
class Everything:
    """What all edges give: claims by metaedge and seconds of a processor, of gabapentin the ids."""

    counts: Counter[str]
    seconds: float
    rejects: Rejects
    entities: dict[str, Entity]
    gabapentin: set[str]


@pytest.fixture(scope="module")
def everything(shared: Path) -> Everything:
    """Read all edges once."""
    rejects = Rejects("hetionet")
    start = time.process_time()
    contribution = hetionet(shared / "data/hetionet", rejects)
    counts: Counter[str] = Counter()
    gabapentin = set()
    for claim in contribution.claims:
        counts[claim.qualifiers["originalPredicate"][0]] += 1
        if claim.statement.subject == "drugbank:DB00996":
            gabapentin.add(claim.id)
    seconds = time.process_time() - start
    return Everything(counts, seconds, rejects, by_id(contribution), gabapentin)


@pytest.mark.shared
def test_claims_are_as_many_as_the_published_edges(shared: Path, everything: Everything) -> None:
    """Twenty metaedges are complete; of each row there is a claim, or something broader."""
    coverage = {row["metaedge"]: row for row in published(shared, "coverage.tsv")}
    names = {row["abbreviation"]: row["metaedge"] for row in published(shared, "metaedges.tsv")}
    given = {name: everything.counts[names[name]] for name in METAEDGES}
    given["PCiC"] = sum(len(entity.broader) for entity in everything.entities.values())

    assert given == {name: int(row["edges_here"]) for name, row in coverage.items()}
    complete = [name for name, row in coverage.items() if row["exact"] == "yes"]
    assert len(complete) == 20
    assert all(given[name] == int(coverage[name]["edges_in_v1.0"]) for name in complete)
    assert everything.rejects.counts == {}
    assert everything.seconds < SECONDS


@pytest.mark.shared
def test_nodes_are_as_many_as_published(shared: Path, everything: Everything) -> None:
    """Every node is an entity, those without edges too."""
    wanted: Counter[str] = Counter()
    for row in published(shared, "metanodes.tsv"):
        wanted[KINDS[row["metanode"]].class_name] += int(row["nodes"])

    assert Counter(k for entity in everything.entities.values() for k in entity.kinds) == wanted
    assert sum(wanted.values()) == 47031


@pytest.mark.shared
def test_gabapentin_is_there(everything: Everything) -> None:
    """It treats epilepsy, binds the channel's subunits, and may cause myoclonus."""
    assert everything.entities["drugbank:DB00996"].label == "Gabapentin"
    assert everything.gabapentin >= {
        f"drugbank%3ADB00996.{rest}"
        for rest in (
            "treats.DOID%3A1826.hetionet-pharmacotherapydb",
            "binds.NCBIGene%3A781.hetionet",
            "binds.NCBIGene%3A9254.hetionet",
            "hasSideEffect.umls%3AC0027066.hetionet-sider",
        )
    }


@pytest.fixture
def sample(shared: Path, tmp_path: Path) -> Path:
    """Return a folder with the official sample, of at most 5,000 edges a metaedge."""
    for name in ("hetionet-v1.0-nodes.tsv.gz", "hetionet-v1.0-edges-5k.sif.gz"):
        (tmp_path / name).symlink_to(shared / "data/hetionet" / name)
    return tmp_path


@pytest.mark.shared
def test_the_official_sample_is_read_whole(sample: Path) -> None:
    """The file as Hetionet publishes it, with its Windows line ends, gives a claim a row."""
    rejects = Rejects("hetionet")
    claims = {claim.id for claim in hetionet(sample, rejects).claims}

    assert rejects.counts == {}
    assert len(claims) == 99676 - 1029  # what a class of drugs includes is no claim


@pytest.mark.shared
def test_what_is_published_keeps_to_the_ontology(sample: Path, ontology: Ontology) -> None:
    """All entities, and claims of all metaedges, pass the row check."""
    contribution = hetionet(sample, Rejects("hetionet"))
    some = [*islice(contribution.claims, 0, None, 32)]

    assert len({claim.qualifiers["originalPredicate"] for claim in some}) == 23
    assert [*check_rows(replace(contribution, claims=some), ontology)] == []
