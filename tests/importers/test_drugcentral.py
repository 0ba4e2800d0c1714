from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.importers import IMPORTERS, Rejects
from iatrograph.importers.drugcentral import (
    CLASSES,
    DRUG_TO_CLASS,
    INDICATIONS,
    NO_CLASS,
    NO_DISEASE,
    NO_DRUG,
    NO_GENE,
    NO_PUBLICATION,
    TARGETS,
    TWICE,
    drugcentral,
)
from iatrograph.model import StatementKey
from iatrograph.validation.rows import check_rows

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.model import Claim, Contribution
    from iatrograph.vocabulary import Ontology

HEADERS = {
    TARGETS: "GeneID\tdrugbank_id\tdrugbank_name\tpubmed_ids\tsources\tactions\turls",
    CLASSES: "class_id\tclass_name\tclass_source\tclass_type\turl",
    DRUG_TO_CLASS: "drugbank_id\tdrugbank_name\tclass_id\tclass_name",
    INDICATIONS: "doid_id\tdrugbank_id\tdisease\tdrug\tcategory",
}
TARGET = "11\tDB00001\tOnedrug\t\tDrugCentral (ChEMBL)\tblocker\t"
INDICATION = "DOID:1\tDB00001\tone ache\tOnedrug\tNOT"
MEMBERSHIP = "DB00001\tOnedrug\tN0000000001\tOne Blockers"


def write(folder: Path, name: str, *rows: str) -> None:
    """Write one of the tables."""
    (folder / name).write_text("\n".join([HEADERS[name], *rows, ""]))


def target_claims(folder: Path, *rows: str, rejects: Rejects | None = None) -> list[Claim]:
    """Write a table of targets, and return the claims that are read in it."""
    write(folder, TARGETS, *rows)
    return list(drugcentral(folder, rejects or Rejects("t")).claims)


@pytest.mark.parametrize(
    ("word", "relation", "action"),
    [
        ("agonist", "agonistOf", "agonist"),
        ("partial agonist", "agonistOf", "agonist"),
        ("inverse agonist", "binds", "inhibitor"),
        ("antagonist", "binds", "antagonist"),
        ("allosteric antagonist", "binds", "antagonist"),
        ("blocker", "binds", "inhibitor"),
        ("negative allosteric modulator", "binds", "inhibitor"),
        ("opener", "binds", "activator"),
        ("positive allosteric modulator", "binds", "activator"),
        ("positive modulator", "binds", "activator"),
        ("modulator", "binds", "modulator"),
        ("releasing agent", "binds", None),
        ("substrate", "binds", None),
    ],
)
def test_action_words(tmp_path: Path, word: str, relation: str, action: str | None) -> None:
    """An agonist has its own relation; a word the scheme has no place for stays as it is."""
    (claim,) = target_claims(tmp_path, TARGET.replace("blocker", word))
    assert claim.statement == StatementKey("drugbank:DB00001", relation, "NCBIGene:11")
    assert claim.one("action") == action
    assert claim.one("originalPredicate") == word


def test_target_without_an_action_binds(tmp_path: Path) -> None:
    """Where the action is not given the drug binds, and no action is made up."""
    (claim,) = target_claims(tmp_path, TARGET.replace("blocker", ""))
    assert claim.statement.relation == "binds"
    assert claim.many("action") == ()
    assert claim.one("originalPredicate") == "target"


def test_two_actions_are_two_claims(tmp_path: Path) -> None:
    """Each action of a cell is said by a claim of its own, numbered where the statement is one."""
    claims = target_claims(tmp_path, TARGET.replace("blocker", "agonist|blocker|opener"))
    assert [(c.id, c.one("action")) for c in claims] == [
        ("drugbank%3ADB00001.agonistOf.NCBIGene%3A11.drugcentral", "agonist"),
        ("drugbank%3ADB00001.binds.NCBIGene%3A11.drugcentral", "inhibitor"),
        ("drugbank%3ADB00001.binds.NCBIGene%3A11.drugcentral.2", "activator"),
    ]


def test_publications_origins_and_evidence(tmp_path: Path) -> None:
    """PubMed ids and documents are publications; what a label says weighs as a label."""
    row = (
        "11\tDB00001\tOnedrug\t7|8\tDrugCentral (ChEMBL)|DrugCentral (label)\tblocker"
        "\thttps://www.ebi.ac.uk/chembl/compound/inspect/CHEMBL1|https://example.org/label.pdf"
    )
    (claim,) = target_claims(tmp_path, row)
    assert claim.qualifiers == {
        "certainty": ("not-stated",),
        "evidenceLevel": ("label",),
        "publication": ("PMID:7", "PMID:8", "https://example.org/label.pdf"),
        "citedReference": ("drugcentral-chembl", "drugcentral-label"),
        "originalId": ("11 DB00001",),
        "action": ("inhibitor",),
        "originalPredicate": ("blocker",),
    }
    assert (claim.knowledge_level, claim.agent_type) == ("knowledge_assertion", "manual_agent")
    references = drugcentral(tmp_path, Rejects("t")).references
    assert [(r.id, r.title, r.citation) for r in references] == [
        ("drugcentral", "DrugCentral", None),
        ("drugcentral-chembl", "ChEMBL", "DrugCentral (ChEMBL)"),
        ("drugcentral-label", "label", "DrugCentral (label)"),
    ]


def test_curated_database_without_a_label_is_opinion(tmp_path: Path) -> None:
    """What came from ChEMBL has the evidence of a curated database."""
    (claim,) = target_claims(tmp_path, TARGET)
    assert claim.one("evidenceLevel") == "opinion"
    assert claim.many("publication") == ()


def test_classes_are_broader_than_their_drugs(tmp_path: Path) -> None:
    """Classes of the three vocabularies are described, and include the drug, without a claim."""
    write(tmp_path, TARGETS, TARGET)
    write(
        tmp_path,
        CLASSES,
        "CHEBI:1\tone agent\tCHEBI\tApplication\t",
        "N0000000001\tOne Blockers\tFDA\tMechanism of Action\t",
        "D000001\tOne Agents\tMeSH\tPharmacological Action\t",
    )
    write(
        tmp_path,
        DRUG_TO_CLASS,
        MEMBERSHIP,
        "DB00001\tOnedrug\tCHEBI:1\tone agent",
        "DB00002\tTwodrug\tD000001\tOne Agents",
    )
    read = drugcentral(tmp_path, Rejects("t"))
    entities = {e.id: e for e in read.entities}
    assert entities["drugbank:DB00001"].broader == ("ndfrt:N0000000001", "CHEBI:1")
    assert entities["drugbank:DB00002"].broader == ("mesh:D000001",)
    assert entities["ndfrt:N0000000001"].kinds == ("DrugClass",)
    assert entities["ndfrt:N0000000001"].label == "One Blockers"
    assert entities["ndfrt:N0000000001"].definition == "Drug class of FDA: Mechanism of Action."
    assert [c.statement.relation for c in read.claims] == ["binds"]


def test_class_is_described_by_its_membership_alone(tmp_path: Path, ontology: Ontology) -> None:
    """Without the table of classes, nothing broader is left undescribed."""
    write(tmp_path, TARGETS, TARGET)
    write(tmp_path, DRUG_TO_CLASS, MEMBERSHIP)
    read = drugcentral(tmp_path, Rejects("t"))
    assert {e.id: e.label for e in read.entities}["ndfrt:N0000000001"] == "One Blockers"
    assert list(check_rows(read, ontology)) == []


def test_indication_treats_whatever_another_catalogue_says(tmp_path: Path) -> None:
    """The category is PharmacotherapyDB's word and makes no denial of DrugCentral."""
    write(tmp_path, TARGETS)
    write(tmp_path, INDICATIONS, INDICATION)
    (claim,) = drugcentral(tmp_path, Rejects("t")).claims
    assert claim.id == "drugbank%3ADB00001.treats.DOID%3A1.drugcentral"
    assert claim.stance == "affirms"
    assert claim.one("originalId") == "DOID:1 DB00001"


def test_gene_without_a_name_is_called_by_its_id(tmp_path: Path) -> None:
    """The table names no genes."""
    write(tmp_path, TARGETS, TARGET)
    (drug, gene) = drugcentral(tmp_path, Rejects("t")).entities
    assert (drug.label, gene.label, gene.kinds) == ("Onedrug", "NCBIGene:11", ("Target",))


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        (TARGETS, TARGET.replace("11", "P12345"), NO_GENE),
        (TARGETS, TARGET.replace("DB00001", "nan"), NO_DRUG),
        (DRUG_TO_CLASS, MEMBERSHIP.replace("N0000000001", "N1"), NO_CLASS),
        (DRUG_TO_CLASS, MEMBERSHIP.replace("DB00001", ""), NO_DRUG),
        (CLASSES, "CHEBI\tx\tCHEBI\tApplication\t", NO_CLASS),
        (INDICATIONS, INDICATION.replace("DOID:1", "umls:C1"), NO_DISEASE),
        (INDICATIONS, INDICATION.replace("DB00001", "1"), NO_DRUG),
    ],
)
def test_row_that_cannot_be_used_is_rejected_once(
    tmp_path: Path, name: str, row: str, reason: str
) -> None:
    """A rejected row is counted with its reason, though files are read twice."""
    rejects = Rejects("t")
    write(tmp_path, TARGETS)
    write(tmp_path, name, row)
    read = drugcentral(tmp_path, rejects)
    assert list(read.claims) == []
    assert read.entities == ()
    assert rejects.counts == {reason: 1}


def test_wrong_publication_does_not_cost_the_row(tmp_path: Path) -> None:
    """A PubMed id that is no number is told, and the claim stands with the others."""
    rejects = Rejects("t")
    (claim,) = target_claims(
        tmp_path, TARGET.replace("Onedrug\t", "Onedrug\t7|nan"), rejects=rejects
    )
    assert claim.many("publication") == ("PMID:7",)
    assert rejects.counts == {NO_PUBLICATION: 1}


def test_equal_rows_are_one_claim(tmp_path: Path) -> None:
    """A row that stands twice is used once and counted."""
    rejects = Rejects("t")
    assert len(target_claims(tmp_path, TARGET, TARGET, rejects=rejects)) == 1
    assert rejects.counts == {TWICE: 1}


def test_targets_may_not_be_absent(tmp_path: Path) -> None:
    """Without the targets there is nothing to read, whatever else is there."""
    write(tmp_path, CLASSES)
    with pytest.raises(UnreadableFile, match=f"no {TARGETS} in this folder.*it has {CLASSES}"):
        drugcentral(tmp_path, Rejects("t"))


@pytest.mark.parametrize("name", HEADERS)
def test_file_of_another_layout_fails_at_once(tmp_path: Path, name: str) -> None:
    """A table with commas fails before a claim is asked for, the optional ones as well."""
    write(tmp_path, TARGETS, TARGET)
    (tmp_path / name).write_text(HEADERS[name].replace("\t", ","))
    with pytest.raises(UnreadableFile, match=f"{name}:1: has commas; expected .* with tabs"):
        drugcentral(tmp_path, Rejects("t"))


def test_compressed_with_windows_line_ends_reads_the_same(tmp_path: Path) -> None:
    """Byte order mark, CRLF and gzip change nothing."""
    text = f"\ufeff{HEADERS[TARGETS]}\r\n{TARGET}\r\n"
    (tmp_path / f"{TARGETS}.gz").write_bytes(gzip.compress(text.encode()))
    (claim,) = drugcentral(tmp_path, Rejects("t")).claims
    assert claim.one("action") == "inhibitor"


@pytest.fixture
def whole(shared: Path, tmp_path: Path) -> Path:
    """Return a folder with all four tables, as a user would have them."""
    data = shared / "data"
    for path in (*data.glob("drugs/drugcentral-*"), *data.glob("indications/drugcentral-*")):
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def of_drug(read: Contribution, drug: str) -> dict[StatementKey, Claim]:
    """Return the claims whose subject is a drug."""
    return {c.statement: c for c in read.claims if c.statement.subject == drug}


@pytest.mark.shared
def test_all_tables(whole: Path, ontology: Ontology) -> None:
    """All rows of the four tables are used, with their published counts, and keep to the rules."""
    rejects = Rejects("t")
    read = IMPORTERS["drugcentral"](whole, rejects)
    relations = Counter(c.statement.relation for c in read.claims)
    assert relations["binds"] + relations["agonistOf"] == 2991
    assert relations["agonistOf"] == 352 + 16
    assert relations["treats"] == 671
    entities = tuple(read.entities)
    assert sum("DrugClass" in e.kinds for e in entities) == 1262
    assert sum(len(e.broader) for e in entities) == 10_959
    assert {r.title for r in read.references} == {
        "DrugCentral",
        "ChEMBL",
        "IUPHAR",
        "KEGG DRUG",
        "label",
        "literature",
    }
    assert rejects.counts == {}
    assert list(check_rows(drugcentral(whole, Rejects("t")), ontology)) == []


@pytest.mark.shared
def test_gabapentin(whole: Path) -> None:
    """It modulates both alpha-2-delta subunits, with the paper, and is for restless legs."""
    read = drugcentral(whole, Rejects("t"))
    claims = of_drug(read, gabapentin := "drugbank:DB00996")
    assert set(claims) == {
        (gabapentin, "binds", "NCBIGene:781"),
        (gabapentin, "binds", "NCBIGene:9254"),
        (gabapentin, "treats", "DOID:0050425"),
    }
    alpha = claims[StatementKey(gabapentin, "binds", "NCBIGene:781")]
    assert alpha.one("action") == "modulator"
    assert alpha.many("publication") == ("PMID:21651903",)
    (drug,) = (e for e in read.entities if e.id == gabapentin)
    assert drug.label == "Gabapentin"
    assert len(drug.broader) == 20
    assert {"CHEBI:35623", "ndfrt:N0000175753", "mesh:D000927"} <= set(drug.broader)


@pytest.mark.shared
def test_baclofen(whole: Path) -> None:
    """It is an agonist of both subunits of the GABA-B receptor, and a muscle relaxant."""
    read = drugcentral(whole, Rejects("t"))
    claims = of_drug(read, baclofen := "drugbank:DB00181")
    assert set(claims) == {
        (baclofen, "agonistOf", "NCBIGene:2550"),
        (baclofen, "agonistOf", "NCBIGene:9568"),
    }
    assert {c.one("action") for c in claims.values()} == {"agonist"}
    names = {e.id: e for e in read.entities}
    assert names[baclofen].label == "Baclofen"
    assert {names[b].label for b in names[baclofen].broader} >= {
        "muscle relaxant",
        "GABA B Agonists",
        "GABA-B Receptor Agonists",
    }


@pytest.mark.shared
def test_carbamazepine_treats_epilepsy(whole: Path) -> None:
    """The indication of DrugCentral stands beside that of other catalogues."""
    claims = of_drug(drugcentral(whole, Rejects("t")), "drugbank:DB00564")
    assert StatementKey("drugbank:DB00564", "treats", "DOID:1826") in claims


@pytest.mark.shared
def test_targets_alone(shared: Path, tmp_path: Path) -> None:
    """Classes and indications may be absent."""
    path = shared / "data" / "drugs" / f"{TARGETS}.gz"
    (tmp_path / path.name).symlink_to(path)
    read = drugcentral(tmp_path, Rejects("t"))
    assert sum(1 for _ in read.claims) == 2991
    assert {kind for e in read.entities for kind in e.kinds} == {"Drug", "Target"}
