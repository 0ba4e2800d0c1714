from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.importers import IMPORTERS, Rejects
from iatrograph.importers.pharmacotherapydb import (
    COLUMNS,
    FILE,
    NO_CATEGORY,
    NO_COUNT,
    NO_DISEASE,
    NO_DRUG,
    TWICE,
    pharmacotherapydb,
)
from iatrograph.model import Stance
from iatrograph.validation.rows import check_rows

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.model import Claim
    from iatrograph.vocabulary import Ontology

HEADER = "\t".join(COLUMNS)
DM = "DOID:1\tDB00001\tone ache\tOnedrug\tDM\t2\t1"
SYM = "DOID:1\tDB00002\tone ache\tTwodrug\tSYM\t3\t4"
NOT = "DOID:2\tDB00001\ttwo ache\tOnedrug\tNOT\t1\t2"


def claims_of(folder: Path, *rows: str, rejects: Rejects | None = None) -> list[Claim]:
    """Write a table of these rows, and return the claims that are read in it."""
    (folder / FILE).write_text("\n".join([HEADER, *rows, ""]))
    return list(pharmacotherapydb(folder, rejects or Rejects("t")).claims)


def test_each_category_has_its_relation_and_stance(tmp_path: Path) -> None:
    """Disease-modifying treats, symptomatic mitigates, and no indication denies treating."""
    assert [(*c.statement, c.stance) for c in claims_of(tmp_path, DM, SYM, NOT)] == [
        ("drugbank:DB00001", "treats", "DOID:1", Stance.AFFIRMS),
        ("drugbank:DB00002", "mitigates", "DOID:1", Stance.AFFIRMS),
        ("drugbank:DB00001", "treats", "DOID:2", Stance.DENIES),
    ]


def test_claim_says_how_many_agreed_and_where_it_stands(tmp_path: Path) -> None:
    """Curators and resources, category and ids of the row are kept; evidence is opinion."""
    (claim,) = claims_of(tmp_path, DM)
    assert claim.id == "drugbank%3ADB00001.treats.DOID%3A1.pharmacotherapydb"
    assert (claim.knowledge_level, claim.agent_type) == ("knowledge_assertion", "manual_agent")
    assert claim.qualifiers == {
        "certainty": ("not-stated",),
        "evidenceLevel": ("opinion",),
        "scope": ("classed so at first by 2 of 3 curators; listed by 1 of 4 resources",),
        "originalPredicate": ("DM",),
        "originalId": ("DOID:1 DB00001",),
    }


def test_things_and_source(tmp_path: Path) -> None:
    """Drugs and conditions come once each under their names; the source is in the public domain."""
    claims_of(tmp_path, DM, SYM, NOT)
    read = pharmacotherapydb(tmp_path, Rejects("t"))
    assert [(e.id, e.label, e.kinds) for e in read.entities] == [
        ("drugbank:DB00001", "Onedrug", ("Drug",)),
        ("DOID:1", "one ache", ("Condition",)),
        ("drugbank:DB00002", "Twodrug", ("Drug",)),
        ("DOID:2", "two ache", ("Condition",)),
    ]
    (source,) = read.sources
    assert source.licence == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_names_that_differ_or_lack_are_no_fault(tmp_path: Path) -> None:
    """A second name is a synonym, a thing without a name is called by its id."""
    claims_of(
        tmp_path,
        DM,
        NOT.replace("Onedrug", "Drug one").replace("two ache", " ").replace("NOT", "DM"),
    )
    entities = {e.id: e for e in pharmacotherapydb(tmp_path, Rejects("t")).entities}
    assert entities["drugbank:DB00001"].label == "Onedrug"
    assert entities["drugbank:DB00001"].synonyms == ("Drug one",)
    assert entities["DOID:2"].label == "DOID:2"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (DM.replace("DOID:1", "1"), NO_DISEASE),
        (DM.replace("DOID:1", "MONDO:0000001"), NO_DISEASE),
        (DM.replace("DB00001", ""), NO_DRUG),
        (DM.replace("DB00001", "DB1"), NO_DRUG),
        (DM.replace("DM", "dm?"), NO_CATEGORY),
        (DM.replace("DM\t2", "DM\tnan"), NO_COUNT),
        (DM.replace("DM\t2\t1", "DM\t2\t5"), NO_COUNT),
    ],
)
def test_row_that_cannot_be_used_is_rejected_once(tmp_path: Path, row: str, reason: str) -> None:
    """A rejected row is counted with its reason, though the file is read twice; others stand."""
    rejects = Rejects("t")
    assert len(claims_of(tmp_path, row, SYM, rejects=rejects)) == 1
    assert rejects.counts == {reason: 1}


def test_equal_rows_are_one_claim_and_conflicting_ones_two(tmp_path: Path) -> None:
    """A row that stands twice counts once; two verdicts on one pair are two claims."""
    rejects = Rejects("t")
    claims = claims_of(tmp_path, DM, DM, DM.replace("\tDM", "\tNOT"), rejects=rejects)
    assert [(c.id.rpartition(".")[2], c.stance) for c in claims] == [
        ("pharmacotherapydb", Stance.AFFIRMS),
        ("2", Stance.DENIES),
    ]
    assert rejects.counts == {TWICE: 1}


def test_compressed_with_windows_line_ends_reads_the_same(tmp_path: Path) -> None:
    """Byte order mark, CRLF, quotes and gzip change nothing."""
    text = f"\ufeff{HEADER}\r\n{DM}\r\n".replace("one ache", '"one ""ache"""')
    (tmp_path / f"{FILE}.gz").write_bytes(gzip.compress(text.encode()))
    read = pharmacotherapydb(tmp_path, Rejects("t"))
    assert {e.label for e in read.entities} == {"Onedrug", 'one "ache"'}
    assert len(list(read.claims)) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (HEADER.replace("\t", ",").encode(), "has commas; expected the columns doid_id"),
        (HEADER.replace("category", "class").encode(), "no column category; it has doid_id"),
        (f"{HEADER}\tdrug".encode(), "the column 'drug' stands twice"),
    ],
)
def test_file_of_another_layout_fails_at_once(tmp_path: Path, content: bytes, told: str) -> None:
    """The call itself fails, before a claim is asked for, and says what the file looks like."""
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        pharmacotherapydb(tmp_path, Rejects("t"))


def test_cut_archive_fails_at_once(tmp_path: Path) -> None:
    """An archive that ends early is no short table."""
    whole = gzip.compress("\n".join([HEADER, DM, SYM]).encode())
    (tmp_path / f"{FILE}.gz").write_bytes(whole[:-12])
    with pytest.raises(UnreadableFile, match="damaged or cut archive"):
        pharmacotherapydb(tmp_path, Rejects("t"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".", f"no {FILE} in this folder, plain or compressed; it has other.tsv"),
        ("other.tsv", f"is a file; give the folder that holds {FILE}"),
        ("absent", f"does not exist; give the folder that holds {FILE}"),
    ],
)
def test_missing_file_is_told_with_what_is_there(tmp_path: Path, name: str, told: str) -> None:
    """The message names the file that is expected, and what is in the folder."""
    (tmp_path / "other.tsv").touch()
    with pytest.raises(UnreadableFile, match=told):
        pharmacotherapydb(tmp_path / name, Rejects("t"))


@pytest.mark.shared
def test_whole_catalogue(shared: Path, ontology: Ontology) -> None:
    """All 1,388 rows are claims, by category as published, and keep to the ontology."""
    rejects = Rejects("t")
    read = IMPORTERS["pharmacotherapydb"](shared / "data" / "indications", rejects)
    claims = list(read.claims)
    assert Counter(c.one("originalPredicate") for c in claims) == {
        "DM": 755,
        "SYM": 390,
        "NOT": 243,
    }
    assert Counter(kind for e in read.entities for kind in e.kinds) == {
        "Drug": 601,
        "Condition": 97,
    }
    assert rejects.counts == {}
    again = pharmacotherapydb(shared / "data" / "indications", Rejects("t"))
    assert list(check_rows(again, ontology)) == []


@pytest.mark.shared
def test_carbamazepine_and_gabapentin(shared: Path) -> None:
    """Carbamazepine treats epilepsy; gabapentin relieves multiple sclerosis, and not a cancer."""
    read = pharmacotherapydb(shared / "data" / "indications", Rejects("t"))
    said = {tuple(c.statement): c.stance for c in read.claims}
    gabapentin = "drugbank:DB00996"
    assert said["drugbank:DB00564", "treats", "DOID:1826"] is Stance.AFFIRMS
    assert said[gabapentin, "mitigates", "DOID:2377"] is Stance.AFFIRMS
    assert said[gabapentin, "treats", "DOID:219"] is Stance.DENIES
