from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.identity import Mapping, Strength, read_mappings, spelled
from iatrograph.identity.files import LONGEST_LINE
from iatrograph.identity.mappings import (
    MALFORMED,
    NAME_ALONE,
    NEGATED,
    NOTHING_FOUND,
    OTHER_PREDICATE,
    OTHER_VOCABULARY,
    RAGGED,
    SELF,
    SEVERAL,
    UNCLEAR,
    read_disease_xrefs,
    read_drug_xrefs,
    read_map,
    read_sssom,
)

if TYPE_CHECKING:
    from pathlib import Path

SSSOM = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
DRUGS = "drugbank_id\tname\tchebi_ids\trxcui\tpubchem_cid\n"


def written(path: Path, text: str) -> Path:
    """Return the file with this text in it."""
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, "utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("UMLS:C0027066", "umls:C0027066"),
        ("UMLS_CUI:C0027066", "umls:C0027066"),
        ("MESH:D009207", "mesh:D009207"),
        ("doid:1826", "DOID:1826"),
        ("DrugBank:DB00996", "drugbank:DB00996"),
        ("PUBCHEM.COMPOUND:3446", "pubchem.compound:3446"),
        ("RXNORM:25480", "rxcui:25480"),
        ("http://purl.obolibrary.org/obo/HP_0001336", "HP:0001336"),
        ("id:gabapentin", "gabapentin"),
        ("https://w3id.org/iatrograph/id/gabapentin", "gabapentin"),
        ("gabapentin", "gabapentin"),
        ("Orphanet:98", "Orphanet:98"),
    ],
)
def test_one_spelling(given: str, expected: str) -> None:
    """Prefixes are written as the project writes them; an unknown one stays as it is."""
    assert spelled(given) == expected


def test_sssom_is_read_with_file_and_line(tmp_path: Path) -> None:
    """A mapping knows its line in the file, comments at the head counted."""
    text = f"#curie_map:\n#  a: b\n{SSSOM}MONDO:0005027\tskos:exactMatch\tUMLS:C0014544\t\n"
    path = written(tmp_path / "a.sssom.tsv.gz", text)
    expected = Mapping("MONDO:0005027", "umls:C0014544", path, 4, Strength.EXACT_MAPPING)

    assert read_sssom(path).mappings == (expected,)


def test_sssom_with_bom_and_crlf(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends change nothing."""
    text = f"\ufeff{SSSOM}MONDO:0005027\tskos:exactMatch\tDOID:1826\t\n".replace("\n", "\r\n")
    (mapping,) = read_sssom(written(tmp_path / "a.sssom.tsv", text)).mappings

    assert (mapping.subject, mapping.object, mapping.line) == ("MONDO:0005027", "DOID:1826", 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("MONDO:0005027\tskos:broadMatch\tDOID:1826\t", OTHER_PREDICATE),
        ("MONDO:0005027\tskos:closeMatch\tDOID:1826\t", OTHER_PREDICATE),
        ("MONDO:0005027\tskos:exactMatch\tDOID:1826\tsemapv:LexicalMatching", NAME_ALONE),
        ("MONDO:0005027\tskos:exactMatch\tDOID:1826", RAGGED),
        ("MONDO:0005027\tskos:exactMatch\tepilepsy of some kind\t", MALFORMED),
        ("MONDO:0005027\tskos:exactMatch\tsssom:NoTermFound\t", NOTHING_FOUND),
        ("MONDO:27\tskos:exactMatch\tDOID:1826\t", MALFORMED),
        ("DOID:1826\tskos:exactMatch\tdoid:1826\t", SELF),
    ],
)
def test_what_sssom_does_not_make_one_is_counted(tmp_path: Path, row: str, reason: str) -> None:
    """Only exact matches that rest on more than a name are taken; the others are counted."""
    found = read_sssom(written(tmp_path / "a.sssom.tsv", f"{SSSOM}{row}\n"))

    assert (found.mappings, dict(found.skipped)) == ((), {reason: 1})


def test_a_negated_match_is_none(tmp_path: Path) -> None:
    """The modifier Not turns an exact match around."""
    text = (
        "subject_id\tpredicate_modifier\tpredicate_id\tobject_id\n"
        "MONDO:0005027\tNot\tskos:exactMatch\tDOID:1826\n"
    )
    found = read_sssom(written(tmp_path / "a.sssom.tsv", text))

    assert (found.mappings, dict(found.skipped)) == ((), {NEGATED: 1})


@pytest.mark.parametrize("predicate", ["owl:equivalentClass", "owl:sameAs"])
def test_exact_predicates_of_owl(tmp_path: Path, predicate: str) -> None:
    """What OWL calls the same is exact, written as CURIE or as IRI."""
    iri = predicate.replace("owl:", "http://www.w3.org/2002/07/owl#")
    rows = f"MONDO:0005027\t{predicate}\tDOID:1826\t\nMONDO:0005027\t{iri}\tUMLS:C0014544\t\n"

    assert len(read_sssom(written(tmp_path / "a.sssom.tsv", SSSOM + rows)).mappings) == 2


def test_a_map_has_one_partner_in_a_vocabulary(tmp_path: Path) -> None:
    """What has two partners in one vocabulary is unclear; a row that stands twice is one."""
    text = (
        "UMLS:C0000001\tHP:0000001\n"
        "UMLS:C0000002\tHP:0000002\n"
        "UMLS:C0000002\tHP:0000003\n"
        "UMLS:C0000004\tHP:0000004\n"
        "UMLS:C0000004\tHP:0000004\n"
        "UMLS:C0000005\n"
    )
    found = read_map(written(tmp_path / "cui_to_hp_map.tsv", text))

    assert [m.object for m in found.mappings] == ["HP:0000001", "HP:0000004"]
    assert dict(found.skipped) == {RAGGED: 1, UNCLEAR: 2}
    assert {m.strength for m in found.mappings} == {Strength.CROSS_REFERENCE}


def test_drugs_with_one_value_in_a_cell(tmp_path: Path) -> None:
    """Several values in a cell are salts and stereo forms: counted, not taken."""
    text = (
        f"{DRUGS}DB00996\tGabapentin\tCHEBI:42797\t25480\t3446\n"
        "DB00181\tBaclofen\tCHEBI:2972|CHEBI:1\t\t2284\n"
    )
    found = read_drug_xrefs(written(tmp_path / "drug-xrefs.tsv", text))

    assert [(m.subject, m.object, m.line) for m in found.mappings] == [
        ("drugbank:DB00996", "CHEBI:42797", 2),
        ("drugbank:DB00996", "rxcui:25480", 2),
        ("drugbank:DB00996", "pubchem.compound:3446", 2),
        ("drugbank:DB00181", "pubchem.compound:2284", 3),
    ]
    assert dict(found.skipped) == {SEVERAL: 1}


def test_a_value_of_two_drugs_is_unclear(tmp_path: Path) -> None:
    """A compound that two drugs claim belongs to neither, unless one has it among several."""
    text = f"{DRUGS}DB00001\ta\t\t\t7\nDB00002\tb\t\t\t7\nDB00003\tc\t\t\t8|9\nDB00004\td\t\t\t8\n"
    found = read_drug_xrefs(written(tmp_path / "drug-xrefs.tsv", text))

    assert [m.subject for m in found.mappings] == ["drugbank:DB00004"]
    assert dict(found.skipped) == {SEVERAL: 1, UNCLEAR: 2}


def test_cross_references_of_diseases(tmp_path: Path) -> None:
    """Cells in quotes are read; classifications and unknown vocabularies are no identity."""
    text = (
        "id\tlabel\txref\n"
        '"DOID:1826"\t"epilepsy"\t"UMLS_CUI:C0014544"\n'
        '"DOID:1826"\t"epilepsy"\t"ICD10CM:G40"\n'
        '"DOID:1826"\t"epilepsy"\t"MESH:D004827"\n'
        '"DOID:1"\t"a"\t"MESH:D000001"\n'
        '"DOID:1"\t"a"\t"MESH:D000002"\n'
    )
    found = read_disease_xrefs(written(tmp_path / "do-xrefs.tsv", text))

    assert [m.object for m in found.mappings] == ["umls:C0014544", "mesh:D004827"]
    assert dict(found.skipped) == {OTHER_VOCABULARY: 1, UNCLEAR: 2}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.sssom.tsv", "", "is empty; expected the columns subject_id"),
        ("a.sssom.tsv", SSSOM.replace("\t", ","), "a.sssom.tsv:1: has commas; expected"),
        ("a.sssom.tsv", "subject_id\tobject_id\n", "a.sssom.tsv:1: no column predicate_id; it has"),
        ("a_map.tsv", "", "is empty; expected two columns"),
        ("a_map.tsv", "a:1\tb:1\tc:1\n", "a_map.tsv:1: has 3 columns; expected two"),
        ("a_map.tsv", "a:1|b:1\n", "a_map.tsv:1: has bars; expected two"),
        ("a_map.tsv", f"a:1\tb:{'1' * LONGEST_LINE}\n", "a_map.tsv:1: line longer than 1 MiB"),
        ("drug-xrefs.tsv", "id\tname\n", "no column drugbank_id, chebi_ids, rxcui, pubchem_cid"),
    ],
)
def test_a_file_of_another_layout_is_refused(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    """The message says what the file looks like and what was expected."""
    with pytest.raises(UnreadableFile, match=message.replace(".", r"\.")):
        read_mappings(written(tmp_path / name, text))


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    """Half an archive is not half the mappings."""
    path = written(tmp_path / "a_map.tsv.gz", "".join(f"a:{n}\tb:{n}\n" for n in range(1000)))
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(UnreadableFile, match="damaged or cut archive"):
        read_mappings(path)


def test_no_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are told with their line."""
    (tmp_path / "a_map.tsv").write_bytes(b"a:1\tb:1\na:\xff\tb:2\n")

    with pytest.raises(UnreadableFile, match=r"a_map\.tsv:2: no UTF-8"):
        read_mappings(tmp_path)


def test_a_folder_gives_all_its_mapping_files(tmp_path: Path) -> None:
    """Files are known by their names and read in order; others in the folder are passed over."""
    written(tmp_path / "b_map.tsv", "umls:C1\tHP:0000001\n")
    written(tmp_path / "a.sssom.tsv.gz", SSSOM)
    written(tmp_path / "labels.tsv", "id\tlabel\n")

    assert [f.path.name for f in read_mappings(tmp_path)] == ["a.sssom.tsv.gz", "b_map.tsv"]


def test_a_place_without_mappings_is_refused(tmp_path: Path) -> None:
    """A folder without any file of mappings was meant to be another; so was a missing file."""
    with pytest.raises(UnreadableFile, match="no file of mappings; they are named"):
        read_mappings(tmp_path)
    with pytest.raises(UnreadableFile, match="No such file"):
        read_mappings(tmp_path / "a.sssom.tsv")
