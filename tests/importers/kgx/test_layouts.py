"""Tables that are not quite KGX: other columns, no header, edges in either direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.importers.kgx.graph_files import claims, read

from iatrograph.errors import UnreadableFile
from iatrograph.importers.kgx import PRIMEKG, Layout, Meaning, Table
from iatrograph.importers.kgx.reasons import NO_OBJECT, NO_RELATION
from iatrograph.importers.rejects import Rejects
from iatrograph.model import Stance
from iatrograph.vocabulary.alignment import alignment

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.vocabulary import Ontology

HEADER: Final = (
    "relation,display_relation,x_index,x_id,x_type,x_name,x_source,"
    "y_index,y_id,y_type,y_name,y_source"
)
GABAPENTIN: Final = "1,DB00996,drug,Gabapentin,DrugBank"
EPILEPSY: Final = "2,5027,disease,epilepsy,MONDO"
MYOCLONUS: Final = "3,1336,effect/phenotype,Myoclonus,HPO"
GENE: Final = "4,781,gene/protein,CACNA2D1,NCBI"


def primekg(folder: Path, *rows: str) -> Path:
    """Write a table in the layout of PrimeKG."""
    path = folder / "kg.csv"
    path.write_text("\n".join([HEADER, *rows]))
    return path


def test_primekg_is_read_by_its_layout(tmp_path: Path) -> None:
    """Both rows of an edge are one claim, turned so that it holds; an absence is a denial."""
    path = primekg(
        tmp_path,
        f"indication,indication,{GABAPENTIN},{EPILEPSY}",
        f"indication,indication,{EPILEPSY},{GABAPENTIN}",
        f"drug_effect,side effect,{MYOCLONUS},{GABAPENTIN}",
        f"drug_protein,target,{GENE},{GABAPENTIN}",
        f"disease_phenotype_negative,phenotype absent,{EPILEPSY},{MYOCLONUS}",
        f"off-label use,off-label use,{GABAPENTIN},{EPILEPSY}",
    )
    rejects = Rejects("t")
    found = claims(path, rejects, PRIMEKG)

    drug, disease = "drugbank:DB00996", "MONDO:0005027"
    assert [(*c.statement, c.stance, c.one("evidenceLevel")) for c in found] == [
        (drug, "treats", disease, Stance.AFFIRMS, "opinion"),
        (drug, "hasSideEffect", "HP:0001336", Stance.AFFIRMS, "label"),
        (drug, "actsOn", "NCBIGene:781", Stance.AFFIRMS, "opinion"),
        (disease, "hasSymptom", "HP:0001336", Stance.DENIES, "opinion"),
        (drug, "usedFor", disease, Stance.AFFIRMS, "opinion"),
    ]
    assert found[0].one("originalPredicate") == "indication/indication"
    assert found[0].source == "primekg"
    assert set(rejects.remarks) == {
        "no place for the column x_index",
        "no place for the column y_index",
    }
    assert [(e.id, e.label) for e in read(path, layout=PRIMEKG).entities] == [
        (drug, "Gabapentin"),
        (disease, "epilepsy"),
        ("HP:0001336", "Myoclonus"),
        ("NCBIGene:781", "CACNA2D1"),
    ]


def test_what_primekg_does_not_tell_is_rejected(tmp_path: Path) -> None:
    """Which of two is the parent, and what one of several merged diseases is meant."""
    path = primekg(
        tmp_path,
        f"disease_disease,parent-child,{EPILEPSY},7,1826,disease,epilepsy,MONDO",
        f"indication,indication,{GABAPENTIN},8,13924_12592,disease,x,MONDO_grouped",
    )
    rejects = Rejects("t")

    assert claims(path, rejects, PRIMEKG) == []
    assert rejects.counts[NO_RELATION] == rejects.counts[NO_OBJECT] == 1


def test_the_words_of_primekg_are_words_of_biolink(ontology: Ontology) -> None:
    """Each stands for a predicate that is read, a category of a class, a known evidence level."""
    words = alignment()

    assert {m.predicate for m in PRIMEKG.predicates.values()} <= set(words.relations)
    assert set(PRIMEKG.categories.values()) <= set(words.kinds)
    levels = {m.evidence_level for m in PRIMEKG.predicates.values()}
    assert levels <= set(ontology.schemes["EvidenceScheme"].by_key)


def test_a_table_without_a_header_is_read_by_the_names_given(tmp_path: Path) -> None:
    """They are the columns in their order; none is needed that is not used."""
    path = tmp_path / "pairs.tsv"
    path.write_text("drugbank:DB00996\tMONDO:0005027\t0.7\tPMID:1\n")
    header = ("subject", "object", "weight", "publications")
    layout = Layout(
        edges=Table({"predicate": "weight"}, header),
        predicates={"0.7": Meaning("treats", is_negated=True)},
    )

    (claim,) = claims(path, layout=layout)
    assert (claim.statement.relation, claim.stance) == ("treats", Stance.DENIES)
    assert (claim.source, claim.many("publication")) == ("pairs", ("PMID:1",))


def test_names_given_for_a_table_without_a_header_are_looked_at(tmp_path: Path) -> None:
    """They have to have what an edge needs."""
    path = tmp_path / "pairs.tsv"
    path.write_text("drugbank:DB00996\tMONDO:0005027\n")

    with pytest.raises(UnreadableFile, match="no column predicate; it has subject, object"):
        read(path, layout=Layout(edges=Table(header=("subject", "object"))))


def test_columns_of_a_layout_have_to_be_there(tmp_path: Path) -> None:
    """The one that lacks is named."""
    path = tmp_path / "kg.csv"
    path.write_text("relation,x_id,y_id\n")

    with pytest.raises(UnreadableFile, match="no column x_source, x_name"):
        read(path, layout=PRIMEKG)


def test_columns_can_be_named_without_a_pattern(tmp_path: Path) -> None:
    """A class for a vocabulary and a source with its licence may be given too."""
    path = tmp_path / "t.csv"
    path.write_text("drug,relation,target\nx:1,affects,y:2\n,affects,y:2\n")
    layout = Layout(
        edges=Table({"subject": "drug", "predicate": "relation", "object": "target"}),
        kinds={"x": "Drug", "y": "Target"},
        prefixes={},
        source="A Table",
        licence="CC0-1.0",
    )

    (claim,) = claims(path, layout=layout)
    assert claim.statement == ("x:1", "actsOn", "y:2")
    (source,) = read(path, layout=layout).sources
    assert (source.id, source.title, source.licence) == ("a-table", "A Table", "CC0-1.0")
